import { loadSources } from './api.js';
import { byId } from './dom.js';
import { FilterBar } from './filter-bar.js';
import { bindKeys } from './keyboard.js';
import { LineList } from './line-list.js';
import { LiveTail } from './live-tail.js';
import { Result } from './result.js';
import { StatusLine } from './status-line.js';
import { canBeLive, filterQuery, readSelection, writeSelection } from './selection.js';
import { countWords, sizeWords } from './words.js';

/** @import { Line } from './wire-types.js' */
/** @import { Narrowing } from './line-row.js' */
/** @import { Selection } from './selection.js' */

const liveButton = byId('live', HTMLButtonElement);
const liveText = byId('live-text', HTMLSpanElement);
const toEnd = byId('to-end', HTMLButtonElement);
const scroller = byId('scroller', HTMLElement);
const contextBar = byId('context-bar', HTMLDivElement);
const contextInstance = byId('context-instance', HTMLInputElement);
const fromNewest = byId('from-newest', HTMLButtonElement);
const fromOldest = byId('from-oldest', HTMLButtonElement);
const download = byId('download', HTMLAnchorElement);
const help = byId('help', HTMLDialogElement);

let state = readSelection(location.search);
/** @type {string | undefined} The instance of the line whose context is shown. */
let aroundInstance;

const status = new StatusLine(() => result.cancel());
const list = new LineList(byId('lines', HTMLOListElement), scroller, {
  onNarrow: narrow,
  onContext: showContext,
});
const result = new Result(list, status);
const filters = new FilterBar((filter) => go({ ...state, filter, around: undefined }));
const tail = new LiveTail({ onReady: () => void result.load(state), onLines: addLive, onChange: showLive });

/** @param {Selection} next */
function go(next) {
  if (writeSelection(next) === writeSelection(state)) return;
  state = next;
  history.pushState(null, '', writeSelection(state));
  show();
}

/** Loads and shows what the state selects. */
function show() {
  filters.show(state.filter);
  const query = filterQuery(state.filter);
  query.set('order', state.order);
  download.href = `api/download?${query}`;
  fromNewest.setAttribute('aria-pressed', String(state.order === 'newest'));
  fromOldest.setAttribute('aria-pressed', String(state.order === 'oldest'));
  contextBar.hidden = state.around === undefined;
  tail.close();
  if (state.around !== undefined) void result.loadAround(contextFilter(), state.around);
  else if (state.isLive && canBeLive(state)) tail.open(state.filter);
  else void result.load(state);
  showLive();
}

function contextFilter() {
  return contextInstance.checked && aroundInstance !== undefined ? { instance: aroundInstance } : {};
}

/** @param {Narrowing} narrowing */
function narrow(narrowing) {
  // A trace is shown whole and from its start, so the other filters go.
  if ('trace' in narrowing) return go({ ...state, filter: narrowing, order: 'oldest', around: undefined });
  go({ ...state, filter: { ...state.filter, ...narrowing }, around: undefined });
}

/** @param {Line} line */
function showContext(line) {
  aroundInstance = line.instance;
  contextInstance.checked = false;
  byId('context-place', HTMLSpanElement).textContent = new Date(line.time).toLocaleString();
  go({ ...state, around: line.id });
}

/**
 * @param {Line[]} lines
 * @param {number} skipped
 */
function addLive(lines, skipped) {
  if (!result.reachesNow) return;
  if (skipped > 0) list.addGap(`${countWords(skipped, 'line')} left out: too many at once`);
  list.addLive(lines);
  showToEnd();
}

function showLive() {
  const isLive = tail.isOpen && !tail.isPaused;
  liveButton.setAttribute('aria-pressed', String(isLive));
  if (!tail.isOpen) liveText.textContent = 'Go live';
  else if (tail.isPaused) liveText.textContent = tail.waiting > 0 ? `Resume (${tail.waiting} new)` : 'Resume';
  else liveText.textContent = tail.isConnected ? 'Live' : 'Connecting…';
}

function toggleLive() {
  if (tail.isPaused) tail.resume();
  else if (tail.isOpen) tail.pause();
  else {
    const { to: _to, ...filter } = state.filter;
    state = { filter, order: 'newest', around: undefined, isLive: true };
    history.pushState(null, '', writeSelection(state));
    show();
  }
}

function showToEnd() {
  toEnd.hidden = list.isAtEnd || !tail.isOpen;
}

function escape() {
  if (state.around !== undefined) go({ ...state, around: undefined });
  else result.cancel();
}

/** @param {(line: Line) => void} action */
function onCurrent(action) {
  const line = list.current;
  if (line !== undefined) action(line);
}

liveButton.addEventListener('click', toggleLive);
fromNewest.addEventListener('click', () => go({ ...state, order: 'newest' }));
fromOldest.addEventListener('click', () => go({ ...state, order: 'oldest' }));
contextInstance.addEventListener('change', show);
byId('context-close', HTMLButtonElement).addEventListener('click', escape);
byId('help-open', HTMLButtonElement).addEventListener('click', () => help.showModal());
toEnd.addEventListener('click', () => list.scrollToEnd());
scroller.addEventListener('scroll', showToEnd, { passive: true });
window.addEventListener('popstate', () => {
  state = readSelection(location.search);
  show();
});
bindKeys({
  search: () => filters.focus(),
  move: (step) => list.move(step),
  trace: () => onCurrent(({ trace }) => trace !== undefined && narrow({ trace })),
  context: () => onCurrent(showContext),
  room: () => onCurrent(({ room }) => room !== undefined && narrow({ room })),
  pause: toggleLive,
  clear: () => filters.clear(),
  escape,
  help: () => help.showModal(),
});

show();
try {
  const sources = await loadSources();
  filters.offerSources(sources);
  filters.show(state.filter);
  byId('sources', HTMLParagraphElement).textContent =
    `${countWords(sources.files, 'file')}, ${sizeWords(sources.bytes)}`;
} catch {
  // The search that runs at the same time fails too, and its message is shown.
}
