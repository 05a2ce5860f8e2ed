import { jittered } from '@parley/common/async';
import type { Logger } from '@parley/common/logging';
import type { RedisConnection } from '@parley/common/redis';
import type { RoomCode } from '@parley/proto';
import type { EventsMissed, RoomEvent, RoomListener } from './live-room-store.ts';
import { channelOf } from './redis-keys.ts';
import { storedEvent } from './stored-values.ts';

const RETRY_MS = 500;
/** A connection may be dead for this long before anybody notices, and clocks differ. */
const UNNOTICED_MS = 15_000;

type Subscription = {
  readonly code: RoomCode;
  readonly listeners: Set<RoomListener>;
  readonly begun: Promise<void>;
};

/** The rooms whose events this instance receives, over one connection that does nothing else. */
export class EventSubscriptions {
  readonly #redis: RedisConnection;
  readonly #logger: Logger;
  readonly #byChannel = new Map<string, Subscription>();
  #missedSince: number | undefined;
  #retry: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(redis: RedisConnection, logger: Logger) {
    this.#redis = redis;
    this.#logger = logger;
    redis.on('message', (channel, text) => this.#handleMessage(channel, text));
    redis.on('lost', () => this.handleLost());
    redis.on('ready', () => void this.#begin());
  }

  /** Rooms with a listener on this instance. */
  get codes(): readonly RoomCode[] {
    return Array.from(this.#byChannel.values(), ({ code }) => code);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#byChannel.clear();
  }

  /** Resolves with the function that ends the subscription. Rejects with `unavailable`. */
  async add(code: RoomCode, listener: RoomListener): Promise<() => void> {
    const channel = channelOf(code);
    const subscription = this.#byChannel.get(channel) ?? this.#open(code, channel);
    // A function of its own, so that a listener that is added twice is also removed once at a time.
    const entry: RoomListener = (event) => listener(event);
    subscription.listeners.add(entry);
    try {
      await subscription.begun;
    } catch (error) {
      this.#remove(channel, subscription, entry);
      throw error;
    }
    return () => this.#remove(channel, subscription, entry);
  }

  /** After a connection was away: every listener may have missed events. */
  reportMissed(): void {
    const since = this.#missedSince ?? Date.now() - UNNOTICED_MS;
    this.#missedSince = undefined;
    for (const subscription of this.#byChannel.values())
      notify(subscription, { type: 'events-missed', since });
  }

  /** From now on events may be missed. `reportMissed` follows. */
  handleLost(): void {
    this.#missedSince ??= Date.now() - UNNOTICED_MS;
  }

  #open(code: RoomCode, channel: string): Subscription {
    const begun = this.#redis.subscribe(channel);
    const subscription = { code, listeners: new Set<RoomListener>(), begun };
    this.#byChannel.set(channel, subscription);
    return subscription;
  }

  #remove(channel: string, subscription: Subscription, entry: RoomListener): void {
    subscription.listeners.delete(entry);
    if (subscription.listeners.size > 0 || this.#byChannel.get(channel) !== subscription) return;
    this.#byChannel.delete(channel);
    // A connection that is away begins anew without this channel.
    this.#redis.unsubscribe(channel).catch(() => undefined);
  }

  /** Subscribes to every room on a new connection. */
  async #begin(): Promise<void> {
    clearTimeout(this.#retry);
    if (this.#closed || this.#byChannel.size === 0) return;
    try {
      await this.#redis.subscribe(...this.#byChannel.keys());
      this.reportMissed();
    } catch (error) {
      this.#logger.warn({ err: error }, 'rooms not subscribed');
      if (!this.#closed) this.#retry = setTimeout(() => void this.#begin(), jittered(RETRY_MS)).unref();
    }
  }

  #handleMessage(channel: string, text: string): void {
    const subscription = this.#byChannel.get(channel);
    if (subscription === undefined) return;
    try {
      notify(subscription, storedEvent.parse(text));
    } catch (error) {
      this.#logger.error({ err: error }, 'room event not understood');
    }
  }
}

function notify({ listeners }: Subscription, event: RoomEvent | EventsMissed): void {
  for (const listener of listeners) listener(event);
}
