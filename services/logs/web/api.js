import { filterQuery } from './selection.js';

/** @import { Filter } from './selection.js' */
/** @import { Page, PageEvent, PageListener, Progress, Sources } from './wire-types.js' */

/** @returns {Promise<Sources>} */
export async function loadSources() {
  const response = await request('api/sources');
  return /** @type {Sources} */ (await response.json());
}

/**
 * Loads a page. The listener receives lines as they are found, in the order of the page. Returns the cursor of the next
 * page, or null if this is the last one.
 *
 * @param {Filter} filter
 * @param {Page} page
 * @param {PageListener} listener
 * @param {AbortSignal} signal
 * @returns {Promise<{ next: string | null, progress: Progress }>}
 */
export async function loadPage(filter, page, listener, signal) {
  const query = filterQuery(filter);
  query.set('order', page.order);
  if (page.cursor !== undefined) query.set('cursor', page.cursor);
  if (page.limit !== undefined) query.set('limit', String(page.limit));
  const response = await request(`api/lines?${query}`, signal);
  for await (const event of readEvents(response)) {
    if (event.end !== undefined) return event.end;
    if (event.progress !== undefined) listener.onProgress(event.progress);
    if (event.lines !== undefined) listener.onLines(event.lines);
  }
  throw new Error('the connection was lost');
}

/**
 * @param {string} path
 * @param {AbortSignal} [signal]
 */
async function request(path, signal) {
  const response = await fetch(path, signal === undefined ? {} : { signal });
  // The login has ended. The page, loaded again, leads to the login page.
  if (response.status === 401) location.reload();
  if (!response.ok) throw new Error(await readProblem(response));
  return response;
}

/** @param {Response} response */
async function readProblem(response) {
  const body = /** @type {{ error?: { message?: string } }} */ (await response.json().catch(() => ({})));
  return body.error?.message ?? `the server answered ${response.status}`;
}

/**
 * @param {Response} response
 * @returns {AsyncGenerator<PageEvent>}
 */
async function* readEvents(response) {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const chunk = await reader?.read();
    if (chunk === undefined || chunk.done) return;
    const parts = (rest + chunk.value).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) yield /** @type {PageEvent} */ (JSON.parse(part));
  }
}
