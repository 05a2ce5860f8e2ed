import { isDeepStrictEqual } from 'node:util';
import { performance } from 'node:perf_hooks';
import type { Logger } from '@parley/common/logging';
import { createRedis, type RedisConnection } from '@parley/common/redis';
import { ParleyError, type PeerId, type RoomCode } from '@parley/proto';
import { InstanceHeartbeat } from './instance-heartbeat.ts';
import type {
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
  RoomEvent,
  RoomListener,
} from './live-room-store.ts';
import type { LiveStoreMetrics, StoreOperation } from './live-store-metrics.ts';
import { assertGuard, mayLeave, withNextVersion } from './peer-rules.ts';
import { channelOf, indexEntryOf, KEYS, memberOf, refOf, ROOM_TTL_MS } from './redis-keys.ts';
import * as scripts from './redis-scripts.ts';
import { EventSubscriptions } from './event-subscriptions.ts';
import { storedEvent, storedPeer, storedReason, storedRoom } from './stored-values.ts';

/** Each conflict means that somebody else got through. */
const ATTEMPTS_MAX = 100;
const CONNECT_WAIT_MS = 2_000;
const LISTED_MAX = 200;

export type RedisLiveRoomStoreOptions = {
  url: string;
  /** Names this process, and no other one before or after it. */
  instanceId: string;
  instanceLostMs: number;
  /** How long a departure is remembered: as long as a join token may be used. */
  departureMs: number;
  metrics: LiveStoreMetrics;
  logger: Logger;
};

type RoomReply = [record: string | null, node: string | null, peers: string[]];
/** A peer as it was read, with its place in the order of joining. */
type ReadPeer = { readonly text: string; readonly order: number; readonly peer: LivePeer };

/** The store of many signaling instances. What it does is done by scripts in one step, or by compare and set. */
export class RedisLiveRoomStore implements LiveRoomStore {
  readonly shared = true;
  readonly #options: RedisLiveRoomStoreOptions;
  readonly #redis: RedisConnection;
  readonly #events: RedisConnection;
  readonly #subscriptions: EventSubscriptions;
  readonly #heartbeat: InstanceHeartbeat;
  #closed = false;

  /** Waits a moment for Redis. One that is away does not stop the start: it shows in readiness. */
  static async create(options: RedisLiveRoomStoreOptions): Promise<RedisLiveRoomStore> {
    const store = new RedisLiveRoomStore(options);
    await Promise.all([store.#redis.whenReady(CONNECT_WAIT_MS), store.#events.whenReady(CONNECT_WAIT_MS)]);
    await store.#heartbeat.beat();
    return store;
  }

  private constructor(options: RedisLiveRoomStoreOptions) {
    this.#options = options;
    const { url, logger, instanceId, instanceLostMs } = options;
    this.#redis = createRedis({ url, name: 'signaling', logger: logger.child({ redis: 'commands' }) });
    this.#events = createRedis({ url, name: 'signaling-events', logger: logger.child({ redis: 'events' }) });
    this.#subscriptions = new EventSubscriptions(this.#events, logger);
    this.#heartbeat = new InstanceHeartbeat({
      redis: this.#redis,
      instanceId,
      instanceLostMs,
      logger,
      rooms: () => this.#subscriptions.codes,
      onForgotten: () => this.#subscriptions.tellMissed(),
    });
    this.#handleConnections();
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
      const reply = await this.#redis.script(scripts.READ_ROOM, [KEYS.room(code), KEYS.peers(code)], []);
      return readRoom(reply as RoomReply);
    });
  }

  findPeer(code: RoomCode, peerId: PeerId): Promise<LivePeer | undefined> {
    return this.#run('findPeer', async () => (await this.#read(code, peerId))?.peer);
  }

  addPeer({ room, mediaNodeId, peer, peerLimit }: PeerAddition): Promise<LiveRoom> {
    return this.#run('addPeer', async () => {
      const { peerId } = peer.record;
      const index = indexEntryOf(room.code, peer);
      const event: RoomEvent = { type: 'peer-joined', peer: peer.record };
      const values = [room.code, peerId, storedPeer.write(peer), storedRoom.write(room), mediaNodeId];
      const told = [index.score, index.member, storedEvent.write(event), channelOf(room.code), ROOM_TTL_MS];
      const keys = roomKeys(room.code, peerId, index.key);
      const given = [...values, peerLimit, ...told, peer.record.joinedAt];
      const reply = await this.#redis.script(scripts.ADD_PEER, keys, given);
      if (reply === 'departed') throw new ParleyError('token_used');
      if (reply === 'already_joined' || reply === 'room_full') throw new ParleyError(reply);
      return readRoom(reply as RoomReply) as LiveRoom;
    });
  }

  changePeer(code: RoomCode, peerId: PeerId, guard: PeerGuard, change: PeerChange): Promise<LivePeer> {
    return this.#run('changePeer', () =>
      this.#untilUncontested(async () => {
        const read = await this.#read(code, peerId);
        if (read === undefined) throw new ParleyError('peer_not_found');
        assertGuard(read.peer, guard);
        const after = withNextVersion(read.peer, change(read.peer));
        if (isDeepStrictEqual(read.peer, after)) return after;
        return (await this.#replace(code, read, after)) ? after : undefined;
      }),
    );
  }

  async removePeer(ref: PeerRef, reason: LeaveReason): Promise<LivePeer | undefined> {
    const removed = await this.#run('removePeer', () =>
      this.#untilUncontested(async () => {
        const read = await this.#read(ref.code, ref.peerId);
        if (read?.peer.sessionId !== ref.sessionId) {
          // Of a room that expired: nothing but the index knows the peer.
          await this.#redis.command('ZREM', KEYS.expiring, memberOf(ref));
          return { peer: undefined };
        }
        // The script removes the peer as it was read, so it cannot have come back in between.
        if (!mayLeave(read.peer, reason, Date.now())) return { peer: undefined };
        return (await this.#remove(ref.code, read, reason)) ? { peer: read.peer } : undefined;
      }),
    );
    return removed.peer;
  }

  leaveReasonOf(code: RoomCode, peerId: PeerId): Promise<LeaveReason | undefined> {
    return this.#run('leaveReasonOf', async () =>
      storedReason.parse((await this.#redis.command('GET', KEYS.departed(code, peerId))) as string | null),
    );
  }

  restorePeer({ room, mediaNodeId, peer }: PeerRestoration): Promise<RestoreOutcome> {
    return this.#run('restorePeer', async () => {
      const { peerId } = peer.record;
      const index = indexEntryOf(room.code, peer);
      const event: RoomEvent = { type: 'peer-updated', peer: peer.record };
      const values = [room.code, peerId, storedPeer.write(peer), storedRoom.write(room), mediaNodeId];
      const told = [index.score, index.member, storedEvent.write(event), channelOf(room.code), ROOM_TTL_MS];
      const keys = roomKeys(room.code, peerId, index.key);
      const moved = storedEvent.write({ type: 'room-moved', mediaNodeId });
      const joinedAt = peer.mediaNodeId === mediaNodeId ? peer.record.joinedAt : '';
      const given = [...values, ...told, joinedAt, moved];
      const reply = await this.#redis.script(scripts.RESTORE_PEER, keys, given);
      if (reply === 'restored' || reply === 'departed') return reply;
      return readPeer(reply as string).peer.sessionId === peer.sessionId ? 'held' : 'claimed';
    });
  }

  moveRoom(code: RoomCode, from: string, to: string): Promise<string | undefined> {
    return this.#run('moveRoom', async () => {
      const event = storedEvent.write({ type: 'room-moved', mediaNodeId: to });
      const given = [from, to, channelOf(code), event];
      const reply = await this.#redis.script(scripts.MOVE_ROOM, [KEYS.room(code)], given);
      return (reply as string | null) ?? undefined;
    });
  }

  /** At most 200 at once: the next look finds the others. */
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
        if (held.length === 0) await this.#heartbeat.bury(instanceId);
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
    // Events may have come through meanwhile; what this instance wanted to store did not.
    this.#redis.on('ready', () => void this.#heartbeat.beat().then(() => this.#subscriptions.tellMissed()));
  }

  async #read(code: RoomCode, peerId: PeerId): Promise<ReadPeer | undefined> {
    const text = (await this.#redis.command('HGET', KEYS.peers(code), peerId)) as string | null;
    return text === null ? undefined : readPeer(text);
  }

  /** Resolves with false when somebody else was faster. */
  async #replace(code: RoomCode, { text, order, peer }: ReadPeer, after: LivePeer): Promise<boolean> {
    const { peerId } = peer.record;
    const [from, to] = [indexEntryOf(code, peer), indexEntryOf(code, after)];
    const events: RoomEvent[] = [];
    if (after.sessionId !== peer.sessionId)
      events.push({ type: 'peer-claimed', peerId, sessionId: after.sessionId });
    if (after.record !== peer.record) events.push({ type: 'peer-updated', peer: after.record });
    const keys = [KEYS.room(code), KEYS.peers(code), from.key, to.key];
    const values = [peerId, text, `${order}:${storedPeer.write(after)}`, from.member, to.score, to.member];
    const told = [channelOf(code), ROOM_TTL_MS, ...events.map(storedEvent.write)];
    const reply = await this.#redis.script(scripts.CHANGE_PEER, keys, [...values, ...told]);
    return reply === 1;
  }

  async #remove(code: RoomCode, { text, peer }: ReadPeer, reason: LeaveReason): Promise<boolean> {
    const { peerId } = peer.record;
    const index = indexEntryOf(code, peer);
    const event = storedEvent.write({ type: 'peer-left', peerId, reason });
    const keys = roomKeys(code, peerId, index.key);
    const values = [code, peerId, text, index.member, reason, this.#options.departureMs];
    const reply = await this.#redis.script(scripts.REMOVE_PEER, keys, [...values, channelOf(code), event]);
    return reply === 1;
  }

  async #heldBy(instanceId: string): Promise<PeerRef[]> {
    const members = (await this.#redis.command('ZRANGE', KEYS.held(instanceId), 0, -1)) as string[];
    return members.map(refOf);
  }

  /** Again and again until the attempt has a result. */
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

function roomKeys(code: RoomCode, peerId: PeerId, index: string): string[] {
  return [KEYS.room(code), KEYS.peers(code), KEYS.departed(code, peerId), KEYS.rooms, index];
}

function readPeer(text: string): ReadPeer {
  const colon = text.indexOf(':');
  return { text, order: Number(text.slice(0, colon)), peer: storedPeer.parse(text.slice(colon + 1)) };
}

/** In the order of joining, which peers that were put back keep by the time they joined. */
function readRoom([record, node, fields]: RoomReply): LiveRoom | undefined {
  if (record === null || node === null) return undefined;
  const peers = fields.filter((_, index) => index % 2 === 1).map(readPeer);
  peers.sort((a, b) => a.peer.record.joinedAt - b.peer.record.joinedAt || a.order - b.order);
  return { record: storedRoom.parse(record), mediaNodeId: node, peers: peers.map(({ peer }) => peer) };
}
