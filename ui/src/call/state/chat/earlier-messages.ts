import type { MessageId } from '@parley/proto/ids';
import type { RequestInput, RequestResult } from '@parley/proto/requests';
import type { ChatMessage } from '@parley/proto/room';
import { asFailure, type CallFailure } from '../../base/call-failure.ts';

const PAGE = 100;

type EarlierMessagesOptions = {
  list: (input: RequestInput<'chat:list'>) => Promise<RequestResult<'chat:list'>>;
  onChanged: () => void;
  onFailed: (failure: CallFailure) => void;
};

/** Whether the call has messages from before those that the page has, and the request for the next of them. */
export class EarlierMessages {
  readonly #options: EarlierMessagesOptions;
  #state: 'none' | 'some' | 'loading' = 'none';

  constructor(options: EarlierMessagesOptions) {
    this.#options = options;
  }

  get state(): 'none' | 'some' | 'loading' {
    return this.#state;
  }

  /** Called when that is known without a request, from a snapshot for instance. It outdates a request in progress. */
  set(state: 'none' | 'some'): void {
    this.#state = state;
    this.#options.onChanged();
  }

  /** The messages before this one, oldest first; none if a request failed or was outdated. Never rejects. */
  async load(before: MessageId): Promise<readonly ChatMessage[]> {
    if (this.#state !== 'some') return [];
    this.#state = 'loading';
    this.#options.onChanged();
    try {
      const { messages, more } = await this.#options.list({ before, limit: PAGE });
      if (!this.#isLoading()) return [];
      this.set(more ? 'some' : 'none');
      return messages;
    } catch (error) {
      this.#handleFailure(asFailure(error));
      return [];
    }
  }

  #handleFailure(failure: CallFailure): void {
    if (!this.#isLoading()) return;
    // The message is deleted, and so are those before it.
    this.set(failure.code === 'not_found' ? 'none' : 'some');
    if (failure.code !== 'not_found') this.#options.onFailed(failure);
  }

  /** The state may have changed during the request. */
  #isLoading(): boolean {
    return this.#state === 'loading';
  }
}
