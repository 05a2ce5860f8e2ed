import { make, makeButton } from './dom.js';
import { flatFields, inlineFields, readFields } from './line-fields.js';
import { visible } from './visible.js';
import { clockWords, sinceWords, timeWords } from './words.js';

/** @import { Line } from './wire-types.js' */
/** @typedef {{ trace: string } | { room: string } | { peer: string } | { service: string, instance: string }} Narrowing */
/** @typedef {{ onNarrow: (narrowing: Narrowing) => void, onContext: (line: Line) => void }} RowActions */

const TRACE_CHARACTERS = 8;
const NAMED_SERVICES = ['browser', 'gateway', 'signaling', 'media'];

/**
 * Makes the row of a line: a button that opens its details, and one that follows its trace.
 *
 * @param {Line} line
 * @param {number | undefined} first The time from which seconds are counted; undefined if they are not shown.
 * @param {RowActions} actions
 */
export function makeRow(line, first, actions) {
  const open = make('button', { class: 'open', type: 'button', tabIndex: -1 }, makeCells(line, first));
  open.setAttribute('aria-expanded', 'false');
  const row = make('li', { class: rowClass(line) }, [
    make('div', { class: 'head' }, [open, makeTrace(line, actions)]),
  ]);
  row.dataset['id'] = line.id;
  open.addEventListener('click', () => toggleDetails(row, open, line, actions));
  return row;
}

/** @param {Line} line */
function rowClass({ level, service, isJson }) {
  const classes = ['line', `level-${level ?? 'none'}`];
  if (NAMED_SERVICES.includes(service)) classes.push(`service-${service}`);
  if (!isJson) classes.push('not-json');
  return classes.join(' ');
}

/**
 * @param {Line} line
 * @param {number | undefined} first
 */
function makeCells(line, first) {
  const fields = readFields(line);
  const time =
    first === undefined ? timeWords(line.time) : `${clockWords(line.time)} ${sinceWords(line.time - first)}`;
  const message = make('span', {
    class: 'message',
    text: visible(line.message ?? line.text.slice(0, 1_000)),
  });
  const rest = make('span', { class: 'fields-text', text: fields ? visible(inlineFields(fields)) : '' });
  return [
    make('span', { class: 'time cell', text: time, title: new Date(line.time).toISOString() }),
    make('span', { class: 'level cell', text: line.level ?? '' }),
    make('span', { class: 'service cell', text: visible(line.service), title: visible(line.instance) }),
    make('span', { class: 'text cell' }, [message, rest]),
  ];
}

/**
 * @param {Line} line
 * @param {RowActions} actions
 */
function makeTrace({ trace }, actions) {
  const known = trace !== undefined;
  const button = make('button', {
    class: known ? 'trace' : 'trace none',
    type: 'button',
    tabIndex: -1,
    text: known ? visible(trace.slice(0, TRACE_CHARACTERS)) : '',
    title: 'Follow this trace through all services',
  });
  if (known) {
    button.setAttribute('aria-label', `Follow trace ${visible(trace.slice(0, TRACE_CHARACTERS))}`);
    button.addEventListener('click', () => actions.onNarrow({ trace }));
  }
  return button;
}

/**
 * @param {HTMLElement} row
 * @param {HTMLElement} open
 * @param {Line} line
 * @param {RowActions} actions
 */
function toggleDetails(row, open, line, actions) {
  const details = row.querySelector('.details');
  open.setAttribute('aria-expanded', String(details === null));
  if (details !== null) return details.remove();
  const made = makeDetails(line, actions);
  row.append(made);
  made.scrollIntoView({ block: 'nearest' });
}

/**
 * @param {Line} line
 * @param {RowActions} actions
 */
function makeDetails(line, actions) {
  const fields = readFields(line);
  /** @type {[string, string][]} */
  const all = fields === undefined ? [['text', line.text]] : flatFields(fields);
  all.push(['instance', `${line.service} ${line.instance}`]);
  if (line.isCut) all.push(['', 'This line is longer; only its beginning is shown.']);
  const list = make('dl');
  for (const [name, value] of all) {
    list.append(make('dt', { text: visible(name) }), make('dd', { text: fieldText(name, value) }));
  }
  return make('div', { class: 'details' }, [
    list,
    make('div', { class: 'buttons' }, makeButtons(line, actions)),
  ]);
}

/**
 * A stack keeps its line breaks. In other fields they are written out, so that a value cannot look like two.
 *
 * @param {string} name
 * @param {string} value
 */
function fieldText(name, value) {
  return name.endsWith('stack') ? value.split('\n').map(visible).join('\n') : visible(value);
}

/**
 * @param {Line} line
 * @param {RowActions} actions
 */
function makeButtons(line, actions) {
  const { trace, room, peer, service, instance } = line;
  const buttons = [];
  if (trace !== undefined) buttons.push(makeButton('Follow this trace', () => actions.onNarrow({ trace })));
  if (room !== undefined) buttons.push(makeButton('Only this room', () => actions.onNarrow({ room })));
  if (peer !== undefined) buttons.push(makeButton('Only this peer', () => actions.onNarrow({ peer })));
  buttons.push(makeButton('Only this instance', () => actions.onNarrow({ service, instance })));
  buttons.push(makeButton('Lines around it', () => actions.onContext(line)));
  buttons.push(makeButton('Copy', () => void navigator.clipboard?.writeText(line.text)));
  return buttons;
}
