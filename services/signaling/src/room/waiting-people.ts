import { OutageLog, type Logger } from '@parley/common/logging';
import { ParleyError } from '@parley/proto/errors';
import type { PeerId, RoomCode } from '@parley/proto/ids';
import { leads, WAITING_MAX, type Role } from '@parley/proto/room';
import type { Settings } from '../config.ts';
import type { EventsMissed, LiveRoomStore, RoomEvent } from '../store/live-room-store.ts';
import type { Waiting, WaitingEntry } from '../store/waiting-list.ts';
import { expired, knocked, removed, renewed, socketOf } from '../store/waiting-rules.ts';
import type { Newcomer } from '../peer/newcomer.ts';

/** How often the entries of connected people are renewed, and how long one lasts that nobody renews. */
const RENEW_MS = 10_000;
const ENTRY_MS = 30_000;
const SWEEP_MS = 1_000;

type WaitingPeopleOptions = {
  store: LiveRoomStore;
  settings: Pick<Settings, 'resumeGraceMs' | 'limits'>;
  logger: Logger;
};

/** The people of one room who wait on this instance. */
type Bench = {
  readonly people: Map<PeerId, Newcomer>;
  /** Those whose knock is not answered yet, and whether an event about them came meanwhile. The answer comes first. */
  readonly knocking: Map<Newcomer, { passed: boolean }>;
  /** Resolves when this instance receives the events of the room, with the function that ends that. */
  readonly subscribed: Promise<() => void>;
};

/**
 * The people who wait before the doors of rooms with a socket on this instance. Owns their entries in the waiting list while the
 * socket lasts, and notifies them of what a host decided on any instance.
 */
export class WaitingPeople {
  readonly #options: WaitingPeopleOptions;
  readonly #benches = new Map<RoomCode, Bench>();
  readonly #timers: readonly NodeJS.Timeout[];
  readonly #renewals: OutageLog;
  readonly #sweeps: OutageLog;
  #sweeping = false;
  #closed = false;

  constructor(options: WaitingPeopleOptions) {
    this.#options = options;
    const { logger } = options;
    this.#renewals = new OutageLog({ message: 'waiting list not renewed', logger });
    this.#sweeps = new OutageLog({ message: 'waiting lists not swept', logger });
    this.#timers = [
      setInterval(() => void this.#renew(), RENEW_MS).unref(),
      setInterval(() => void this.#sweep(), SWEEP_MS).unref(),
    ];
  }

  /** People with a socket here, for leak tests. */
  get size(): number {
    return [...this.#benches.values()].reduce((sum, { people }) => sum + people.size, 0);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const timer of this.#timers) clearInterval(timer);
    for (const { subscribed } of this.#benches.values()) endSubscription(subscribed);
    this.#benches.clear();
  }

  /**
   * Puts the newcomer on the waiting list, or gives the place back. Rejects with `waiting_full`, `address_limited`, and `denied`
   * if a host has denied this join token.
   */
  async knock(newcomer: Newcomer): Promise<'waiting' | 'admitted'> {
    if (this.#closed) throw new ParleyError('unavailable');
    const { code, peerId, credentials } = newcomer.identity;
    if (credentials.kind === 'token' && !credentials.claims.waits)
      return this.#passWithoutWait(newcomer, credentials.claims.role);
    const bench = this.#sit(newcomer);
    const knock = { passed: false };
    bench.knocking.set(newcomer, knock);
    try {
      await bench.subscribed;
      const entry = await this.#enter(newcomer);
      if (entry.status === 'denied') throw new ParleyError('denied');
      if (newcomer.link.closed) throw new ParleyError('closed');
      if (entry.status === 'admitted') this.#stand(code, peerId, newcomer);
      return entry.status;
    } catch (error) {
      this.#stand(code, peerId, newcomer);
      throw error;
    } finally {
      bench.knocking.delete(newcomer);
      if (knock.passed) void this.#renewRoom(code);
    }
  }

  /** The socket of somebody who may be waiting is lost. The place is kept for the grace. */
  async loseSocket(newcomer: Newcomer): Promise<void> {
    const { code, peerId } = newcomer.identity;
    if (!this.#stand(code, peerId, newcomer)) return;
    const { store, settings, logger } = this.#options;
    await store.waiting
      .change(code, socketOf(peerId, store.now() + settings.resumeGraceMs))
      .catch((err: unknown) => logger.warn({ err }, 'lost socket of somebody who waits not stored'));
  }

  /** Somebody who was admitted is in the room now. */
  async joined(code: RoomCode, peerId: PeerId): Promise<void> {
    await this.#options.store.waiting.change(code, removed(peerId));
  }

  /** Rejects with `unavailable` if the room has a waiting room by now: clients ask for another token after it, with which they wait. */
  async #passWithoutWait(
    { identity: { code, peerId, identity } }: Newcomer,
    role: Role,
  ): Promise<'admitted'> {
    const live = await this.#options.store.look(code, { identity, peerId });
    if (live?.record.settings.waitingRoom === true && live.own.length === 0 && !leads(role))
      throw new ParleyError('unavailable', 'To wait takes another join token.');
    return 'admitted';
  }

  async #enter({ identity }: Newcomer): Promise<WaitingEntry> {
    const { store, settings } = this.#options;
    const limits = { perRoom: WAITING_MAX, perNetwork: settings.limits.roomPeersPerAddress };
    const { after } = await store.waiting.change(identity.code, knocked(this.#entryOf(identity), limits));
    const entry = after.entries.find(({ peerId }) => peerId === identity.peerId);
    if (entry === undefined) throw new ParleyError('unavailable');
    return entry;
  }

  #entryOf({ peerId, identity, network, credentials }: Newcomer['identity']): WaitingEntry {
    if (credentials.kind !== 'token') throw new ParleyError('token_invalid', 'To knock takes a join token.');
    const { name, addressHash } = credentials.claims;
    const now = this.#options.store.now();
    return {
      peerId,
      displayName: name,
      identity,
      network,
      addressHash,
      knockedAt: now,
      status: 'waiting',
      blocked: false,
      connected: true,
      expiresAt: now + ENTRY_MS,
    };
  }

  #sit(newcomer: Newcomer): Bench {
    const { code, peerId } = newcomer.identity;
    const bench = this.#benches.get(code) ?? this.#openBench(code);
    bench.people.set(peerId, newcomer);
    newcomer.link.waiting = true;
    return bench;
  }

  #openBench(code: RoomCode): Bench {
    const subscribed = this.#options.store.subscribe(code, (event) => this.#receive(code, event));
    const bench: Bench = { people: new Map(), knocking: new Map(), subscribed };
    this.#benches.set(code, bench);
    return bench;
  }

  /** False if the person does not sit here with this socket. */
  #stand(code: RoomCode, peerId: PeerId, newcomer: Newcomer): boolean {
    const bench = this.#benches.get(code);
    if (bench?.people.get(peerId)?.link !== newcomer.link) return false;
    bench.people.delete(peerId);
    newcomer.link.waiting = false;
    if (bench.people.size === 0) {
      this.#benches.delete(code);
      endSubscription(bench.subscribed);
    }
    return true;
  }

  #receive(code: RoomCode, event: RoomEvent | EventsMissed): void {
    if (event.type === 'waiting-changed') this.#apply(code, event.waiting);
    // The decision may have been among them, and a store that lost its data lacks the entries.
    else if (event.type === 'events-missed') void this.#renewRoom(code);
  }

  #apply(code: RoomCode, { entries }: Waiting): void {
    const bench = this.#benches.get(code);
    for (const [peerId, newcomer] of bench?.people ?? []) {
      const entry = entries.find((one) => one.peerId === peerId);
      if (entry === undefined || entry.status === 'waiting') continue;
      const knock = bench?.knocking.get(newcomer);
      if (knock) {
        knock.passed = true;
        continue;
      }
      this.#stand(code, peerId, newcomer);
      const { link } = newcomer;
      if (entry.status === 'admitted') link.notify('door:admitted', {});
      else {
        link.notify('door:denied', { blocked: entry.blocked });
        link.end('denied');
      }
    }
  }

  async #renew(): Promise<void> {
    await Promise.all([...this.#benches.keys()].map((code) => this.#renewRoom(code)));
  }

  /** Adds entries again that the store has lost. */
  async #renewRoom(code: RoomCode): Promise<void> {
    const { store } = this.#options;
    try {
      const peerIds = [...(this.#benches.get(code)?.people.keys() ?? [])];
      const { after } = await store.waiting.change(code, renewed(peerIds, store.now() + ENTRY_MS));
      for (const peerId of peerIds) {
        const newcomer = this.#benches.get(code)?.people.get(peerId);
        const isListed = after.entries.some((entry) => entry.peerId === peerId);
        if (newcomer !== undefined && !isListed) await this.#enter(newcomer);
      }
      this.#apply(code, await store.waiting.read(code));
      this.#renewals.worked();
    } catch (error) {
      this.#renewals.failed(error);
    }
  }

  /** Ends entries that nobody renews, whichever instance they were on. */
  async #sweep(): Promise<void> {
    if (this.#sweeping) return;
    this.#sweeping = true;
    const { store } = this.#options;
    try {
      const now = store.now();
      const codes = await store.waiting.listExpired(now);
      await Promise.all(codes.map((code) => store.waiting.change(code, expired(now))));
      this.#sweeps.worked();
    } catch (error) {
      this.#sweeps.failed(error);
    } finally {
      this.#sweeping = false;
    }
  }
}

/** If the store is away, there is nothing to end. */
function endSubscription(subscribed: Promise<() => void>): void {
  subscribed.then((unsubscribe) => unsubscribe()).catch(() => undefined);
}
