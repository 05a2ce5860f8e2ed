/** A pin that is older than this at a release must be the newest of its line, or have a reason. */
export const PIN_AGE_MAX_DAYS = 120;
const DAY_MS = 86_400_000;

/**
 * A version that this repository fixes. `released` and `lookedOn` are days (2026-11-29), null where no registry could
 * be asked; `newest` is the newest version of its line on the day when somebody looked.
 *
 * @typedef {{ pin: string, version: string, released: string | null, newest: string | null, lookedOn: string | null }} Pin
 */
/** @typedef {{ pin: string, version: string, why: string, until: string }} Kept A pin that may be old, until a day. */

/**
 * What is wrong with the pins on the day of a release, in words; empty if nothing is.
 *
 * @param {readonly Pin[]} pins
 * @param {readonly Kept[]} kept
 * @param {string} day
 * @returns {string[]}
 */
export function pinProblems(pins, kept, day) {
  const problems = pins.flatMap((pin) => {
    const age = ageProblem(pin, day);
    if (age === undefined) return [];
    const reason = kept.find((entry) => entry.pin === pin.pin && entry.version === pin.version);
    if (reason === undefined) return [`${age} Update it (npm run pins), or say why not in kept-pins.json.`];
    if (day > reason.until) return [`${age} It was kept until ${reason.until}: ${reason.why}`];
    return [];
  });
  const needless = kept.filter(
    (entry) =>
      !pins.some((pin) => isOf(entry, pin) && (isOutdated(pin) || ageProblem(pin, day) !== undefined)),
  );
  return [
    ...problems,
    ...needless.map(({ pin, version }) => `${pin} ${version} needs no reason in kept-pins.json.`),
  ];
}

/**
 * @param {Kept} entry
 * @param {Pin} pin
 */
function isOf(entry, pin) {
  return entry.pin === pin.pin && entry.version === pin.version;
}

/**
 * A pin of which a newer version exists gets too old sooner or later, so it may have its reason before.
 *
 * @param {Pin} pin
 */
function isOutdated({ version, newest }) {
  return newest !== null && newest !== version;
}

/**
 * @param {Pin} pin
 * @param {string} day
 * @returns {string | undefined}
 */
function ageProblem({ pin, version, released, newest, lookedOn }, day) {
  if (released === null || lookedOn === null)
    return `The age of ${pin} ${version} is unknown: its registry could not be asked.`;
  const age = daysBetween(released, day);
  if (age <= PIN_AGE_MAX_DAYS) return undefined;
  // A version that nothing has replaced is as good as new, while somebody has looked lately.
  const isNewest = newest === version && daysBetween(lookedOn, day) <= PIN_AGE_MAX_DAYS;
  if (isNewest) return undefined;
  const why =
    newest === version ? `and nobody has looked for a newer one since ${lookedOn}` : `and ${newest} is newer`;
  return `${pin} ${version} is ${age} days old, ${why}.`;
}

/**
 * @param {string} from
 * @param {string} to
 */
function daysBetween(from, to) {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/**
 * The day of the release that is tested: SOURCE_DATE or SOURCE_DATE_EPOCH if set, else that of the last commit. An
 * archive without history has neither, and its pins are judged by the day when somebody looked last.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {() => string | undefined} lastCommit Its date; undefined without git.
 * @param {string} lookedOn
 * @returns {string}
 */
export function releaseDay(env, lastCommit, lookedOn) {
  const seconds = Number(env.SOURCE_DATE_EPOCH || NaN);
  const given =
    env.SOURCE_DATE || (Number.isNaN(seconds) ? undefined : new Date(seconds * 1000).toISOString());
  const date = given ?? lastCommit() ?? lookedOn;
  if (!/^\d{4}-\d\d-\d\d/.test(date) || Number.isNaN(Date.parse(date)))
    throw new Error(`SOURCE_DATE must be a day like 2026-11-29, not "${date}".`);
  return new Date(date).toISOString().slice(0, 10);
}
