import { loadPage } from './api.js';
import { byId } from './dom.js';
import { countWords } from './words.js';

/** @import { Line, Page, Progress } from './wire-types.js' */
/** @import { LineList } from './line-list.js' */
/** @import { StatusLine } from './status-line.js' */
/** @import { Filter, Selection } from './selection.js' */

const CONTEXT_LINES = 60;

/** Loads the selected lines page by page. Earlier lines are always above later ones, in both orders. */
export class Result {
  #list;
  #status;
  #older = byId('older', HTMLButtonElement);
  #newer = byId('newer', HTMLButtonElement);
  /** @type {Filter} */
  #filter = {};
  #running = new AbortController();

  /**
   * @param {LineList} list
   * @param {StatusLine} status
   */
  constructor(list, status) {
    this.#list = list;
    this.#status = status;
    this.#older.addEventListener('click', () => void this.#more('newest', this.#list.first));
    this.#newer.addEventListener('click', () => void this.#more('oldest', this.#list.last));
  }

  /** Whether the list ends with the newest line, so that live lines may follow. */
  get reachesNow() {
    return this.#newer.hidden;
  }

  cancel() {
    this.#running.abort();
  }

  /**
   * Loads the first page.
   *
   * @param {Selection} state
   */
  async load({ filter, order }) {
    this.#begin(filter, filter.trace !== undefined && order === 'oldest');
    await this.#work(async (signal) => {
      const end = await this.#page({ order }, signal);
      if (this.#list.size === 0) this.#list.showEmpty('No lines match.');
      if (order === 'newest') this.#list.scrollToEnd();
      return end.progress;
    });
  }

  /**
   * Loads the lines before and after the line with this cursor.
   *
   * @param {Filter} filter
   * @param {string} cursor
   */
  async loadAround(filter, cursor) {
    this.#begin(filter, false);
    await this.#work(async (signal) => {
      // A page begins behind its cursor. So the line itself is found from the cursor of the line before it.
      await this.#page({ order: 'newest', cursor, limit: CONTEXT_LINES }, signal);
      const before = this.#list.last?.id;
      const end = await this.#page({ order: 'oldest', cursor: before, limit: CONTEXT_LINES + 1 }, signal);
      this.#list.mark(cursor);
      return end.progress;
    });
  }

  /**
   * @param {Filter} filter
   * @param {boolean} countsTime
   */
  #begin(filter, countsTime) {
    this.cancel();
    this.#filter = filter;
    this.#older.hidden = true;
    this.#newer.hidden = true;
    this.#list.clear(countsTime);
  }

  /**
   * @param {'newest' | 'oldest'} order
   * @param {Line | undefined} from
   */
  #more(order, from) {
    return this.#work(async (signal) => (await this.#page({ order, cursor: from?.id }, signal)).progress);
  }

  /**
   * @param {Page} page
   * @param {AbortSignal} signal
   */
  async #page(page, signal) {
    const isBackwards = page.order === 'newest';
    const onLines = (/** @type {Line[]} */ lines) => {
      if (signal.aborted) return;
      if (!isBackwards && this.#list.append(lines)) this.#older.hidden = false;
      if (isBackwards && this.#list.prepend(lines.toReversed())) this.#newer.hidden = false;
    };
    const onProgress = (/** @type {Progress} */ progress) => this.#status.update(progress);
    const end = await loadPage(this.#filter, page, { onLines, onProgress }, signal);
    const edge = isBackwards ? this.#older : this.#newer;
    edge.hidden = end.next === null;
    return end;
  }

  /**
   * Runs one search at a time: a new one cancels the one before.
   *
   * @param {(signal: AbortSignal) => Promise<Progress>} work
   */
  async #work(work) {
    this.cancel();
    const running = new AbortController();
    this.#running = running;
    this.#status.begin();
    try {
      const progress = await work(running.signal);
      if (!running.signal.aborted) this.#status.end(countWords(this.#list.size, 'line'), progress);
    } catch (error) {
      if (this.#running !== running) return;
      if (running.signal.aborted)
        this.#status.end(`Cancelled · ${countWords(this.#list.size, 'line')} so far`);
      else this.#status.fail(`The search failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
