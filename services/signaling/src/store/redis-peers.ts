import type { RedisConnection, RedisScript } from '@parley/common/redis';
import { ParleyError } from '@parley/proto/errors';
import type { PeerId, RoomCode } from '@parley/proto/ids';
import type {
  LeaveReason,
  LivePeer,
  PeerAddition,
  PeerRestoration,
  RestoreOutcome,
  RoomView,
} from './live-room-store.ts';
import { eventsOfChange, givenRole, placed, reasonTtlMs, ROLES_MAX, stopsLeading } from './peer-rules.ts';
import { indexEntryOf, KEYS, keysOfPeer, personOf, ROOM_TTL_MS } from './redis-keys.ts';
import * as scripts from './redis-scripts.ts';
import { runScript } from './redis-scripts.ts';
import {
  readPeer,
  readView,
  storedAccess,
  storedEvent,
  storedPeer,
  storedRoom,
  type ReadPeer,
  type ReplyOfView,
} from './stored-values.ts';

/** The peers in Redis, and the scripts that change them. */
export class RedisPeers {
  readonly #redis: RedisConnection;
  readonly #leaveReasonTtlMs: number;

  constructor(redis: RedisConnection, leaveReasonTtlMs: number) {
    this.#redis = redis;
    this.#leaveReasonTtlMs = leaveReasonTtlMs;
  }

  async read(code: RoomCode, peerId: PeerId): Promise<ReadPeer | undefined> {
    const text = (await this.#redis.command('HGET', KEYS.peers(code), peerId)) as string | null;
    return text === null ? undefined : readPeer(text);
  }

  /** See `LiveRoomStore.addPeer`. */
  async add(addition: PeerAddition): Promise<RoomView> {
    const { access, peer, placedAsFirst, peerLimit, networkPeerLimit, networkRoomLimit } = addition;
    const reply = await this.#put(scripts.ADD_PEER, addition, 'peer-joined', {
      access: access && storedAccess.write(access),
      placedAsFirst,
      limit: peerLimit,
      networkPeerLimit,
      networkRoomLimit,
      joinedAt: peer.record.joinedAt,
    });
    if (reply === 'left') throw new ParleyError('token_used');
    if (reply === 'already_joined' || reply === 'room_full' || reply === 'address_limited')
      throw new ParleyError(reply);
    return readView(reply as ReplyOfView) as RoomView;
  }

  /** See `LiveRoomStore.restorePeer`. */
  async restore(restoration: PeerRestoration): Promise<RestoreOutcome> {
    const { peer } = restoration;
    const reply = await this.#put(scripts.RESTORE_PEER, restoration, 'peer-updated', {
      begun: peer.record.joinedAt,
    });
    if (reply === 'restored' || reply === 'left') return reply;
    return readPeer(reply as string).peer.sessionId === peer.sessionId ? 'held' : 'claimed';
  }

  /** Runs ADD_PEER or RESTORE_PEER with what both are given. */
  #put(
    script: RedisScript,
    { room, peer }: PeerRestoration,
    type: 'peer-joined' | 'peer-updated',
    more: Readonly<Record<string, string | number | boolean | undefined>>,
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
      node: peer.mediaNodeId ?? undefined,
      score,
      member,
      event: storedEvent.write({ type, ...placed(peer) }),
      ttl: ROOM_TTL_MS,
      network: peer.network,
      person: personOf(peer.identity),
      ...more,
    });
  }

  /** Resolves with false if somebody else has changed the peer meanwhile. */
  async replace(
    code: RoomCode,
    { text, order, peer }: ReadPeer,
    after: LivePeer,
    leaderLeftAt?: string,
  ): Promise<boolean> {
    const { peerId } = peer.record;
    const [from, to] = [indexEntryOf(code, peer), indexEntryOf(code, after)];
    const keys = [KEYS.room(code), KEYS.peers(code), from.key, to.key];
    const given = givenRole(peer, after);
    const reply = await runScript(this.#redis, scripts.CHANGE_PEER, keys, {
      code,
      peerId,
      before: text,
      after: `${order}:${storedPeer.write(after)}`,
      from: peer.mediaNodeId ?? undefined,
      to: after.mediaNodeId ?? undefined,
      memberBefore: from.member,
      score: to.score,
      member: to.member,
      events: eventsOfChange(peer, after).map(storedEvent.write),
      ttl: ROOM_TTL_MS,
      stopsLeading: stopsLeading(peer, after) ? 1 : 0,
      leaderLeftAt,
      identity: given?.identity,
      role: given?.role,
      rolesMax: ROLES_MAX,
    });
    return reply === 1;
  }

  async remove(code: RoomCode, { text, peer }: ReadPeer, reason: LeaveReason): Promise<boolean> {
    const { peerId } = peer.record;
    const { key, member } = indexEntryOf(code, peer);
    const reply = await runScript(this.#redis, scripts.REMOVE_PEER, keysOfPeer(code, peerId, key), {
      code,
      peerId,
      before: text,
      node: peer.mediaNodeId ?? undefined,
      member,
      reason,
      reasonTtl: reasonTtlMs(reason, this.#leaveReasonTtlMs),
      network: peer.network,
      person: personOf(peer.identity),
      stopsLeading: stopsLeading(peer, undefined) ? 1 : 0,
      event: storedEvent.write({ type: 'peer-left', peerId, reason }),
    });
    return reply === 1;
  }
}
