import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { jittered } from '@parley/common/async';
import { OutageLog, type Logger } from '@parley/common/logging';
import type { RedisConnection } from '@parley/common/redis';
import { ParleyError } from '@parley/proto/errors';
import type { RoomCode } from '@parley/proto/ids';
import type { EventsMissed, RoomEvent, RoomListener } from './live-room-store.ts';
import { INBOX_TTL_MS, KEYS, ROOM_TTL_MS } from './redis-keys.ts';
import { runScript, SERVE_ROOM } from './redis-scripts.ts';
import { idAfter, readEntries, type Given, type InboxEntry } from './inbox-entries.ts';

const RETRY_MS = 500;
/** A connection may be dead for this long before anybody notices, and clocks differ. */
const UNNOTICED_MS = 15_000;
/** Redis answers no ping while it waits with the answer to a read, so it does not wait for long. */
const WAIT_MS = 400;
/** A read without an answer for this long has failed. */
const SILENCE_MAX_MS = 4_000;
/** Events that are handled in one turn. */
const READ_MAX = 100;

type Served = { readonly listeners: Set<RoomListener>; readonly begun: Promise<void> };

type InboxOptions = {
  /** For what is done in the order of the other commands. */
  commands: RedisConnection;
  /** Reads the inbox, and does nothing else. */
  reader: RedisConnection;
  instanceId: string;
  onOverflow: () => void;
  logger: Logger;
};

/**
 * The events of the rooms that this instance serves: one bounded stream, whatever their number. Each is read after the last one that was handled,
 * so that a lost connection of the reader loses none and repeats none, and leaves the stream afterwards. An inbox that was full or had expired
 * reports that events were missed.
 */
export class Inbox {
  readonly #options: InboxOptions;
  readonly #key: string;
  readonly #rooms = new Map<RoomCode, Served>();
  readonly #reading: OutageLog;
  #isReading = false;
  /** The ids of the last entry that was handled, and of the last one that was taken away. */
  #handled = '0-0';
  #cleaned = '0-0';
  /** The last answer (performance.now()). */
  #readAt = -Infinity;
  #missedSince: number | undefined;
  #closed = false;

  constructor(options: InboxOptions) {
    this.#options = options;
    this.#key = KEYS.inbox(options.instanceId);
    this.#reading = new OutageLog({ message: 'inbox not read', logger: options.logger });
    options.reader.on('ready', () => void this.#read());
  }

  /** Rooms with a listener on this instance. */
  get codes(): readonly RoomCode[] {
    return [...this.#rooms.keys()];
  }

  /** The id of the last entry that was handled. */
  get handled(): string {
    return this.#handled;
  }

  close(): void {
    this.#closed = true;
    this.#rooms.clear();
  }

  /** Resolves with the function that ends the subscription. Rejects with `unavailable`. */
  async add(code: RoomCode, listener: RoomListener): Promise<() => void> {
    const served = this.#rooms.get(code) ?? this.#open(code);
    // A function of its own, so that a listener that is added twice is also removed once at a time.
    const entry: RoomListener = (event) => listener(event);
    served.listeners.add(entry);
    try {
      await served.begun;
    } catch (error) {
      this.#remove(code, served, entry);
      throw error;
    }
    return () => this.#remove(code, served, entry);
  }

  /** Throws `unavailable` if Redis does not answer the reads. */
  assertRead(): void {
    const isSilent = performance.now() - this.#readAt > SILENCE_MAX_MS;
    if (isSilent || !this.#options.reader.ready) throw new ParleyError('unavailable');
  }

  /** When the oldest event was sent that waits here, in milliseconds since the epoch by the clock of Redis; undefined if none waits. */
  async oldestAt(): Promise<number | undefined> {
    const after = `(${this.#handled}`;
    const reply = await this.#options.commands.command('XRANGE', this.#key, after, '+', 'COUNT', 1);
    return readEntries(reply as Given)[0]?.sentAt;
  }

  /** From now on events may be missed. `restart` follows. */
  handleLost(): void {
    this.#missedSince ??= Date.now() - UNNOTICED_MS;
  }

  /** After the store was away, or lost its data: every room is served anew, and every listener may have missed events. */
  async restart(): Promise<void> {
    this.handleLost();
    try {
      await Promise.all(this.codes.map((code) => this.#serve(code)));
    } catch (error) {
      this.#options.logger.warn({ err: error }, 'rooms not served anew');
      if (this.#closed || !this.#options.commands.ready) return;
      await pause(jittered(RETRY_MS), undefined, { ref: false });
      return this.restart();
    }
    const since = this.#missedSince ?? Date.now() - UNNOTICED_MS;
    this.#missedSince = undefined;
    this.#reportMissed(since);
  }

  #open(code: RoomCode): Served {
    const begun = this.#begin(code);
    // The caller awaits it.
    begun.catch(() => undefined);
    const served = { listeners: new Set<RoomListener>(), begun };
    this.#rooms.set(code, served);
    return served;
  }

  /** What other rooms should have received went into the inbox that is gone. */
  async #begin(code: RoomCode): Promise<void> {
    const isNew = await this.#serve(code);
    if (isNew && this.#rooms.size > 1) void this.restart();
  }

  async #serve(code: RoomCode): Promise<boolean> {
    const { commands, instanceId } = this.#options;
    const given = { instanceId, ttl: ROOM_TTL_MS, inboxTtl: INBOX_TTL_MS, handled: this.#handled };
    return (await runScript(commands, SERVE_ROOM, [KEYS.serving(code), this.#key], given)) === 1;
  }

  #remove(code: RoomCode, served: Served, entry: RoomListener): void {
    served.listeners.delete(entry);
    if (served.listeners.size > 0 || this.#rooms.get(code) !== served) return;
    this.#rooms.delete(code);
    this.#stopServing(code);
  }

  /** If it fails, the next event of the room does it. */
  #stopServing(code: RoomCode): void {
    const { commands, instanceId } = this.#options;
    commands.command('SREM', KEYS.serving(code), instanceId).catch(() => undefined);
  }

  async #read(): Promise<void> {
    const { reader } = this.#options;
    if (this.#isReading) return;
    this.#isReading = true;
    this.#readAt = performance.now();
    while (!this.#closed && reader.ready) {
      try {
        const args = ['COUNT', READ_MAX, 'BLOCK', WAIT_MS, 'STREAMS', this.#key, this.#handled];
        const [, given] = ((await reader.command('XREAD', ...args)) ?? []) as [key?: string, given?: Given];
        this.#readAt = performance.now();
        for (const entry of readEntries(given ?? [])) this.#handle(entry);
        await this.#clean();
        this.#reading.worked();
      } catch (error) {
        if (this.#closed || !reader.ready) break;
        this.#reading.failed(error);
        await pause(jittered(RETRY_MS), undefined, { ref: false });
      }
    }
    this.#isReading = false;
  }

  /** Takes away what was handled. If that fails, the entries do not come again, and leave later. */
  async #clean(): Promise<void> {
    const handled = this.#handled;
    if (handled === this.#cleaned) return;
    await this.#options.reader.command('XTRIM', this.#key, 'MINID', idAfter(handled));
    this.#cleaned = handled;
  }

  #handle(entry: InboxEntry): void {
    if (this.#closed) return;
    this.#handled = entry.id;
    try {
      if (entry.kind === 'event') return this.#handleEvent(entry.read());
      this.#options.onOverflow();
      this.#options.logger.warn('inbox was full');
      this.#reportMissed(entry.since - UNNOTICED_MS);
    } catch (error) {
      this.#options.logger.error({ err: error }, 'room event not understood');
    }
  }

  #handleEvent({ code, event }: { code: RoomCode; event: RoomEvent }): void {
    if (this.#rooms.has(code)) this.#notify(code, event);
    // The end of the subscription was not stored, or this event was faster.
    else this.#stopServing(code);
  }

  #reportMissed(since: number): void {
    for (const code of this.codes) this.#notify(code, { type: 'events-missed', since });
  }

  #notify(code: RoomCode, event: RoomEvent | EventsMissed): void {
    for (const listener of this.#rooms.get(code)?.listeners ?? []) listener(event);
  }
}
