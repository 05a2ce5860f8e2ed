import type { MessageId } from '@parley/proto/ids';
import type { RequestInput, RequestName, RequestResult } from '@parley/proto/requests';
import type { ChatMessage } from '@parley/proto/room';
import { asFailure, type CallFailure } from '../../base/call-failure.ts';
import { readChatText } from './chat-text.ts';

type ChangeRequest = Extract<RequestName, 'chat:edit' | 'chat:delete' | 'chat:react'>;

export type ChatChangesOptions = {
  change: <N extends ChangeRequest>(name: N, input: RequestInput<N>) => Promise<RequestResult<N>>;
  listChanges: (input: RequestInput<'chat:list-changes'>) => Promise<RequestResult<'chat:list-changes'>>;
  onChanged: (message: ChatMessage) => void;
  onFailed: (failure: CallFailure, name: ChangeRequest) => void;
};

/** A change of just before may be seen late, because the clocks of servers differ a little. */
const MARGIN_MS = 30_000;
const PAGE = 100;
/** More changes than that in one absence are not looked for. */
const PAGES_MAX = 20;

/** Changes messages that are sent, and learns of changes that happened while the page was away. None of its methods rejects. */
export class ChatChanges {
  readonly #options: ChatChangesOptions;
  /** When the newest thing that the page knows happened, by the clock of the server; 0 before the first. */
  #seenUntil = 0;

  constructor(options: ChatChangesOptions) {
    this.#options = options;
  }

  /** True if the server has the new text. */
  async edit(messageId: MessageId, text: string): Promise<boolean> {
    const read = readChatText(text);
    return read !== null && (await this.#try('chat:edit', { messageId, text: read }));
  }

  async remove(messageId: MessageId): Promise<void> {
    await this.#try('chat:delete', { messageId });
  }

  async react(messageId: MessageId, emoji: string, on: boolean): Promise<void> {
    await this.#try('chat:react', { messageId, emoji, on });
  }

  /** Called with every message that the page receives. */
  note({ sentAt, changedAt }: ChatMessage): void {
    this.#seenUntil = Math.max(this.#seenUntil, changedAt ?? sentAt);
  }

  /** Reads what changed while the socket was lost. What fails now is shown with the next change of that message. */
  async catchUp(): Promise<void> {
    if (this.#seenUntil === 0) return;
    let since = Math.max(0, this.#seenUntil - MARGIN_MS);
    try {
      for (let page = 0; page < PAGES_MAX; page += 1) {
        const { messages, more } = await this.#options.listChanges({ since, limit: PAGE });
        for (const message of messages) this.#options.onChanged(message);
        const last = messages.at(-1)?.changedAt ?? since;
        if (!more || last <= since) return;
        since = last;
      }
    } catch {
      // The socket is lost again, and the next snapshot begins anew.
    }
  }

  async #try<N extends ChangeRequest>(name: N, input: RequestInput<N>): Promise<boolean> {
    try {
      const { message } = await this.#options.change(name, input);
      this.#options.onChanged(message);
      return true;
    } catch (error) {
      this.#options.onFailed(asFailure(error), name);
      return false;
    }
  }
}
