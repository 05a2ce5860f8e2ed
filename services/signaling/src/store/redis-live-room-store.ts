import { isDeepStrictEqual } from 'node:util';
import { performance } from 'node:perf_hooks';
import type { Logger } from '@parley/common/logging';
import { BackedBuckets, type SharedBuckets } from '@parley/common/limits';
import { createRedis, RedisBuckets, type RedisConnection } from '@parley/common/redis';
import type { ServerTrust } from '@parley/common/trust';
import { ParleyError } from '@parley/proto/errors';
import type { PeerId, RoomCode } from '@parley/proto/ids';
import { InstanceHeartbeat } from './instance-heartbeat.ts';
import type {
  ChangedPeer,
  LeaveReason,
  LivePeer,
  LiveRoom,
  LiveRoomStore,
  NodeCounts,
  PeerAddition,
  PeerChange,
  PeerGuard,
  PeerRef,
  PeerRestoration,
  Person,
  RestoreOutcome,
  RoomChange,
  RoomEvent,
  RoomListener,
  RoomView,
} from './live-room-store.ts';
import { roomUpdated } from './live-room-store.ts';
import type { LiveStoreMetrics, StoreOperation } from './live-store-metrics.ts';
import { asHost, assertGuard, mayLeave, withNextVersion } from './peer-rules.ts';
import { KEYS, memberOf, personOf, refOf } from './redis-keys.ts';
import { RedisPeers } from './redis-peers.ts';
import * as scripts from './redis-scripts.ts';
import { runScript } from './redis-scripts.ts';
import { RedisWaitingList } from './redis-waiting-list.ts';
import { filledRooms } from './filled-rooms.ts';
import { Inbox } from './inbox.ts';
import {
  readNodes,
  readRoom,
  readView,
  storedAccess,
  storedEvent,
  storedReason,
  storedRoom,
  type ReplyOfRoom,
  type ReplyOfView,
} from './stored-values.ts';

/** Each conflict means that somebody else's change succeeded. */
const ATTEMPTS_MAX = 100;
const CONNECT_WAIT_MS = 2_000;
const LISTED_MAX = 200;

export type RedisLiveRoomStoreOptions = {
  url: string;
  trust?: ServerTrust;
  /** Names this process, and no other one before or after it. */
  instanceId: string;
  instanceLostMs: number;
  /** How long the store keeps why a peer left: as long as a join token may be used. */
  leaveReasonTtlMs: number;
  metrics: LiveStoreMetrics;
  logger: Logger;
  /** The clock of this machine, in milliseconds since the epoch. */
  clock?: () => number;
};

/** The store that signaling instances share. A script makes each change in one step, or compares and sets. */
export class RedisLiveRoomStore implements LiveRoomStore {
  readonly shared = true;
  readonly waiting: RedisWaitingList;
  readonly buckets: SharedBuckets;
  readonly #options: RedisLiveRoomStoreOptions;
  readonly #redis: RedisConnection;
  readonly #events: RedisConnection;
  readonly #peers: RedisPeers;
  readonly #inbox: Inbox;
  readonly #heartbeat: InstanceHeartbeat;
  readonly #clock: () => number;
  #closed = false;

  /** Waits at most 2 s for Redis. If Redis is away the service starts all the same, and is not ready. */
  static async create(options: RedisLiveRoomStoreOptions): Promise<RedisLiveRoomStore> {
    const store = new RedisLiveRoomStore(options);
    await Promise.all([store.#redis.whenReady(CONNECT_WAIT_MS), store.#events.whenReady(CONNECT_WAIT_MS)]);
    await store.#heartbeat.beat();
    return store;
  }

  private constructor(options: RedisLiveRoomStoreOptions) {
    this.#options = options;
    const { url, trust = {}, logger, instanceId, instanceLostMs, clock = Date.now } = options;
    this.#clock = clock;
    const server = { url, trust };
    this.#redis = createRedis({ ...server, name: 'signaling', logger: logger.child({ redis: 'commands' }) });
    this.#peers = new RedisPeers(this.#redis, options.leaveReasonTtlMs);
    this.#events = createRedis({
      ...server,
      name: 'signaling-events',
      logger: logger.child({ redis: 'events' }),
    });
    this.buckets = new BackedBuckets(new RedisBuckets(this.#redis, KEYS.buckets), logger);
    this.#inbox = new Inbox({
      commands: this.#redis,
      reader: this.#events,
      instanceId,
      onOverflow: () => options.metrics.inboxOverflowed(),
      logger,
    });
    this.#heartbeat = new InstanceHeartbeat({
      redis: this.#redis,
      instanceId,
      instanceLostMs,
      logger,
      clock,
      inbox: this.#inbox,
      onTakenForDead: () => void this.#inbox.restart(),
    });
    this.waiting = new RedisWaitingList({
      redis: this.#redis,
      now: () => this.now(),
      run: (operation, work) => this.#run(operation, work),
      onConflict: () => options.metrics.conflicted(),
    });
    this.#handleConnections();
  }

  get available(): boolean {
    return !this.#closed && this.#redis.ready && this.#events.ready;
  }

  /** By the clock of Redis. */
  now(): number {
    return this.#clock() + this.#heartbeat.aheadMs;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#heartbeat.close();
    this.#inbox.close();
    this.#events.close();
    this.#redis.close();
  }

  find(code: RoomCode): Promise<LiveRoom | undefined> {
    return this.#run('find', async () => {
      const reply = await runScript(this.#redis, scripts.READ_ROOM, [KEYS.room(code), KEYS.peers(code)]);
      return readRoom(reply as ReplyOfRoom);
    });
  }

  look(code: RoomCode, { identity, peerId, network }: Person): Promise<RoomView | undefined> {
    return this.#run('look', async () => {
      const given = { person: personOf(identity), peerId, network };
      const keys = [KEYS.room(code), KEYS.peers(code)];
      return readView((await runScript(this.#redis, scripts.LOOK, keys, given)) as ReplyOfView);
    });
  }

  findPeer(code: RoomCode, peerId: PeerId): Promise<LivePeer | undefined> {
    return this.#run('findPeer', async () => (await this.#peers.read(code, peerId))?.peer);
  }

  addPeer(addition: PeerAddition): Promise<RoomView> {
    return this.#run('addPeer', () => this.#peers.add(addition));
  }

  changePeer(code: RoomCode, peerId: PeerId, guard: PeerGuard, change: PeerChange): Promise<ChangedPeer> {
    return this.#run('changePeer', () =>
      this.#untilUncontested(async () => {
        const read = await this.#peers.read(code, peerId);
        if (read === undefined) throw new ParleyError('peer_not_found');
        const before = read.peer;
        assertGuard(before, guard);
        const after = withNextVersion(before, change(before));
        if (isDeepStrictEqual(before, after)) return { before, after };
        return (await this.#peers.replace(code, read, after)) ? { before, after } : undefined;
      }),
    );
  }

  promote(code: RoomCode, peerId: PeerId, leaderLeftAt: number): Promise<LivePeer | undefined> {
    return this.#run('promote', async () => {
      const read = await this.#peers.read(code, peerId);
      if (read === undefined) return undefined;
      const after = asHost(read.peer);
      return (await this.#peers.replace(code, read, after, String(leaderLeftAt))) ? after : undefined;
    });
  }

  async removePeer(ref: PeerRef, reason: LeaveReason): Promise<LivePeer | undefined> {
    const removed = await this.#run('removePeer', () =>
      this.#untilUncontested(async () => {
        const read = await this.#peers.read(ref.code, ref.peerId);
        if (read?.peer.sessionId !== ref.sessionId) {
          // If the room has expired, only the index still lists the peer.
          await this.#redis.command('ZREM', KEYS.expiring, memberOf(ref));
          return { peer: undefined };
        }
        // The script removes the peer only as it was read here, so a resume in between is safe.
        if (!mayLeave(read.peer, reason, this.now())) return { peer: undefined };
        return (await this.#peers.remove(ref.code, read, reason)) ? { peer: read.peer } : undefined;
      }),
    );
    return removed.peer;
  }

  leaveReasonOf(code: RoomCode, peerId: PeerId): Promise<LeaveReason | undefined> {
    return this.#run('leaveReasonOf', async () =>
      storedReason.parse((await this.#redis.command('GET', KEYS.leaveReason(code, peerId))) as string | null),
    );
  }

  restorePeer(restoration: PeerRestoration): Promise<RestoreOutcome> {
    return this.#run('restorePeer', () => this.#peers.restore(restoration));
  }

  changeSettings(code: RoomCode, { record, access }: RoomChange): Promise<void> {
    return this.#run('changeSettings', async () => {
      await runScript(this.#redis, scripts.CHANGE_SETTINGS, [KEYS.room(code)], {
        record: storedRoom.write(record),
        access: storedAccess.write(access),
        revision: record.version,
        code,
        event: storedEvent.write(roomUpdated({ record, access })),
      });
    });
  }

  addNode(code: RoomCode, known: readonly string[], node: string): Promise<NodeCounts | undefined> {
    return this.#run('addNode', async () => {
      const reply = await runScript(this.#redis, scripts.ADD_NODE, [KEYS.room(code)], { known, node });
      if (reply === null) return undefined;
      const [nodes, lastNode] = reply as [nodes: string | null, lastNode: string | null];
      return readNodes(nodes, lastNode);
    });
  }

  /** At most 200 at once. The next call finds the others. */
  listExpired(now: number): Promise<PeerRef[]> {
    return this.#run('listExpired', async () => {
      const limits = ['BYSCORE', 'LIMIT', 0, LISTED_MAX];
      const members = await this.#redis.command('ZRANGE', KEYS.expiring, '-inf', now, ...limits);
      return (members as string[]).map(refOf);
    });
  }

  listHeld(): Promise<PeerRef[]> {
    return this.#run('listHeld', () => this.#heldBy(this.#options.instanceId));
  }

  listOrphaned(): Promise<PeerRef[]> {
    return this.#run('listOrphaned', async () => {
      const orphaned: PeerRef[] = [];
      for (const instanceId of await this.#heartbeat.dead()) {
        const held = await this.#heldBy(instanceId);
        if (held.length === 0) await this.#heartbeat.remove(instanceId);
        orphaned.push(...held);
      }
      return orphaned;
    });
  }

  publish(code: RoomCode, event: RoomEvent): Promise<void> {
    return this.#run('publish', async () => {
      const given = { code, event: storedEvent.write(event) };
      await runScript(this.#redis, scripts.SEND_EVENT, [KEYS.serving(code)], given);
    });
  }

  subscribe(code: RoomCode, listener: RoomListener): Promise<() => void> {
    return this.#run('subscribe', () => this.#inbox.add(code, listener));
  }

  oldestEventAge(): Promise<number> {
    return this.#run('oldestEventAge', async () => {
      return Math.max(0, this.now() - ((await this.#inbox.oldestAt()) ?? Infinity));
    });
  }

  assertReachable(): Promise<void> {
    return this.#run('assertReachable', async () => {
      this.#inbox.assertRead();
      await this.#redis.ping();
    });
  }

  listCodes(): Promise<RoomCode[]> {
    return this.#run('listCodes', async () => (await filledRooms(this.#redis)).map(({ code }) => code));
  }

  size(): Promise<{ rooms: number; peers: number }> {
    return this.#run('size', async () => {
      const filled = await filledRooms(this.#redis);
      return { rooms: filled.length, peers: filled.reduce((sum, { peers }) => sum + peers, 0) };
    });
  }

  #handleConnections(): void {
    for (const [redis, connection] of [
      [this.#redis, 'commands'],
      [this.#events, 'events'],
    ] as const)
      redis.once('ready', () => redis.on('ready', () => this.#options.metrics.reconnected(connection)));
    this.#redis.on('lost', () => this.#inbox.handleLost());
    // Events have arrived meanwhile over the other connection, or will, but changes of this instance were not stored.
    this.#redis.on('ready', () => void this.#heartbeat.beat().then(() => this.#inbox.restart()));
  }

  async #heldBy(instanceId: string): Promise<PeerRef[]> {
    const members = (await this.#redis.command('ZRANGE', KEYS.held(instanceId), 0, -1)) as string[];
    return members.map(refOf);
  }

  /** Repeats the attempt until it has a result. Rejects with `unavailable` after 100 attempts. */
  async #untilUncontested<T>(attempt: () => Promise<T | undefined>): Promise<T> {
    for (let attempts = 0; attempts < ATTEMPTS_MAX; attempts += 1) {
      const result = await attempt();
      if (result !== undefined) return result;
      this.#options.metrics.conflicted();
    }
    throw new ParleyError('unavailable');
  }

  async #run<T>(operation: StoreOperation, work: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new ParleyError('unavailable');
    const startedAt = performance.now();
    const done = (outcome: Parameters<LiveStoreMetrics['operationDone']>[1]): void =>
      this.#options.metrics.operationDone(operation, outcome, (performance.now() - startedAt) / 1000);
    try {
      const result = await work();
      done('ok');
      return result;
    } catch (error) {
      done(error instanceof ParleyError ? error.code : 'internal');
      throw error;
    }
  }
}
