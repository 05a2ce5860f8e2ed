import { COLUMNS, DATA_SOURCE } from './panels.mjs';

/** @typedef {import('./panels.mjs').Panel} Panel */

/**
 * A variable of a dashboard. Each type has properties of its own besides.
 *
 * @typedef {{ name: string, label: string, type: string }} Variable
 */

/**
 * A link at the top of a dashboard.
 *
 * @typedef {object} Link
 * @property {string} title
 * @property {'link' | 'dashboards'} type
 * @property {string} url
 * @property {string} icon
 * @property {string} tooltip
 * @property {readonly string[]} tags The dashboards that a link of the type "dashboards" lists.
 * @property {boolean} asDropdown
 * @property {boolean} includeVars
 * @property {boolean} keepTime
 * @property {boolean} targetBlank
 */

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

/**
 * The variable `$instance`, which picks one, several or all instances of a service.
 *
 * @param {string} selector
 */
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

/**
 * A field to type into.
 *
 * @param {string} name
 * @param {string} label
 * @param {string} value
 */
export const textVariable = (name, label, value) => ({
  name,
  label,
  type: 'textbox',
  query: value,
  current: { selected: true, text: value, value },
  hide: 0,
  options: [{ selected: true, text: value, value }],
});

/** @type {Link} */
const OTHER_DASHBOARDS = {
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

/**
 * Returns a dashboard as Grafana reads it.
 *
 * @param {object} content
 * @param {string} content.uid
 * @param {string} content.title
 * @param {string} content.description
 * @param {readonly Variable[]} [content.variables]
 * @param {readonly Link[]} [content.links]
 * @param {readonly Panel[]} content.panels
 */
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
    links: [OTHER_DASHBOARDS, ...links],
    templating: { list: [dataSourceVariable, ...variables] },
    panels: place(panels),
  };
}

/**
 * Places panels from left to right, and begins a new line when the next one does not fit. Each line is as high as its
 * highest panel, so that panels never overlap.
 *
 * @param {readonly Panel[]} panels
 */
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
