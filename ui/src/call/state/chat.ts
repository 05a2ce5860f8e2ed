import {
  CHAT_TEXT_MAX,
  messageIdSchema,
  type ChatMessage,
  type PeerId,
  type RequestInput,
  type RequestResult,
} from '@parley/proto';
import { backoffMs } from '../base/backoff.ts';
import { asFailure, type CallFailure } from '../base/call-failure.ts';
import { mergeMessages, replaceEntry } from './chat-log.ts';
import { newUuid } from '../base/ids.ts';
import type { ChatEntry } from './call-state.ts';

export type ChatOptions = {
  send: (input: RequestInput<'chat:send'>) => Promise<RequestResult<'chat:send'>>;
  self: () => { peerId: PeerId; displayName: string } | null;
  nameOf: (peerId: PeerId) => string | null;
  onChanged: () => void;
  onFailed: (failure: CallFailure) => void;
  now?: () => number;
  retryMs?: number;
};

/** A message is given up 30 to 44 seconds after its first attempt failed: six pauses of at most 44 s, at least 70 % of each. */
const RETRY_MS = 2_000;
const RETRY_LONGEST_MS = 10_000;
const RETRY_SPREAD = 0.3;
const RETRY_MAX = 6;

/** Messages show at once and are sent behind it; repeating a send is harmless, since the message carries its own id. */
export class Chat {
  readonly #options: ChatOptions;
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  #entries: readonly ChatEntry[] = [];
  #unread = 0;
  #started = false;
  #closed = false;

  constructor(options: ChatOptions) {
    this.#options = options;
  }

  get entries(): readonly ChatEntry[] {
    return this.#entries;
  }

  get unread(): number {
    return this.#unread;
  }

  /** The newest messages of a snapshot. The first snapshot is history, later ones bring what was missed. */
  load(messages: readonly ChatMessage[]): void {
    this.#merge(messages, this.#started);
    this.#started = true;
    this.#sendWaiting();
  }

  receive(message: ChatMessage): void {
    this.#merge([message], true);
  }

  send(text: string, toPeerId: PeerId | null): void {
    const self = this.#options.self();
    const trimmed = text.trim().slice(0, CHAT_TEXT_MAX);
    if (self === null || trimmed === '') return;
    const clientMessageId = newUuid();
    const entry: ChatEntry = {
      messageId: messageIdSchema.parse(clientMessageId),
      clientMessageId,
      fromPeerId: self.peerId,
      fromName: self.displayName,
      toPeerId,
      toName: toPeerId === null ? null : this.#options.nameOf(toPeerId),
      text: trimmed,
      sentAt: this.#options.now?.() ?? Date.now(),
      own: true,
      delivery: 'sending',
    };
    this.#entries = [...this.#entries, entry];
    this.#options.onChanged();
    void this.#deliver(clientMessageId, 0);
  }

  retry(clientMessageId: string): void {
    const entry = this.#find(clientMessageId);
    if (entry?.delivery !== 'failed') return;
    this.#set({ ...entry, delivery: 'sending' });
    void this.#deliver(clientMessageId, 0);
  }

  markRead(): void {
    if (this.#unread === 0) return;
    this.#unread = 0;
    this.#options.onChanged();
  }

  close(): void {
    this.#closed = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  async #deliver(clientMessageId: string, attempt: number): Promise<void> {
    const entry = this.#find(clientMessageId);
    if (this.#closed || entry?.delivery !== 'sending') return;
    this.#stopTimer(clientMessageId);
    try {
      const { message } = await this.#options.send({
        clientMessageId,
        toPeerId: entry.toPeerId,
        text: entry.text,
      });
      this.#merge([message], false);
    } catch (error) {
      if (!this.#closed) this.#handleFailure(clientMessageId, attempt, asFailure(error));
    }
  }

  #handleFailure(clientMessageId: string, attempt: number, failure: CallFailure): void {
    const entry = this.#find(clientMessageId);
    if (entry?.delivery !== 'sending') return;
    // While the socket is away the message waits for the next snapshot, however long that takes.
    if (failure.code === 'network_unreachable') return;
    if (failure.retryable && attempt < RETRY_MAX) {
      const firstMs = this.#options.retryMs ?? RETRY_MS;
      const waitMs = backoffMs(attempt, { firstMs, maxMs: RETRY_LONGEST_MS, spread: RETRY_SPREAD });
      this.#timers.set(
        clientMessageId,
        setTimeout(() => void this.#deliver(clientMessageId, attempt + 1), waitMs),
      );
      return;
    }
    this.#set({ ...entry, delivery: 'failed' });
    this.#options.onFailed(failure);
  }

  #sendWaiting(): void {
    for (const entry of this.#entries)
      if (entry.delivery === 'sending') void this.#deliver(entry.clientMessageId, 0);
  }

  #merge(messages: readonly ChatMessage[], countUnread: boolean): void {
    const { entries, added } = mergeMessages(this.#entries, messages, this.#options.self()?.peerId ?? null);
    if (entries === this.#entries) return;
    this.#entries = entries;
    if (countUnread) this.#unread += added.filter((entry) => !entry.own).length;
    this.#options.onChanged();
  }

  #set(entry: ChatEntry): void {
    this.#entries = replaceEntry(this.#entries, entry);
    this.#options.onChanged();
  }

  #find(clientMessageId: string): ChatEntry | undefined {
    return this.#entries.find((entry) => entry.own && entry.clientMessageId === clientMessageId);
  }

  #stopTimer(clientMessageId: string): void {
    clearTimeout(this.#timers.get(clientMessageId));
    this.#timers.delete(clientMessageId);
  }
}
