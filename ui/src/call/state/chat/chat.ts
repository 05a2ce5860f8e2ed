import { messageIdSchema, type PeerId } from '@parley/proto/ids';
import {
  SNAPSHOT_CHAT_MAX,
  type Notification,
  type RequestInput,
  type RequestName,
  type RequestResult,
} from '@parley/proto/requests';
import { quoteOf, type ChatFile, type ChatMessage, type ChatQuote } from '@parley/proto/room';
import { backoffMs, TOO_FAST_PAUSE_MS } from '../../base/time/backoff.ts';
import { asFailure, CallFailure } from '../../base/call-failure.ts';
import { ChatChanges, type ChatChangesOptions } from './chat-changes.ts';
import { ChatFiles, type ChatFilesOptions } from './chat-files.ts';
import { isInReach, mergeMessages, prependMessages, splitAt, withoutCleared } from './chat-log.ts';
import { withQuotesOf } from './chat-quotes.ts';
import { readChatText } from './chat-text.ts';
import { newUuid } from '../../base/ids.ts';
import { Pause } from '../../base/time/pause.ts';
import type { ChatCleared, ChatEntry, Recipient } from '../call-state.ts';
import { EarlierMessages } from './earlier-messages.ts';
import { TypingSignal, type TypingSignalOptions } from './typing-signal.ts';
import { Typists } from './typists.ts';

type ChatRequest = Extract<RequestName, `chat:${string}`>;

export type ChatOptions = {
  send: (input: RequestInput<'chat:send'>) => Promise<RequestResult<'chat:send'>>;
  list: (input: RequestInput<'chat:list'>) => Promise<RequestResult<'chat:list'>>;
  clear: () => Promise<unknown>;
  type: TypingSignalOptions['type'];
  files: Omit<ChatFilesOptions, 'onUploaded' | 'onChanged'>;
  change: ChatChangesOptions['change'];
  listChanges: ChatChangesOptions['listChanges'];
  self: () => { peerId: PeerId; displayName: string } | null;
  nameOf: (peerId: PeerId) => string | null;
  onChanged: () => void;
  /** `name`: the request that failed. */
  onFailed: (failure: CallFailure, name: ChatRequest) => void;
  now?: () => number;
  retryMs?: number;
};

/**
 * The page is where messages wait while the server cannot store them: in their order, for 9 to 14 minutes, and sent within 3 s when it can.
 * The pause does not grow, because the server refuses at once, and one message of each person asks.
 */
const RETRY_MS = 2_000;
const RETRY_SPREAD = 0.3;
const RETRY_MAX = 400;
/** A message beyond so many that wait is refused at once. */
const WAITING_MAX = 100;
/** A message that is too fast gets its turn after one pause. The server that refuses this often has another reason. */
const TOO_FAST_MAX = 50;
const NO_TRIES = { tooFast: 0, other: 0 };

/**
 * Messages show at once and are sent behind it: one after the other, so that they arrive in the order in which they
 * were written. Repeating a send is harmless, since the message carries its own id.
 */
export class Chat {
  readonly #options: ChatOptions;
  readonly #pause = new Pause();
  readonly #earlier: EarlierMessages;
  /** The other people who write now. */
  readonly typists: Typists;
  /** Tells the others that this person writes now. */
  readonly typing: TypingSignal;
  readonly changes: ChatChanges;
  readonly files: ChatFiles;
  /** The messages that were given up because the server was away. They are sent again together. */
  readonly #stranded = new Set<string>();
  #entries: readonly ChatEntry[] = [];
  /** Counts the snapshots. If it changes during a send, the lost socket of that send has been replaced. */
  #snapshots = 0;
  #sending = false;
  /** The failed tries of the message that is sent now. */
  #tries = NO_TRIES;
  #unread = 0;
  /** How many places of the page show the chat. */
  #readers = 0;
  #draft = '';
  #replyTo: ChatQuote | null = null;
  /** Messages from before that moment (milliseconds since the epoch) are forgotten. */
  #clearedAt = 0;
  #cleared: ChatCleared | null = null;
  #started = false;
  #closed = false;

  constructor(options: ChatOptions) {
    this.#options = options;
    this.#earlier = new EarlierMessages({
      ...options,
      onFailed: (failure) => options.onFailed(failure, 'chat:list'),
    });
    this.typists = new Typists(options);
    this.typing = new TypingSignal(options);
    this.files = new ChatFiles({
      ...options.files,
      onUploaded: (file, recipient) => this.send('', recipient, file),
      onChanged: options.onChanged,
    });
    this.changes = new ChatChanges({ ...options, onChanged: (message) => this.receiveChange(message) });
  }

  get entries(): readonly ChatEntry[] {
    return this.#entries;
  }

  get unread(): number {
    return this.#unread;
  }

  /** What the person has written and not sent. The field for it goes away with the panel. */
  get draft(): string {
    return this.#draft;
  }

  keepDraft(text: string): void {
    this.#draft = text;
  }

  get replyTo(): ChatQuote | null {
    return this.#replyTo;
  }

  /** The next message replies to this one; null: to none. */
  setReplyTo(message: ChatMessage | null): void {
    this.#replyTo = message === null ? null : quoteOf(message);
    this.#options.onChanged();
  }

  /** Whether the server has earlier messages of this call. */
  get earlier(): EarlierMessages['state'] {
    return this.#earlier.state;
  }

  /** The last clearing that this page saw. */
  get cleared(): ChatCleared | null {
    return this.#cleared;
  }

  /** The newest messages of a snapshot. The first snapshot is history, later ones bring what was missed. */
  load(messages: readonly ChatMessage[]): void {
    const isFull = messages.length >= SNAPSHOT_CHAT_MAX;
    const reachesLog = messages.some((message) => this.#has(message));
    // Messages between the log and the snapshot are missing. The log begins anew, so that all can be reached.
    if (isFull && !reachesLog) this.#entries = this.#entries.filter(({ delivery }) => delivery !== 'sent');
    this.#merge(messages, this.#started);
    if (isFull && !reachesLog) this.#earlier.set('some');
    if (this.#started) void this.changes.catchUp();
    this.#started = true;
    this.#snapshots += 1;
    this.#pause.end();
    void this.#sendWaiting();
  }

  receive(message: ChatMessage): void {
    this.typists.stop(message.fromPeerId);
    this.#merge([message], true);
  }

  /** A message was edited, deleted or reacted to. */
  receiveChange(message: ChatMessage): void {
    if (this.#closed) return;
    this.changes.note(message);
    const quoted = withQuotesOf(this.#entries, message);
    if (this.#replyTo?.messageId === message.messageId)
      this.#replyTo = message.deletedAt === undefined ? quoteOf(message) : null;
    if (quoted !== this.#entries || this.#replyTo !== null) this.#options.onChanged();
    this.#entries = quoted;
    if (isInReach(this.#entries, message)) this.#merge([message], false);
  }

  /** `file`: one that the server has, which may come without words. */
  send(text: string, recipient: Recipient | null, file?: ChatFile): void {
    const self = this.#options.self();
    const read = file === undefined ? readChatText(text) : text;
    if (self === null || read === null) return;
    const clientMessageId = newUuid();
    const entry: ChatEntry = {
      messageId: messageIdSchema.parse(clientMessageId),
      clientMessageId,
      fromPeerId: self.peerId,
      fromName: self.displayName,
      toPeerId: recipient?.peerId ?? null,
      toName: recipient === null ? null : (this.#options.nameOf(recipient.peerId) ?? recipient.name),
      text: read,
      sentAt: this.#options.now?.() ?? Date.now(),
      own: true,
      delivery: 'sending',
      ...(this.#replyTo !== null && { replyTo: this.#replyTo }),
      ...(file !== undefined && { file }),
    };
    this.#replyTo = null;
    this.typing.sent();
    const isFull = this.#entries.filter(isWaiting).length >= WAITING_MAX;
    this.#entries = [...this.#entries, entry];
    if (isFull) return this.#giveUp(entry, new CallFailure('unavailable'), [entry]);
    this.#options.onChanged();
    void this.#sendWaiting();
  }

  /** Sends a failed message again, and with it those that failed for the same reason, in their order. */
  retry(clientMessageId: string): void {
    const ids = new Set(this.#stranded.has(clientMessageId) ? this.#stranded : [clientMessageId]);
    for (const id of ids) this.#stranded.delete(id);
    this.#mark('failed', 'sending', ids);
    void this.#sendWaiting();
  }

  /** Puts earlier messages of the call above the log. If that fails, the page shows a notice. Never rejects. */
  async loadEarlier(): Promise<void> {
    const oldest = this.#entries.find(({ delivery }) => delivery === 'sent');
    if (oldest === undefined) return;
    const messages = await this.#earlier.load(oldest.messageId);
    if (messages.length === 0) return;
    const { entries, full } = prependMessages(this.#entries, messages, this.#reader());
    this.#entries = entries;
    if (full) this.#earlier.set('none');
    this.#options.onChanged();
  }

  /** All messages of the call that this person may read, as far as the server gives them now. Never rejects. */
  async readAll(): Promise<readonly ChatEntry[]> {
    for (let count = 0; this.earlier === 'some' && count < this.#entries.length;) {
      count = this.#entries.length;
      await this.loadEarlier();
    }
    return this.#entries.filter(({ delivery }) => delivery === 'sent');
  }

  /** Deletes all messages for everybody. The server reports it to all, also to this page. Never rejects. */
  async clear(): Promise<void> {
    try {
      await this.#options.clear();
    } catch (error) {
      this.#options.onFailed(asFailure(error), 'chat:clear');
    }
  }

  handleCleared({ byPeerId, byName, clearedAt }: Notification<'chat:cleared'>): void {
    if (clearedAt <= this.#clearedAt) return;
    this.#clearedAt = clearedAt;
    this.#entries = withoutCleared(this.#entries, clearedAt);
    this.#unread = Math.min(this.#unread, this.#entries.filter(({ own }) => !own).length);
    if (byPeerId !== null && byName !== null) {
      const own = byPeerId === this.#options.self()?.peerId;
      this.#cleared = { byName: this.#options.nameOf(byPeerId) ?? byName, own, at: clearedAt };
    }
    this.#earlier.set('none');
  }

  /** The person reads the chat until the returned function is called: what comes meanwhile is read at once. */
  read(): () => void {
    this.#readers += 1;
    this.markRead();
    let reads = true;
    return () => {
      if (reads) this.#readers -= 1;
      reads = false;
    };
  }

  markRead(): void {
    if (this.#unread === 0) return;
    this.#unread = 0;
    this.#options.onChanged();
  }

  close(): void {
    this.#closed = true;
    this.typists.close();
    this.files.close();
    this.#pause.end();
  }

  async #sendWaiting(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    for (let entry = this.#next(); entry !== undefined; entry = this.#next()) {
      const snapshots = this.#snapshots;
      const failure = await this.#deliver(entry);
      if (failure === null) this.#tries = NO_TRIES;
      else if (failure.code !== 'network_unreachable') await this.#handleFailure(entry, failure);
      // While the socket is away, messages wait for the next snapshot, however long that takes.
      else if (snapshots === this.#snapshots) break;
    }
    this.#sending = false;
  }

  /** The oldest message that waits; none after close. */
  #next(): ChatEntry | undefined {
    return this.#closed ? undefined : this.#entries.find(isWaiting);
  }

  async #deliver({ clientMessageId, toPeerId, text, replyTo, file }: ChatEntry): Promise<CallFailure | null> {
    try {
      const reply = replyTo === undefined ? {} : { replyTo: replyTo.messageId };
      const attached = file === undefined ? {} : { fileId: file.fileId };
      const input = { clientMessageId, toPeerId, text, ...reply, ...attached };
      const { message } = await this.#options.send(input);
      this.#merge([message], false);
      return null;
    } catch (error) {
      return asFailure(error);
    }
  }

  async #handleFailure(entry: ChatEntry, failure: CallFailure): Promise<void> {
    // The message came back in a snapshot or a notification meanwhile.
    if (this.#closed || this.#find(entry.clientMessageId)?.delivery !== 'sending') return;
    const { tooFast, other } = this.#tries;
    const firstMs = this.#options.retryMs ?? RETRY_MS;
    if (failure.code === 'rate_limited' && tooFast < TOO_FAST_MAX) {
      this.#tries = { other, tooFast: tooFast + 1 };
      await this.#pause.wait(Math.min(firstMs, TOO_FAST_PAUSE_MS));
    } else if (failure.retryable && other < RETRY_MAX) {
      this.#tries = { tooFast, other: other + 1 };
      await this.#pause.wait(backoffMs(0, { firstMs, spread: RETRY_SPREAD }));
    } else {
      this.#tries = NO_TRIES;
      this.#giveUp(entry, failure);
    }
  }

  /** A server that is away is away for all messages; any other failure is one of this message. */
  #giveUp(
    entry: ChatEntry,
    failure: CallFailure,
    failed = failure.retryable ? this.#entries.filter(isWaiting) : [entry],
  ): void {
    const ids = new Set(failed.map(({ clientMessageId }) => clientMessageId));
    if (failure.retryable) for (const id of ids) this.#stranded.add(id);
    this.#mark('sending', 'failed', ids);
    this.#options.onFailed(failure, 'chat:send');
  }

  #merge(messages: readonly ChatMessage[], countUnread: boolean): void {
    for (const message of messages) this.changes.note(message);
    const [kept, gone] = splitAt(messages, this.#clearedAt);
    this.#forget(gone);
    const { entries, added } = mergeMessages(this.#entries, kept, this.#reader());
    if (entries === this.#entries) return;
    this.#entries = entries;
    if (countUnread && this.#readers === 0) this.#unread += added.filter((entry) => !entry.own).length;
    this.#options.onChanged();
  }

  /** Own messages that the server confirms only after they were cleared do not wait any more. */
  #forget(gone: readonly ChatMessage[]): void {
    const ids = new Set(gone.map(({ clientMessageId }) => clientMessageId));
    const left = this.#entries.filter((entry) => !entry.own || !ids.has(entry.clientMessageId));
    if (left.length === this.#entries.length) return;
    this.#entries = left;
    this.#options.onChanged();
  }

  #reader() {
    return { selfId: this.#options.self()?.peerId ?? null, nameOf: this.#options.nameOf };
  }

  #has({ messageId }: ChatMessage): boolean {
    return this.#entries.some((entry) => entry.messageId === messageId);
  }

  #mark(from: ChatEntry['delivery'], to: ChatEntry['delivery'], ids: ReadonlySet<string>): void {
    this.#entries = this.#entries.map((entry) =>
      entry.own && entry.delivery === from && ids.has(entry.clientMessageId)
        ? { ...entry, delivery: to }
        : entry,
    );
    this.#options.onChanged();
  }

  #find(clientMessageId: string): ChatEntry | undefined {
    return this.#entries.find((entry) => entry.own && entry.clientMessageId === clientMessageId);
  }
}

function isWaiting(entry: ChatEntry): boolean {
  return entry.own && entry.delivery === 'sending';
}
