/*
 * Versions of packages and tags of images. A line is what one may move along without a decision: for npm packages one
 * major version, for images the versions that differ in their last number alone.
 */

/** @typedef {{ numbers: number[], shape: string }} Version `shape` is everything but the numbers. */

/**
 * @param {string} text For example 3.27.1, 18.4.0-beta.17, v5.9.0, 18.6-bookworm, 4.18.0-r0.
 * @returns {Version | undefined}
 */
export function readVersion(text) {
  const [, prefix = '', main = '', rest = ''] = /^(v?)(\d+(?:\.\d+)*)(.*)$/.exec(text) ?? [];
  if (main === '') return undefined;
  const [, word = rest, last] = /^(-[a-z]+\.?)(\d+)$/.exec(rest) ?? [];
  const numbers = main.split('.').map(Number);
  return {
    numbers: last === undefined ? numbers : [...numbers, Number(last)],
    shape: `${prefix}${numbers.length}${word}`,
  };
}

/**
 * Negative if the first is older.
 *
 * @param {readonly number[]} a
 * @param {readonly number[]} b
 */
function compareNumbers(a, b) {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * The newest of the versions that are of the same line and shape as the given one; that one itself if none is newer.
 *
 * @param {string} current
 * @param {readonly string[]} all
 * @param {number} fixed How many numbers at the beginning stay the same.
 * @returns {string}
 */
export function newestOfLine(current, all, fixed) {
  const version = readVersion(current);
  if (version === undefined) return current;
  let best = { text: current, version };
  for (const text of all) {
    const other = readVersion(text);
    if (other === undefined || other.shape !== version.shape) continue;
    if (compareNumbers(other.numbers.slice(0, fixed), version.numbers.slice(0, fixed)) !== 0) continue;
    if (compareNumbers(other.numbers, best.version.numbers) > 0) best = { text, version: other };
  }
  return best.text;
}
