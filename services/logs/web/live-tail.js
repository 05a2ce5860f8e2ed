import { filterQuery } from './selection.js';

/** @import { Line } from './wire-types.js' */
/** @import { Filter } from './selection.js' */

/** The most lines that wait while the tail is paused. */
const WAITING_MAX = 1_000;

/**
 * @typedef {{
 *   onReady: () => void, onLines: (lines: Line[], skipped: number) => void, onChange: () => void,
 * }} TailListener
 */

/** Receives lines as they are written, and holds them back while the tail is paused. */
export class LiveTail {
  #listener;
  /** @type {EventSource | undefined} */
  #source;
  /** @type {Line[]} */
  #waiting = [];
  #skipped = 0;
  #isPaused = false;
  #isConnected = false;

  /** @param {TailListener} listener */
  constructor(listener) {
    this.#listener = listener;
  }

  get isOpen() {
    return this.#source !== undefined;
  }

  get isConnected() {
    return this.#isConnected;
  }

  get isPaused() {
    return this.#isPaused;
  }

  /** How many lines came while the tail was paused. */
  get waiting() {
    return this.#waiting.length + this.#skipped;
  }

  /** @param {Filter} filter */
  open(filter) {
    this.close();
    const source = new EventSource(`api/tail?${filterQuery(filter)}`);
    this.#source = source;
    source.addEventListener('ready', () => {
      this.#isConnected = true;
      this.#listener.onChange();
      this.#listener.onReady();
    });
    source.addEventListener('lines', (event) => this.#receive(String(event.data)));
    source.addEventListener('error', () => {
      this.#isConnected = false;
      // The browser connects again by itself, except after a refusal. Then the lines are shown without a live tail.
      const isRefused = source.readyState === EventSource.CLOSED;
      if (isRefused) this.close();
      this.#listener.onChange();
      if (isRefused) this.#listener.onReady();
    });
  }

  close() {
    this.#source?.close();
    this.#source = undefined;
    this.#waiting = [];
    this.#skipped = 0;
    this.#isPaused = false;
    this.#isConnected = false;
  }

  pause() {
    this.#isPaused = true;
    this.#listener.onChange();
  }

  resume() {
    this.#isPaused = false;
    const lines = this.#waiting;
    const skipped = this.#skipped;
    this.#waiting = [];
    this.#skipped = 0;
    if (lines.length > 0) this.#listener.onLines(lines, skipped);
    this.#listener.onChange();
  }

  /** @param {string} data */
  #receive(data) {
    const { lines, skipped } = /** @type {{ lines: Line[], skipped: number }} */ (JSON.parse(data));
    if (!this.#isPaused) return this.#listener.onLines(lines, skipped);
    this.#waiting.push(...lines);
    this.#skipped += skipped + Math.max(0, this.#waiting.length - WAITING_MAX);
    this.#waiting = this.#waiting.slice(-WAITING_MAX);
    this.#listener.onChange();
  }
}
