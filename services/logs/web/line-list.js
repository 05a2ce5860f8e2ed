import { make } from './dom.js';
import { makeRow } from './line-row.js';

/** @import { Line } from './wire-types.js' */
/** @import { RowActions } from './line-row.js' */

/** The most rows that are kept. When new ones come at one end, those at the other end are removed. */
const ROWS_MAX = 3_000;
/** Within this distance of the end, the list follows new lines. */
const END_PX = 40;

/** The list of lines, in the order of their time. */
export class LineList {
  #list;
  #scroller;
  #actions;
  /** @type {{ line: Line, row: HTMLLIElement }[]} */
  #items = [];
  /** @type {Set<string>} */
  #ids = new Set();
  #countsTime = false;

  /**
   * @param {HTMLElement} list
   * @param {HTMLElement} scroller
   * @param {RowActions} actions
   */
  constructor(list, scroller, actions) {
    this.#list = list;
    this.#scroller = scroller;
    this.#actions = actions;
  }

  get size() {
    return this.#items.length;
  }

  get first() {
    return this.#items[0]?.line;
  }

  get last() {
    return this.#items.at(-1)?.line;
  }

  get isAtEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    return scrollHeight - scrollTop - clientHeight < END_PX;
  }

  /**
   * @param {boolean} countsTime Whether each row shows the seconds since the first line.
   */
  clear(countsTime = false) {
    this.#list.replaceChildren();
    this.#items = [];
    this.#ids.clear();
    this.#countsTime = countsTime;
  }

  /** @param {string} text */
  showEmpty(text) {
    this.#list.replaceChildren(make('li', { class: 'empty', text }));
  }

  /**
   * @param {readonly Line[]} lines In the order of their time, later than the lines that are shown.
   * @returns {boolean} Whether earlier lines were removed.
   */
  append(lines) {
    for (const line of lines) this.#insert(line, this.#items.length);
    this.#afterInsert();
    return this.#dropFirst();
  }

  /**
   * Adds lines at the beginning. The rows that a person sees do not move.
   *
   * @param {readonly Line[]} lines In the order of their time, earlier than the lines that are shown.
   * @returns {boolean} Whether later lines were removed.
   */
  prepend(lines) {
    const before = this.#scroller.scrollHeight - this.#scroller.scrollTop;
    for (const line of lines.toReversed()) {
      // Live lines that came during the search may be earlier than these.
      let at = 0;
      while ((this.#items[at]?.line.time ?? Number.POSITIVE_INFINITY) < line.time) at += 1;
      this.#insert(line, at);
    }
    this.#afterInsert();
    this.#scroller.scrollTop = this.#scroller.scrollHeight - before;
    const dropped = this.#items.splice(ROWS_MAX);
    for (const item of dropped) this.#remove(item);
    return dropped.length > 0;
  }

  /**
   * Inserts lines that were just written, at the end or near it.
   *
   * @param {readonly Line[]} lines
   */
  addLive(lines) {
    const follows = this.isAtEnd;
    const before = this.#scroller.scrollTop;
    for (const line of lines) {
      let at = this.#items.length;
      while (at > 0 && (this.#items[at - 1]?.line.time ?? 0) > line.time) at -= 1;
      this.#insert(line, at)?.classList.add('fresh');
    }
    this.#afterInsert();
    this.#scroller.scrollTop = before;
    if (!follows) return;
    this.#dropFirst();
    this.scrollToEnd();
  }

  /** @param {string} text */
  addGap(text) {
    this.#list.append(make('li', { class: 'gap', text }));
  }

  scrollToEnd() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  scrollToBegin() {
    this.#scroller.scrollTop = 0;
  }

  /**
   * Marks the line whose surroundings are shown, and scrolls to it.
   *
   * @param {string} id
   */
  mark(id) {
    const row = this.#items.find(({ line }) => line.id === id)?.row;
    row?.classList.add('anchor');
    row?.scrollIntoView({ block: 'center' });
    row?.querySelector('button')?.focus({ preventScroll: true });
  }

  /** The line that has the keyboard focus. */
  get current() {
    const row = document.activeElement?.closest('.line');
    return this.#items.find((item) => item.row === row)?.line;
  }

  /**
   * Moves the focus by a number of lines. If no line has it, the last line gets it.
   *
   * @param {number} step
   */
  move(step) {
    const row = document.activeElement?.closest('.line');
    const at = this.#items.findIndex((item) => item.row === row);
    const target = at < 0 ? this.#items.length - 1 : Math.max(0, Math.min(this.#items.length - 1, at + step));
    const button = this.#items[target]?.row.querySelector('button');
    this.#makeReachable(button ?? undefined);
    button?.focus();
  }

  /**
   * @param {Line} line
   * @param {number} at
   */
  #insert(line, at) {
    if (this.#ids.has(line.id)) return undefined;
    this.#ids.add(line.id);
    const first = this.#countsTime ? (this.#items[0]?.line.time ?? line.time) : undefined;
    const row = makeRow(line, first, this.#actions);
    const next = this.#items[at]?.row ?? null;
    this.#list.insertBefore(row, next);
    this.#items.splice(at, 0, { line, row });
    return row;
  }

  /** Removes the first rows if there are too many. The rows that a person sees do not move. */
  #dropFirst() {
    const dropped = this.#items.splice(0, Math.max(0, this.#items.length - ROWS_MAX));
    const before = this.#scroller.scrollHeight;
    for (const item of dropped) this.#remove(item);
    if (dropped.length > 0) this.#scroller.scrollTop -= before - this.#scroller.scrollHeight;
    return dropped.length > 0;
  }

  /** @param {{ line: Line, row: HTMLLIElement }} item */
  #remove(item) {
    item.row.remove();
    this.#ids.delete(item.line.id);
  }

  #afterInsert() {
    if (this.#items.length > 0) this.#list.querySelector('.empty')?.remove();
    if (this.#list.querySelector('.open[tabindex="0"]') === null) {
      this.#makeReachable(this.#items.at(-1)?.row.querySelector('button') ?? undefined);
    }
  }

  /**
   * Makes this the one line that the tab key reaches. The arrow keys go on from there.
   *
   * @param {HTMLButtonElement | undefined} button
   */
  #makeReachable(button) {
    for (const old of this.#list.querySelectorAll('.open[tabindex="0"]')) old.setAttribute('tabindex', '-1');
    button?.setAttribute('tabindex', '0');
  }
}
