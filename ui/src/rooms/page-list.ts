import { asFailure, type CallError } from '../call/base/call-failure.ts';
import { ObservableState } from '../call/base/observable-state.ts';

export type PageListState<Item> = {
  readonly items: readonly Item[];
  readonly status: 'loading' | 'ready' | 'failed';
  readonly hasMore: boolean;
  /** Why the last page did not come. What came before stays. */
  readonly error: CallError | null;
};

/** What the server gives at once. `next`: where the following page begins; null where there is none. */
export type ItemPage<Item, Cursor> = { readonly items: readonly Item[]; readonly next: Cursor | null };
export type FetchPage<Item, Cursor> = (cursor: Cursor | undefined) => Promise<ItemPage<Item, Cursor>>;

/** A list that comes page by page. Its methods never reject: the state has the error. */
export class PageList<Item, Cursor> {
  readonly #fetch: FetchPage<Item, Cursor>;
  readonly #state = new ObservableState<PageListState<Item>>({
    items: [],
    status: 'loading',
    hasMore: false,
    error: null,
  });
  #next: Cursor | undefined;
  /** Grows with each request for the first page. What was asked for before it comes too late. */
  #round = 0;
  #pages = 0;

  /** @param fetch Rejects with CallFailure. */
  constructor(fetch: FetchPage<Item, Cursor>) {
    this.#fetch = fetch;
  }

  getState(): PageListState<Item> {
    return this.#state.get();
  }

  subscribe(listener: () => void): () => void {
    return this.#state.subscribe(listener);
  }

  /** The list from its beginning. What is shown stays until the first page has come. */
  async load(): Promise<void> {
    this.#round += 1;
    await this.#add(undefined);
  }

  /** The list from its beginning, if nobody has gone further: a longer list would jump under the eyes of its reader. */
  async refresh(): Promise<void> {
    if (this.#pages <= 1 && this.getState().status === 'ready') await this.load();
  }

  async more(): Promise<void> {
    if (this.#next !== undefined && this.getState().status !== 'loading') await this.#add(this.#next);
  }

  /** Again what failed. */
  async retry(): Promise<void> {
    await (this.#pages === 0 ? this.load() : this.more());
  }

  async #add(cursor: Cursor | undefined): Promise<void> {
    const round = this.#round;
    const isFirst = cursor === undefined;
    if (!isFirst || this.#pages === 0) this.#state.update({ status: 'loading', error: null });
    try {
      const { items, next } = await this.#fetch(cursor);
      if (round !== this.#round) return;
      this.#pages = isFirst ? 1 : this.#pages + 1;
      this.#next = next ?? undefined;
      const shown = isFirst ? items : [...this.getState().items, ...items];
      this.#state.update({ items: shown, status: 'ready', hasMore: next !== null, error: null });
    } catch (error) {
      if (round !== this.#round) return;
      this.#state.update({ status: 'failed', error: asFailure(error).toError() });
    }
  }
}
