// The words in which the dashboards are written: what a panel asks, in which unit, and what it means. Places are worked
// out here, so that panels never overlap.

const DATA_SOURCE = { type: 'prometheus', uid: '${datasource}' };
const COLUMNS = 24;

/** Colours from a value on: [[undefined, 'green'], [0.02, 'orange'], [0.05, 'red']]. */
const steps = (thresholds) => thresholds.map(([value, color]) => ({ value: value ?? null, color }));

const target = (expr, legend, index, instant) => ({
  refId: String.fromCharCode(65 + index),
  datasource: DATA_SOURCE,
  expr,
  legendFormat: legend,
  editorMode: 'code',
  range: !instant,
  instant,
});

/** One number, coloured, with its course behind it. `options`: w, h, thresholds, decimals, min, max. */
export function stat(title, unit, expr, description, options = {}) {
  const { w = 3, h = 4, thresholds, decimals } = options;
  return {
    type: 'stat',
    title,
    description,
    size: { w, h },
    datasource: DATA_SOURCE,
    targets: [target(expr, title, 0, false)],
    fieldConfig: {
      defaults: {
        unit,
        noValue: '–',
        ...(decimals === undefined ? {} : { decimals }),
        color: { mode: 'thresholds' },
        thresholds: { mode: 'absolute', steps: steps(thresholds ?? [[undefined, 'blue']]) },
      },
      overrides: [],
    },
    options: {
      colorMode: 'value',
      graphMode: 'area',
      justifyMode: 'auto',
      orientation: 'auto',
      textMode: 'auto',
      reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
    },
  };
}

/** Lines over time. `series` is a list of [expression, legend]. `options`: w, h, stack, max, thresholds. */
export function graph(title, unit, series, description, options = {}) {
  const { w = 8, h = 8, stack = false, max, thresholds } = options;
  return {
    type: 'timeseries',
    title,
    description,
    size: { w, h },
    datasource: DATA_SOURCE,
    targets: series.map(([expr, legend], index) => target(expr, legend, index, false)),
    fieldConfig: {
      defaults: {
        unit,
        min: 0,
        ...(max === undefined ? {} : { max }),
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
        thresholds: { mode: 'absolute', steps: steps(thresholds ?? [[undefined, 'green']]) },
      },
      overrides: [],
    },
    options: {
      legend: { displayMode: 'table', placement: 'bottom', showLegend: true, calcs: ['lastNotNull', 'max'] },
      tooltip: { mode: 'multi', sort: 'desc' },
    },
  };
}

/** A bar for each of a few numbers, one below the other. */
export function bars(title, unit, series, description, options = {}) {
  const { w = 12, h = 8 } = options;
  return {
    type: 'bargauge',
    title,
    description,
    size: { w, h },
    datasource: DATA_SOURCE,
    targets: series.map(([expr, legend], index) => target(expr, legend, index, true)),
    fieldConfig: {
      defaults: {
        unit,
        min: 0,
        decimals: 0,
        color: { mode: 'palette-classic' },
        thresholds: { mode: 'absolute', steps: steps([[undefined, 'blue']]) },
      },
      overrides: [],
    },
    options: {
      displayMode: 'basic',
      orientation: 'horizontal',
      showUnfilled: true,
      reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
    },
  };
}

/** 1 is green, 0 is red, over time, a line for each. */
export function states(title, series, description, options = {}) {
  const { w = 12, h = 8 } = options;
  const mapping = { 0: { text: 'no', color: 'red', index: 1 }, 1: { text: 'yes', color: 'green', index: 0 } };
  return {
    type: 'state-timeline',
    title,
    description,
    size: { w, h },
    datasource: DATA_SOURCE,
    targets: series.map(([expr, legend], index) => target(expr, legend, index, false)),
    fieldConfig: {
      defaults: {
        unit: 'bool_yes_no',
        color: { mode: 'thresholds' },
        mappings: [{ type: 'value', options: mapping }],
        custom: { lineWidth: 0, fillOpacity: 70 },
        thresholds: {
          mode: 'absolute',
          steps: steps([
            [undefined, 'red'],
            [1, 'green'],
          ]),
        },
      },
      overrides: [],
    },
    options: {
      showValue: 'never',
      mergeValues: true,
      rowHeight: 0.8,
      legend: { displayMode: 'list', placement: 'bottom', showLegend: false },
    },
  };
}

/** A text in Markdown. */
export function text(title, content, options = {}) {
  const { w = 12, h = 8 } = options;
  return { type: 'text', title, description: '', size: { w, h }, options: { mode: 'markdown', content } };
}

/** A heading; the panels up to the next one are its. */
export const row = (title) => ({
  type: 'row',
  title,
  collapsed: false,
  panels: [],
  size: { w: COLUMNS, h: 1 },
});

/** Puts panels from left to right, as long as there is room. */
function place(panels) {
  let [x, y, height] = [0, 0, 0];
  return panels.map(({ size, ...panel }, index) => {
    if (x + size.w > COLUMNS) [x, y, height] = [0, y + height, 0];
    const gridPos = { x, y, ...size };
    x += size.w;
    height = Math.max(height, size.h);
    return { id: index + 1, ...panel, gridPos };
  });
}

const dataSourceVariable = {
  name: 'datasource',
  label: 'Prometheus',
  type: 'datasource',
  query: 'prometheus',
  current: {},
  hide: 0,
  refresh: 1,
  options: [],
  regex: '',
  multi: false,
  includeAll: false,
};

/** `$instance`: one, several or all instances of a service. */
export const instanceVariable = (selector) => ({
  name: 'instance',
  label: 'Instance',
  type: 'query',
  datasource: DATA_SOURCE,
  definition: `label_values(up{${selector}}, instance_id)`,
  query: { query: `label_values(up{${selector}}, instance_id)`, refId: 'instances' },
  current: { selected: true, text: ['All'], value: ['$__all'] },
  includeAll: true,
  allValue: '.*',
  multi: true,
  refresh: 2,
  sort: 1,
  hide: 0,
  options: [],
  regex: '',
});

/** A field to type into. */
export const textVariable = (name, label, value) => ({
  name,
  label,
  type: 'textbox',
  query: value,
  current: { selected: true, text: value, value },
  hide: 0,
  options: [{ selected: true, text: value, value }],
});

const OTHERS = {
  title: 'Parley',
  type: 'dashboards',
  asDropdown: true,
  includeVars: false,
  keepTime: true,
  tags: ['parley'],
  icon: 'external link',
  targetBlank: false,
  tooltip: '',
  url: '',
};

/** @returns A dashboard as Grafana reads it. */
export function dashboard({ uid, title, description, variables = [], links = [], panels }) {
  return {
    uid,
    title,
    description,
    tags: ['parley'],
    editable: false,
    graphTooltip: 1,
    schemaVersion: 38,
    style: 'dark',
    timezone: 'browser',
    refresh: '10s',
    time: { from: 'now-1h', to: 'now' },
    annotations: { list: [] },
    links: [OTHERS, ...links],
    templating: { list: [dataSourceVariable, ...variables] },
    panels: place(panels),
  };
}

const WINDOW = '[$__rate_interval]';

/** Per second. */
export const rate = (selector, by = '') => `sum${by && ` by (${by})`} (rate(${selector}${WINDOW}))`;
/** Per minute. */
export const perMinute = (selector, by = '') => `${rate(selector, by)} * 60`;
/** How many there were in the time that is shown. */
export const inRange = (selector) => `sum(increase(${selector}[$__range]))`;
/** Of a histogram without suffix, such as `name{label="x"}`; over five minutes, since calls are few. */
export function quantile(q, histogram, by = '') {
  const [, name, labels] = /^(\w+)(.*)$/.exec(histogram);
  return `histogram_quantile(${q}, sum by (le${by && `, ${by}`}) (rate(${name}_bucket${labels}[5m])))`;
}
/** 50, 95 and 99 of a hundred. */
export const quantiles = (histogram) => [
  [quantile(0.5, histogram), 'half'],
  [quantile(0.95, histogram), '95 of 100'],
  [quantile(0.99, histogram), '99 of 100'],
];
/** Errors have no series before the first one: then there are none, as long as the metric itself is there. */
export const orNone = (expr, label, metric) =>
  `${expr} or on () label_replace(sum(${metric}) * 0, "${label}", "none", "", "")`;

export const GOOD_BELOW = (warn, bad) => [
  [undefined, 'green'],
  [warn, 'orange'],
  [bad, 'red'],
];
export const GOOD_FROM = (good) => [
  [undefined, 'red'],
  [good, 'green'],
];
