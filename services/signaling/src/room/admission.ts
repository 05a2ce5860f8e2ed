import { randomUUID } from 'node:crypto';
import {
  ParleyError,
  type ErrorCode,
  type JoinTokenClaims,
  type RequestResult,
  type RoomCode,
  type RtpCapabilities,
} from '@parley/proto';
import { placesFor } from '../directory/door-decision.ts';
import { RemotePeer, type Transports } from '../nodes/remote-peer.ts';
import type { IceOffer } from '../peer/ice-offer.ts';
import { socketFound, socketLost } from '../peer/peer-changes.ts';
import type { PeerSession } from '../peer/peer-session.ts';
import { shareAfterMove } from '../limits/peer-limits.ts';
import { keyOfPeer } from '../peer/peer-tasks.ts';
import { afterResume } from '../peer/resume-secret.ts';
import { peerOf, type ChangedPeer, type LivePeer, type LiveRoom } from '../store/live-room-store.ts';
import { Arrival, type Newcomer } from './arrival.ts';
import type { LocalRooms } from './local-rooms.ts';
import { PLACEMENT_ATTEMPTS, type MediaOpener } from './media-opener.ts';
import type { Parts } from './parts.ts';
import type { WaitingPeople } from './waiting-people.ts';

type Admitted<R> = { session: PeerSession; reply: R };
type Entered = { session: PeerSession; live: LiveRoom };
/** What a room is made of if the peer turns out to be its first. */
type RoomState = Pick<LiveRoom, 'record' | 'access'>;

/**
 * Lets peers into rooms: `join` for a new peer, `resume` for one that lost its socket. Both run in the queue of the peer.
 *
 * A client misses nothing from the subscription to its room on. The arrival receives chat messages, which the snapshot
 * may lack. The session is in the room before others see the peer and before the snapshot is read.
 */
export class Admission {
  readonly #parts: Parts;
  readonly #rooms: LocalRooms;
  readonly #opener: MediaOpener;
  readonly #ice: IceOffer;
  readonly #waiting: WaitingPeople;

  constructor(parts: Parts, rooms: LocalRooms, opener: MediaOpener, ice: IceOffer, waiting: WaitingPeople) {
    this.#parts = parts;
    this.#rooms = rooms;
    this.#opener = opener;
    this.#ice = ice;
    this.#waiting = waiting;
  }

  /** A second join with the same token takes the peer over with new media, because the first reply may have been lost. */
  async join(
    newcomer: Newcomer,
    rtpCapabilities: RtpCapabilities,
  ): Promise<Admitted<RequestResult<'room:join'>>> {
    const { code, peerId, credentials } = newcomer.identity;
    if (credentials.kind !== 'token') throw new ParleyError('token_invalid', 'A join needs a join token.');
    this.#takeJoin(newcomer);
    if (credentials.claims.waits) await this.#assertAdmitted(newcomer);
    const arrival = new Arrival(this.#parts, this.#rooms.open(code), newcomer);
    const { room, sessionId } = arrival;
    try {
      await room.ready;
      const recent = arrival.recentChat();
      const peer = this.#newPeer(arrival, credentials.claims);
      const { session, live, transports } = await this.#enter(arrival, peer, rtpCapabilities);
      const iceServers = this.#ice.serversFor(session);
      const snapshot = arrival.snapshot(live, { recent: await recent, iceServers });
      room.startReporting(session, live);
      session.enter();
      if (credentials.claims.waits) await this.#waiting.joined(code, peerId);
      return { session, reply: { snapshot, transports } };
    } catch (error) {
      // Does nothing unless the store has the peer with this session.
      await this.#parts.exit.leave({ code, peerId, sessionId }, 'failed').catch(() => false);
      room.discard(sessionId);
      throw error;
    } finally {
      arrival.close();
    }
  }

  /** Continues the peer on a new socket and ends its former session. Rejects with `resume_rejected`. */
  async resume(newcomer: Newcomer): Promise<Admitted<RequestResult<'room:resume'>>> {
    const { store, settings } = this.#parts;
    const { code, peerId, credentials } = newcomer.identity;
    if (credentials.kind !== 'resume')
      throw new ParleyError('resume_rejected', 'A resume needs a resume secret.');
    const arrival = new Arrival(this.#parts, this.#rooms.open(code), newcomer);
    const { room, sessionId } = arrival;
    try {
      await room.ready;
      const recent = await arrival.recentChat();
      const { before, after } = await this.#reclaim(arrival, credentials.hash);
      const session = arrival.addSession(after, this.#mediaOf(code, after));
      const { live, mediaKept } = await this.#adoptMedia(arrival, session);
      const snapshot = arrival.snapshot(live, { recent, iceServers: this.#ice.serversFor(session) });
      room.startReporting(session, live);
      this.#measureGap(before);
      return { session, reply: { snapshot, mediaKept } };
    } catch (error) {
      // Does nothing unless the store has the peer with this session.
      const lost = socketLost(store.now() + settings.resumeGraceMs);
      await store.changePeer(code, peerId, { sessionId }, lost).catch(() => undefined);
      room.discard(sessionId);
      throw error;
    } finally {
      arrival.close();
    }
  }

  /** Reads the room, opens the media and stores the peer; once more if the room or the peer changed meanwhile. */
  async #enter(
    arrival: Arrival,
    peer: LivePeer,
    rtpCapabilities: RtpCapabilities,
  ): Promise<Entered & { transports: Transports }> {
    const { room, peerId } = arrival;
    const { traceId } = peer;
    for (let attempt = 0; attempt < PLACEMENT_ATTEMPTS; attempt += 1) {
      const live = await room.read();
      const former = peerOf(live, peerId);
      this.#assertPlace(arrival, live, former);
      if (attempt === 0 && former === undefined) this.#parts.roomLimits.of(room.code).take('join');
      const state = live ?? (await this.#parts.keeper.read(room.code));
      try {
        const { media, transports } = await this.#opener.open(room, live, {
          peerId,
          traceId,
          network: peer.network,
          rtpCapabilities,
        });
        const placed = { ...peer, mediaNodeId: media.node.id };
        const entered = await this.#store(arrival, placed, media, former === undefined ? state : undefined);
        if (entered !== undefined) return { ...entered, transports };
      } catch (error) {
        if (former !== undefined) await this.#reportMediaClosed(arrival, former);
        throw error;
      }
    }
    throw new ParleyError('media_unavailable');
  }

  /**
   * Rejects early, so that the media node opens no media for a peer that the store would refuse. The store makes the
   * final decision.
   */
  #assertPlace(arrival: Arrival, live: LiveRoom | undefined, former: LivePeer | undefined): void {
    if (former !== undefined) return;
    const { limits } = this.#parts.settings;
    const peers = live?.peers ?? [];
    if (live !== undefined && peers.length >= this.#placesFor(arrival, live))
      throw new ParleyError('room_full');
    if (arrival.room.othersOf(arrival, peers) >= limits.roomPeersPerAddress)
      throw new ParleyError('address_limited');
  }

  /** Rejects with `not_admitted`. A repeated join of a peer that is in the room is no new one. */
  async #assertAdmitted({ identity: { code, peerId } }: Newcomer): Promise<void> {
    const { store } = this.#parts;
    const { entries } = await store.waiting.read(code);
    if (entries.some((entry) => entry.peerId === peerId && entry.status === 'admitted')) return;
    if ((await store.findPeer(code, peerId)) === undefined) throw new ParleyError('not_admitted');
  }

  #placesFor({ identity }: Arrival, { record }: Pick<LiveRoom, 'record'>): number {
    const { credentials } = identity;
    const role = credentials.kind === 'token' ? credentials.claims.role : 'participant';
    return placesFor(role, record.settings, this.#parts.settings.peerLimit);
  }

  /** Throws `rate_limited`. */
  #takeJoin({ identity }: Newcomer): void {
    const retryAfterMs = this.#parts.joins.take(identity.address);
    if (retryAfterMs > 0) throw new ParleyError('rate_limited', undefined, { retryAfterMs });
  }

  /** A peer that was on another instance starts here with what it may still have left. */
  #carryLimits({ before, after }: ChangedPeer, arrival: Arrival): void {
    if (before.instanceId === after.instanceId) return;
    this.#parts.peerLimits
      .of(keyOfPeer(arrival.identity))
      .startWith(shareAfterMove(before.movedAt, Date.now()));
  }

  /**
   * Resolves with undefined if the room moved, or if the peer came or left meanwhile. Releases media that is not kept.
   */
  async #store(
    arrival: Arrival,
    peer: LivePeer,
    media: RemotePeer,
    state: RoomState | undefined,
  ): Promise<Entered | undefined> {
    try {
      const entered =
        state === undefined
          ? await this.#takeOver(arrival, peer, media)
          : await this.#add(arrival, peer, media, state);
      if (entered?.live.mediaNodeId === media.node.id) return entered;
      media.release();
      arrival.room.discard(arrival.sessionId);
      return undefined;
    } catch (error) {
      media.release();
      throw error;
    }
  }

  async #add(
    arrival: Arrival,
    peer: LivePeer,
    media: RemotePeer,
    { record, access }: RoomState,
  ): Promise<Entered | undefined> {
    const { store, settings, attendance, keeper } = this.#parts;
    const mediaNodeId = media.node.id;
    const session = arrival.addSession(peer, media);
    const { limits } = settings;
    const addition = {
      room: record,
      access,
      mediaNodeId,
      peer,
      peerLimit: this.#placesFor(arrival, { record }),
      networkPeerLimit: limits.roomPeersPerAddress,
      networkRoomLimit: limits.roomsPerAddress,
    };
    const live = await store.addPeer(addition).catch(undefinedFor('already_joined'));
    if (live?.mediaNodeId !== mediaNodeId) return undefined;
    const {
      attendanceId,
      identity,
      record: { peerId, displayName, joinedAt },
    } = peer;
    attendance.begin({ attendanceId, code: record.code, peerId, identity, displayName, joinedAt });
    if (live.peers.length === 1) void keeper.refresh(record.code, record.version);
    return { session, live };
  }

  async #takeOver(arrival: Arrival, peer: LivePeer, media: RemotePeer): Promise<Entered | undefined> {
    const claimed = await this.#parts.store
      .changePeer(arrival.room.code, arrival.peerId, 'none', (before) =>
        socketFound({
          ...peer,
          ...inheritedFrom(before, peer.instanceId),
          record: { ...before.record, producers: [] },
        }),
      )
      .catch(undefinedFor('peer_not_found'));
    if (claimed === undefined) return undefined;
    this.#carryLimits(claimed, arrival);
    const session = arrival.addSession(claimed.after, media);
    return { session, live: await arrival.read() };
  }

  /** Notifies the former session that its media is closed: this join has closed the media and has then failed. */
  async #reportMediaClosed({ room, peerId, logger }: Arrival, { sessionId }: LivePeer): Promise<void> {
    const event = { type: 'peer-media-closed', peerId, sessionId } as const;
    await this.#parts.store
      .publish(room.code, event)
      .catch((err: unknown) => logger.warn({ err }, 'former session not notified'));
  }

  #newPeer(
    { identity, sessionId, resumeSecret }: Arrival,
    { name, role, addressHash }: JoinTokenClaims,
  ): LivePeer {
    const { peerId, traceId } = identity;
    return {
      record: {
        peerId,
        version: 1,
        displayName: name,
        role,
        joinedAt: Date.now(),
        connection: 'connected',
        handRaisedAt: null,
        producers: [],
      },
      sessionId,
      instanceId: this.#parts.settings.instanceId,
      resumeSecretHashes: [resumeSecret.hash],
      retiredSecretHashes: [],
      network: identity.network,
      claims: 1,
      movedAt: null,
      identity: identity.identity,
      addressHash,
      traceId,
      attendanceId: randomUUID(),
      mediaNodeId: null,
      expiresAt: null,
    };
  }

  /**
   * Gives the stored peer to the new session, if the client's secret is one of the peer's. Rejects with
   * `resume_rejected`.
   */
  #reclaim(arrival: Arrival, shownHash: string): Promise<ChangedPeer> {
    const { room, peerId, sessionId, resumeSecret } = arrival;
    const { store, settings } = this.#parts;
    return store
      .changePeer(room.code, peerId, { resumeSecretHash: shownHash }, (before) => ({
        ...socketFound(before),
        ...inheritedFrom(before, settings.instanceId),
        ...afterResume(before, { shown: shownHash, next: resumeSecret.hash }),
        sessionId,
        instanceId: settings.instanceId,
      }))
      .then((changed) => {
        this.#carryLimits(changed, arrival);
        return changed;
      })
      .catch((error: unknown) => {
        throw isCode(error, 'peer_not_found') ? new ParleyError('resume_rejected') : error;
      });
  }

  #mediaOf(code: RoomCode, { mediaNodeId, record, traceId }: LivePeer): RemotePeer | undefined {
    if (mediaNodeId === null) return undefined;
    const node = this.#parts.nodes.find(mediaNodeId);
    return node && new RemotePeer({ node, code, peerId: record.peerId, traceId });
  }

  /** Gives up media on a node that the room has left. The client opens its media again. */
  async #adoptMedia(arrival: Arrival, session: PeerSession): Promise<{ live: LiveRoom; mediaKept: boolean }> {
    const live = await arrival.read();
    if (session.mediaNodeId === live.mediaNodeId) {
      arrival.room.watch(session.media.node);
      return { live, mediaKept: true };
    }
    if (session.peer.mediaNodeId === null) return { live, mediaKept: false };
    await session.giveUpMedia();
    return { live: await arrival.read(), mediaKept: false };
  }

  /** If the peer resumes before the loss of its socket was noticed, there is no gap to measure. */
  #measureGap({ expiresAt }: LivePeer): void {
    const { metrics, settings, store } = this.#parts;
    if (expiresAt !== null) metrics.reconnected((store.now() - (expiresAt - settings.resumeGraceMs)) / 1000);
  }
}

/** What a peer keeps when another session takes it over. */
function inheritedFrom(before: LivePeer, instanceId: string) {
  const { attendanceId, network, claims, movedAt } = before;
  return {
    attendanceId,
    network,
    claims: claims + 1,
    movedAt: before.instanceId === instanceId ? movedAt : Date.now(),
  };
}

function isCode(error: unknown, code: ErrorCode): boolean {
  return error instanceof ParleyError && error.code === code;
}

function undefinedFor(code: ErrorCode): (error: unknown) => undefined {
  return (error) => {
    if (!isCode(error, code)) throw error;
    return undefined;
  };
}
