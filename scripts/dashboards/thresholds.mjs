/**
 * A color and the value that it begins at. The first one has no value and holds for all that is lower.
 *
 * @typedef {readonly [from: number | undefined, color: string]} Threshold
 */

/**
 * @param {number} warn
 * @param {number} bad
 * @returns {readonly Threshold[]}
 */
export const goodBelow = (warn, bad) => [
  [undefined, 'green'],
  [warn, 'orange'],
  [bad, 'red'],
];

/**
 * @param {number} good
 * @returns {readonly Threshold[]}
 */
export const goodFrom = (good) => [
  [undefined, 'red'],
  [good, 'green'],
];

/**
 * A red line across a graph.
 *
 * @param {number} value
 * @returns {readonly Threshold[]}
 */
export const redLineAt = (value) => [
  [undefined, 'transparent'],
  [value, 'red'],
];
