import { isDeepStrictEqual } from 'node:util';
import { performance } from 'node:perf_hooks';
import type { Logger } from '@parley/common/logging';
import { createRedis, type RedisConnection, type RedisScript } from '@parley/common/redis';
import type { ServerTrust } from '@parley/common/trust';
import { ParleyError, type PeerId, type RoomCode } from '@parley/proto';
import { InstanceHeartbeat } from './instance-heartbeat.ts';
import type {
  ChangedPeer,
  LeaveReason,
  LivePeer,
  LiveRoom,
  LiveRoomStore,
  PeerAddition,
  PeerChange,
  PeerGuard,
  PeerRef,
  PeerRestoration,
  RestoreOutcome,
  RoomChange,
  RoomEvent,
  RoomListener,
} from './live-room-store.ts';
import type { LiveStoreMetrics, StoreOperation } from './live-store-metrics.ts';
import { asHost, assertGuard, mayLeave, stopsLeading, withNextVersion } from './peer-rules.ts';
import { channelOf, indexEntryOf, KEYS, keysOfPeer, memberOf, refOf, ROOM_TTL_MS } from './redis-keys.ts';
import * as scripts from './redis-scripts.ts';
import { runScript } from './redis-scripts.ts';
import { RedisWaitingList } from './redis-waiting-list.ts';
import { EventSubscriptions } from './event-subscriptions.ts';
import {
  readPeer,
  readRoom,
  storedAccess,
  storedEvent,
  storedPeer,
  storedReason,
  storedRoom,
  type ReadPeer,
  type ReplyOfRoom,
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
  readonly #options: RedisLiveRoomStoreOptions;
  readonly #redis: RedisConnection;
  readonly #events: RedisConnection;
  readonly #subscriptions: EventSubscriptions;
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
    this.#events = createRedis({
      ...server,
      name: 'signaling-events',
      logger: logger.child({ redis: 'events' }),
    });
    this.#subscriptions = new EventSubscriptions(this.#events, logger);
    this.#heartbeat = new InstanceHeartbeat({
      redis: this.#redis,
      instanceId,
      instanceLostMs,
      logger,
      clock,
      rooms: () => this.#subscriptions.codes,
      onTakenForDead: () => this.#subscriptions.reportMissed(),
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
    this.#subscriptions.close();
    this.#events.close();
    this.#redis.close();
  }

  find(code: RoomCode): Promise<LiveRoom | undefined> {
    return this.#run('find', async () => {
      const keys = [KEYS.room(code), KEYS.peers(code)];
      return readRoom((await runScript(this.#redis, scripts.READ_ROOM, keys)) as ReplyOfRoom);
    });
  }

  findPeer(code: RoomCode, peerId: PeerId): Promise<LivePeer | undefined> {
    return this.#run('findPeer', async () => (await this.#read(code, peerId))?.peer);
  }

  addPeer(addition: PeerAddition): Promise<LiveRoom> {
    const { room, access, mediaNodeId, peer, peerLimit, networkPeerLimit, networkRoomLimit } = addition;
    return this.#run('addPeer', async () => {
      const reply = await this.#put(scripts.ADD_PEER, { room, mediaNodeId, peer }, 'peer-joined', {
        access: access && storedAccess.write(access),
        limit: peerLimit,
        networkPeerLimit,
        networkRoomLimit,
        joinedAt: peer.record.joinedAt,
      });
      if (reply === 'left') throw new ParleyError('token_used');
      if (reply === 'already_joined' || reply === 'room_full' || reply === 'address_limited')
        throw new ParleyError(reply);
      return readRoom(reply as ReplyOfRoom) as LiveRoom;
    });
  }

  changePeer(code: RoomCode, peerId: PeerId, guard: PeerGuard, change: PeerChange): Promise<ChangedPeer> {
    return this.#run('changePeer', () =>
      this.#untilUncontested(async () => {
        const read = await this.#read(code, peerId);
        if (read === undefined) throw new ParleyError('peer_not_found');
        const before = read.peer;
        assertGuard(before, guard);
        const after = withNextVersion(before, change(before));
        if (isDeepStrictEqual(before, after)) return { before, after };
        return (await this.#replace(code, read, after)) ? { before, after } : undefined;
      }),
    );
  }

  promote(code: RoomCode, peerId: PeerId, leaderLeftAt: number): Promise<LivePeer | undefined> {
    return this.#run('promote', async () => {
      const read = await this.#read(code, peerId);
      if (read === undefined) return undefined;
      const after = asHost(read.peer);
      return (await this.#replace(code, read, after, String(leaderLeftAt))) ? after : undefined;
    });
  }

  async removePeer(ref: PeerRef, reason: LeaveReason): Promise<LivePeer | undefined> {
    const removed = await this.#run('removePeer', () =>
      this.#untilUncontested(async () => {
        const read = await this.#read(ref.code, ref.peerId);
        if (read?.peer.sessionId !== ref.sessionId) {
          // If the room has expired, only the index still lists the peer.
          await this.#redis.command('ZREM', KEYS.expiring, memberOf(ref));
          return { peer: undefined };
        }
        // The script removes the peer only as it was read here, so a resume in between is safe.
        if (!mayLeave(read.peer, reason, this.now())) return { peer: undefined };
        return (await this.#remove(ref.code, read, reason)) ? { peer: read.peer } : undefined;
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
    return this.#run('restorePeer', async () => {
      const { mediaNodeId, peer } = restoration;
      const reply = await this.#put(scripts.RESTORE_PEER, restoration, 'peer-updated', {
        moved: storedEvent.write({ type: 'room-moved', mediaNodeId }),
        joinedAt: peer.mediaNodeId === mediaNodeId ? peer.record.joinedAt : undefined,
      });
      if (reply === 'restored' || reply === 'left') return reply;
      return readPeer(reply as string).peer.sessionId === peer.sessionId ? 'held' : 'claimed';
    });
  }

  changeSettings(code: RoomCode, { record, access }: RoomChange): Promise<void> {
    return this.#run('changeSettings', async () => {
      await runScript(this.#redis, scripts.CHANGE_SETTINGS, [KEYS.room(code)], {
        record: storedRoom.write(record),
        access: storedAccess.write(access),
        revision: record.version,
        channel: channelOf(code),
        event: storedEvent.write({ type: 'room-updated', room: record }),
      });
    });
  }

  moveRoom(code: RoomCode, from: string, to: string): Promise<string | undefined> {
    return this.#run('moveRoom', async () => {
      const event = storedEvent.write({ type: 'room-moved', mediaNodeId: to });
      const given = { from, to, channel: channelOf(code), event };
      const reply = await runScript(this.#redis, scripts.MOVE_ROOM, [KEYS.room(code)], given);
      return (reply as string | null) ?? undefined;
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
      await this.#redis.command('PUBLISH', channelOf(code), storedEvent.write(event));
    });
  }

  subscribe(code: RoomCode, listener: RoomListener): Promise<() => void> {
    return this.#run('subscribe', () => this.#subscriptions.add(code, listener));
  }

  assertReachable(): Promise<void> {
    return this.#run('assertReachable', async () => {
      await Promise.all([this.#redis.ping(), this.#events.ping()]);
    });
  }

  size(): Promise<{ rooms: number; peers: number }> {
    return this.#run('size', async () => {
      const codes = (await this.#redis.command('ZRANGE', KEYS.rooms, 0, -1)) as RoomCode[];
      const counts = await Promise.all(codes.map((code) => this.#redis.command('HLEN', KEYS.peers(code))));
      const filled = (counts as number[]).filter((count) => count > 0);
      return { rooms: filled.length, peers: filled.reduce((sum, count) => sum + count, 0) };
    });
  }

  #handleConnections(): void {
    const count = (redis: RedisConnection, connection: 'commands' | 'events'): void => {
      redis.once('ready', () => redis.on('ready', () => this.#options.metrics.reconnected(connection)));
    };
    count(this.#redis, 'commands');
    count(this.#events, 'events');
    this.#redis.on('lost', () => this.#subscriptions.handleLost());
    // Events may have arrived meanwhile over the other connection, but changes of this instance were not stored.
    this.#redis.on('ready', () => void this.#heartbeat.beat().then(() => this.#subscriptions.reportMissed()));
  }

  async #read(code: RoomCode, peerId: PeerId): Promise<ReadPeer | undefined> {
    const text = (await this.#redis.command('HGET', KEYS.peers(code), peerId)) as string | null;
    return text === null ? undefined : readPeer(text);
  }

  /** Runs ADD_PEER or RESTORE_PEER with what both are given. */
  #put(
    script: RedisScript,
    { room, mediaNodeId, peer }: PeerRestoration,
    type: 'peer-joined' | 'peer-updated',
    more: Readonly<Record<string, string | number | undefined>>,
  ): Promise<unknown> {
    const { code } = room;
    const { peerId } = peer.record;
    const { key, score, member } = indexEntryOf(code, peer);
    return runScript(this.#redis, script, keysOfPeer(code, peerId, key), {
      code,
      peerId,
      peer: storedPeer.write(peer),
      record: storedRoom.write(room),
      revision: room.version,
      node: mediaNodeId,
      score,
      member,
      event: storedEvent.write({ type, peer: peer.record }),
      channel: channelOf(code),
      ttl: ROOM_TTL_MS,
      network: peer.network,
      ...more,
    });
  }

  /** Resolves with false if somebody else has changed the peer meanwhile. */
  async #replace(
    code: RoomCode,
    { text, order, peer }: ReadPeer,
    after: LivePeer,
    leaderLeftAt?: string,
  ): Promise<boolean> {
    const { peerId } = peer.record;
    const [from, to] = [indexEntryOf(code, peer), indexEntryOf(code, after)];
    const events: RoomEvent[] = [];
    if (after.sessionId !== peer.sessionId)
      events.push({ type: 'peer-claimed', peerId, sessionId: after.sessionId, claims: after.claims });
    if (after.record !== peer.record) events.push({ type: 'peer-updated', peer: after.record });
    const keys = [KEYS.room(code), KEYS.peers(code), from.key, to.key];
    const reply = await runScript(this.#redis, scripts.CHANGE_PEER, keys, {
      peerId,
      before: text,
      after: `${order}:${storedPeer.write(after)}`,
      memberBefore: from.member,
      score: to.score,
      member: to.member,
      events: events.map(storedEvent.write),
      channel: channelOf(code),
      ttl: ROOM_TTL_MS,
      stopsLeading: stopsLeading(peer, after) ? 1 : 0,
      leaderLeftAt,
    });
    return reply === 1;
  }

  async #remove(code: RoomCode, { text, peer }: ReadPeer, reason: LeaveReason): Promise<boolean> {
    const { peerId } = peer.record;
    const { key, member } = indexEntryOf(code, peer);
    const reply = await runScript(this.#redis, scripts.REMOVE_PEER, keysOfPeer(code, peerId, key), {
      code,
      peerId,
      before: text,
      member,
      reason,
      reasonTtl: this.#options.leaveReasonTtlMs,
      channel: channelOf(code),
      network: peer.network,
      stopsLeading: stopsLeading(peer, undefined) ? 1 : 0,
      event: storedEvent.write({ type: 'peer-left', peerId, reason }),
    });
    return reply === 1;
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
