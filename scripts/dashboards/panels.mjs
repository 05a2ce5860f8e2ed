import { goodFrom } from './thresholds.mjs';

/** @typedef {import('./queries.mjs').Query} Query */
/** @typedef {import('./thresholds.mjs').Threshold} Threshold */

/**
 * In units of Grafana's grid: w is a share of the 24 columns, h counts lines of 30 pixels.
 *
 * @typedef {{ w: number, h: number }} Size
 */

/**
 * A panel that has no place yet. Each type has properties of its own besides.
 *
 * @typedef {{ type: string, title: string, size: Size }} Panel
 */

export const DATA_SOURCE = { type: 'prometheus', uid: '${datasource}' };
export const COLUMNS = 24;

/** @param {readonly Threshold[]} thresholds */
const absolute = (thresholds) => ({
  mode: 'absolute',
  steps: thresholds.map(([from, color]) => ({ value: from ?? null, color })),
});

/**
 * @param {readonly Query[]} queries
 * @param {boolean} [instant] Whether Prometheus is asked for the newest value alone.
 */
const targetsOf = (queries, instant = false) =>
  queries.map(([expr, legend], index) => ({
    refId: String.fromCharCode(65 + index),
    datasource: DATA_SOURCE,
    expr,
    legendFormat: legend,
    editorMode: 'code',
    range: !instant,
    instant,
  }));

/**
 * @param {object} panel
 * @param {string} panel.type
 * @param {string} panel.title
 * @param {string} panel.description
 * @param {Size} panel.size
 * @param {ReturnType<typeof targetsOf>} panel.targets
 * @param {object} panel.defaults How each series is shown.
 * @param {object} panel.options How the panel of this type is shown.
 */
const queryPanel = ({ type, title, description, size, targets, defaults, options }) => ({
  type,
  title,
  description,
  size,
  datasource: DATA_SOURCE,
  targets,
  fieldConfig: { defaults, overrides: [] },
  options,
});

/**
 * One number, with its course behind it.
 *
 * @param {string} title
 * @param {string} unit As Grafana names it.
 * @param {string} expr
 * @param {string} description
 * @param {Partial<Size> & { thresholds?: readonly Threshold[], decimals?: number }} [options]
 */
export function stat(title, unit, expr, description, options = {}) {
  const { w = 3, h = 4, thresholds = [[undefined, 'blue']], decimals } = options;
  return queryPanel({
    type: 'stat',
    title,
    description,
    size: { w, h },
    targets: targetsOf([[expr, title]]),
    defaults: {
      unit,
      noValue: '–',
      decimals,
      color: { mode: 'thresholds' },
      thresholds: absolute(thresholds),
    },
    options: {
      colorMode: 'value',
      graphMode: 'area',
      justifyMode: 'auto',
      orientation: 'auto',
      textMode: 'auto',
      reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
    },
  });
}

/**
 * Lines over time.
 *
 * @param {string} title
 * @param {string} unit
 * @param {readonly Query[]} queries
 * @param {string} description
 * @param {Partial<Size> & { stack?: boolean, max?: number, thresholds?: readonly Threshold[] }} [options]
 */
export function graph(title, unit, queries, description, options = {}) {
  const { w = 8, h = 8, stack = false, max, thresholds } = options;
  return queryPanel({
    type: 'timeseries',
    title,
    description,
    size: { w, h },
    targets: targetsOf(queries),
    defaults: {
      unit,
      min: 0,
      max,
      color: { mode: 'palette-classic' },
      custom: {
        drawStyle: 'line',
        lineWidth: 1,
        fillOpacity: stack ? 30 : 8,
        showPoints: 'never',
        spanNulls: false,
        stacking: { mode: stack ? 'normal' : 'none', group: 'A' },
        thresholdsStyle: { mode: thresholds ? 'dashed' : 'off' },
      },
      thresholds: absolute(thresholds ?? [[undefined, 'green']]),
    },
    options: {
      legend: { displayMode: 'table', placement: 'bottom', showLegend: true, calcs: ['lastNotNull', 'max'] },
      tooltip: { mode: 'multi', sort: 'desc' },
    },
  });
}

/**
 * A bar for each of a few numbers, one below the other.
 *
 * @param {string} title
 * @param {string} unit
 * @param {readonly Query[]} queries
 * @param {string} description
 * @param {Partial<Size>} [size]
 */
export function bars(title, unit, queries, description, { w = 12, h = 8 } = {}) {
  return queryPanel({
    type: 'bargauge',
    title,
    description,
    size: { w, h },
    targets: targetsOf(queries, true),
    defaults: {
      unit,
      min: 0,
      decimals: 0,
      color: { mode: 'palette-classic' },
      thresholds: absolute([[undefined, 'blue']]),
    },
    options: {
      displayMode: 'basic',
      orientation: 'horizontal',
      showUnfilled: true,
      reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
    },
  });
}

/**
 * A band over time for each series of the values 0 (red) and 1 (green).
 *
 * @param {string} title
 * @param {readonly Query[]} queries
 * @param {string} description
 * @param {Partial<Size>} [size]
 */
export function states(title, queries, description, { w = 12, h = 8 } = {}) {
  const mapping = { 0: { text: 'no', color: 'red', index: 1 }, 1: { text: 'yes', color: 'green', index: 0 } };
  return queryPanel({
    type: 'state-timeline',
    title,
    description,
    size: { w, h },
    targets: targetsOf(queries),
    defaults: {
      unit: 'bool_yes_no',
      color: { mode: 'thresholds' },
      mappings: [{ type: 'value', options: mapping }],
      custom: { lineWidth: 0, fillOpacity: 70 },
      thresholds: absolute(goodFrom(1)),
    },
    options: {
      showValue: 'never',
      mergeValues: true,
      rowHeight: 0.8,
      legend: { displayMode: 'list', placement: 'bottom', showLegend: false },
    },
  });
}

/**
 * @param {string} title
 * @param {string} content In Markdown.
 * @param {Partial<Size>} [size]
 */
export function text(title, content, { w = 12, h = 8 } = {}) {
  return { type: 'text', title, description: '', size: { w, h }, options: { mode: 'markdown', content } };
}

/**
 * The heading of the panels between this row and the next one.
 *
 * @param {string} title
 */
export const row = (title) => ({
  type: 'row',
  title,
  collapsed: false,
  panels: [],
  size: { w: COLUMNS, h: 1 },
});
