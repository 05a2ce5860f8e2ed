// What the supported browsers have, by MDN's data about browsers.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../lib/paths.mjs';

/** @typedef {{ version_added: string | boolean | null, version_removed?: string, flags?: unknown, prefix?: string, alternative_name?: string }} Statement */
/** @typedef {Readonly<Record<string, Statement | Statement[]>>} Support */
/** @typedef {{ [name: string]: any, __compat?: { support: Support } }} Entry */
/** @typedef {ReadonlyMap<string, number>} Browsers The oldest supported version of each browser. */

/** The browsers of MDN's data that an entry of the list stands for. */
const BROWSERS = {
  chrome: ['chrome', 'chrome_android'],
  edge: ['edge'],
  firefox: ['firefox', 'firefox_android'],
  safari: ['safari'],
  ios_saf: ['safari_ios'],
};

/** @type {Entry} */
const data = createRequire(import.meta.url)('@mdn/browser-compat-data');
/** @type {Entry[]} */
const ALL = [data.javascript.builtins, data.api];

/**
 * Reads the one file that says which browsers are supported.
 *
 * @returns {Browsers}
 */
export function supportedBrowsers() {
  const text = readFileSync(join(ROOT, 'ui', '.browserslistrc'), 'utf8');
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.flatMap((line) => {
      const [, name, version] = /^(\w+) >= ([\d.]+)$/.exec(line) ?? [];
      const browsers = BROWSERS[/** @type {keyof typeof BROWSERS} */ (name)];
      if (!browsers) throw new Error(`ui/.browserslistrc: ${line}`);
      return browsers.map((browser) => /** @type {[string, number]} */ ([browser, Number(version)]));
    }),
  );
}

/**
 * The entries of a built-in: of JavaScript and of the browser's own interfaces.
 *
 * @param {string} owner Such as `Promise`.
 * @param {string} [member] Such as `withResolvers`.
 * @returns {Entry[]}
 */
export function entriesOf(owner, member) {
  return ALL.flatMap((all) => {
    const found = Object.hasOwn(all, owner) ? all[owner] : {};
    const entries = member === undefined ? [found] : [ownEntry(found, member), found[`${member}_static`]];
    return entries.filter((entry) => entry?.__compat);
  });
}

/**
 * The methods and fields of this name of all interfaces.
 *
 * @param {string} name
 * @returns {Entry[]}
 */
export function methodsNamed(name) {
  return ALL.flatMap((all) => Object.keys(all)).flatMap((owner) => entriesOf(owner, name));
}

/**
 * @param {Entry} owner
 * @param {string} member
 * @returns {Entry | undefined}
 */
function ownEntry(owner, member) {
  return Object.hasOwn(owner, member) ? owner[member] : undefined;
}

/**
 * The supported browsers that lack a built-in in their oldest supported version.
 *
 * @param {Entry} entry
 * @param {Browsers} browsers
 * @returns {string[]}
 */
export function lackingIn(entry, browsers) {
  const support = entry.__compat?.support ?? {};
  return [...browsers.keys()].filter((name) => {
    const statements = [support[name] ?? []].flat();
    return !statements.some((statement) => holds(statement, browsers.get(name) ?? 0));
  });
}

/**
 * The built-ins that a current browser of the list lacks in its oldest supported version, such as `Promise.try`, `AudioDecoder` and
 * `Response.json_static`.
 *
 * @param {string} name Of the browser, such as `safari`.
 * @returns {string[]}
 */
export function missingIn(name) {
  const browser = new Map([[name, supportedBrowsers().get(name) ?? 0]]);
  const isMissing = (/** @type {Entry} */ entry) => entry.__compat && lackingIn(entry, browser).length > 0;
  return ALL.flatMap((all) => Object.entries(all)).flatMap(([owner, entry]) => {
    if (isMissing(entry)) return [owner];
    const members = Object.keys(entry).filter(
      (key) => /^\w+$/.test(key) && key !== '__compat' && isMissing(entry[key]),
    );
    return members.map((member) => `${owner}.${member}`);
  });
}

/**
 * @param {Statement} statement
 * @param {number} version
 */
function holds(
  { version_added: added, version_removed: removed, flags, prefix, alternative_name: other },
  version,
) {
  if (flags || prefix || other || removed || typeof added !== 'string') return false;
  return added === 'preview' ? false : Number(added.replace('≤', '')) <= version;
}
