/**
 * A question to Prometheus in PromQL, and the legend of its series.
 *
 * @typedef {readonly [expr: string, legend: string]} Query
 */

// Grafana puts in a window that always holds several scrapes.
const WINDOW = '[$__rate_interval]';

/**
 * Per second.
 *
 * @param {string} selector
 * @param {string} [by] The labels to keep, separated by commas.
 */
export const rate = (selector, by = '') => `sum${by && ` by (${by})`} (rate(${selector}${WINDOW}))`;

/**
 * Per minute.
 *
 * @param {string} selector
 * @param {string} [by]
 */
export const perMinute = (selector, by = '') => `${rate(selector, by)} * 60`;

/**
 * Per minute, without the series that are 0. Where all are 0, their sum stands in, so that the panel does not say "no data".
 *
 * @param {string} selector
 * @param {string} by
 */
export const perMinuteAboveZero = (selector, by) =>
  `${perMinute(selector, by)} > 0 or on () ${perMinute(selector)}`;

/**
 * The count within the time range of the dashboard.
 *
 * @param {string} selector
 */
export const inRange = (selector) => `sum(increase(${selector}[$__range]))`;

/**
 * The window is five minutes, because a shorter one holds too few calls.
 *
 * @param {number} q From 0 to 1.
 * @param {string} histogram Without suffix, such as `name{label="x"}`.
 * @param {string} [by]
 */
export function quantile(q, histogram, by = '') {
  const buckets = histogram.replace(/^\w+/, '$&_bucket');
  return `histogram_quantile(${q}, sum by (le${by && `, ${by}`}) (rate(${buckets}[5m])))`;
}

/**
 * The quantiles 0.5, 0.95 and 0.99.
 *
 * @param {string} histogram
 * @returns {readonly Query[]}
 */
export const quantiles = (histogram) => [
  [quantile(0.5, histogram), 'half'],
  [quantile(0.95, histogram), '95 of 100'],
  [quantile(0.99, histogram), '99 of 100'],
];

/**
 * The expression, or a 0 that is labelled "none" if it has no series and the metric has some: a counter with a label for
 * the error has no series before the first error.
 *
 * @param {string} expr
 * @param {string} label
 * @param {string} metric
 */
export const orNone = (expr, label, metric) =>
  `${expr} or on () label_replace(sum(${metric}) * 0, "${label}", "none", "", "")`;
