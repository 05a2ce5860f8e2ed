export const FILTER_NAMES = /** @type {const} */ ([
  'q',
  'level',
  'service',
  'instance',
  'trace',
  'room',
  'peer',
  'from',
  'to',
]);

/** @typedef {Partial<Record<(typeof FILTER_NAMES)[number], string>>} Filter Times are in milliseconds since the Unix epoch. */

/**
 * Which lines are shown, as the page's address holds it. `around` is the cursor of a line if the lines around it are
 * shown.
 *
 * @typedef {{ filter: Filter, order: 'newest' | 'oldest', around: string | undefined, isLive: boolean }} Selection
 */

/**
 * @param {string} search The query of an address.
 * @returns {Selection}
 */
export function readSelection(search) {
  const query = new URLSearchParams(search);
  /** @type {Filter} */
  const filter = {};
  for (const name of FILTER_NAMES) {
    const value = query.get(name);
    if (value !== null && value !== '') filter[name] = value;
  }
  const order = query.get('order') === 'oldest' ? 'oldest' : 'newest';
  return { filter, order, around: query.get('around') ?? undefined, isLive: query.get('live') !== 'no' };
}

/**
 * @param {Selection} state
 * @returns {string} A query with its question mark, which alone stands for the default.
 */
export function writeSelection({ filter, order, around, isLive }) {
  const query = filterQuery(filter);
  if (order === 'oldest') query.set('order', order);
  if (around !== undefined) query.set('around', around);
  if (!isLive) query.set('live', 'no');
  const text = query.toString();
  return text === '' ? '?' : `?${text}`;
}

/**
 * The filter as the query of a request.
 *
 * @param {Filter} filter
 */
export function filterQuery(filter) {
  const query = new URLSearchParams();
  for (const name of FILTER_NAMES) {
    const value = filter[name];
    if (value !== undefined && value !== '') query.set(name, value);
  }
  return query;
}

/**
 * Whether lines that are written from now on can belong to the selection.
 *
 * @param {Selection} state
 */
export function canBeLive({ filter, order, around }) {
  return order === 'newest' && around === undefined && filter.to === undefined;
}
