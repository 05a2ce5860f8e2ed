import { randomUUID } from 'node:crypto';
import { ParleyError, type ErrorCode } from '@parley/proto/errors';
import type { RoomCode } from '@parley/proto/ids';
import type { RegionTimes } from '@parley/proto/regions';
import {
  publishes,
  type ConsumeResult,
  type RequestPayload,
  type RequestResult,
} from '@parley/proto/requests';
import type { JoinTokenClaims } from '@parley/proto/rest';
import type { RtpCapabilities } from '@parley/proto/rtp';
import { sparePlaces } from '../directory/door-decision.ts';
import type { RemotePeer, Transports } from '../nodes/remote-peer.ts';
import type { IceOffer } from '../peer/ice-offer.ts';
import type { Newcomer } from '../peer/newcomer.ts';
import { attendanceOf } from '../peer/peer-attendance.ts';
import type { PeerSession } from '../peer/peer-session.ts';
import { chargeAddress } from '../limits/address-charge.ts';
import { peerOf, type ChangedPeer, type LivePeer, type RoomView } from '../store/live-room-store.ts';
import { Arrival, type Admitted } from './arrival.ts';
import { claimPeer } from './claim.ts';
import type { People } from './local-room.ts';
import type { LocalRooms } from './local-rooms.ts';
import { firstConsumers } from './media/first-consumers.ts';
import { PLACEMENT_ATTEMPTS, type MediaOpener } from './media/media-opener.ts';
import { receive } from './media/reception.ts';
import type { Parts } from './parts.ts';
import { assertPlace, isElsewhere, placesOf } from './place-check.ts';
import type { WaitingPeople } from './waiting-people.ts';

type Entered = { session: PeerSession; live: RoomView };
/** What a room is made of if the peer turns out to be its first; with the peers of the person that were there. */
type RoomState = Pick<RoomView, 'record' | 'access'> & Partial<Pick<RoomView, 'own'>>;
/** With whether the store had no such room when the peer was placed. */
type SeenState = RoomState & { readonly isNew: boolean };

/**
 * Lets new peers into rooms. Runs in the queue of the peer.
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
    {
      rtpCapabilities,
      firstPictures,
      displayName,
      regionTimes,
    }: Omit<RequestPayload<'room:join'>, 'protocol'>,
  ): Promise<Admitted<RequestResult<'room:join'>>> {
    const { code, peerId, credentials } = newcomer.identity;
    if (credentials.kind !== 'token') throw new ParleyError('token_invalid', 'A join needs a join token.');
    const name = nameOf(credentials.claims, displayName);
    chargeAddress(this.#parts.joins, newcomer.identity.address);
    if (credentials.claims.waits) await this.#assertAdmitted(newcomer);
    const arrival = new Arrival(this.#parts, this.#rooms.open(code), newcomer);
    const { room, sessionId } = arrival;
    try {
      await room.ready;
      const recent = arrival.recentChat();
      const peer = this.#newPeer(arrival, { ...credentials.claims, name }, regionTimes);
      const { session, live, transports } = await this.#enter(arrival, peer, rtpCapabilities);
      const iceServers = this.#ice.serversFor(session);
      const { peers, homeOf } = await room.people(live);
      const first = await this.#receiveFirst(arrival, session, { peers, homeOf }, firstPictures);
      const snapshot = arrival.snapshot(live, { recent: await recent, peers, iceServers });
      room.startReporting(session, live);
      session.sent.enter();
      if (credentials.claims.waits) await this.#waiting.joined(code, peerId);
      return { session, reply: { snapshot, transports, ...(first && { first }) } };
    } catch (error) {
      // Does nothing unless the store has the peer with this session.
      await this.#parts.exit.leave({ code, peerId, sessionId }, 'failed').catch(() => false);
      room.discard(sessionId);
      throw error;
    } finally {
      arrival.close();
    }
  }

  /**
   * Makes the consumers that the reply brings. They are not paused, because nothing is sent before the client has connected its transport, and then
   * a key frame is asked for. A transport of the lobby may connect before the client has set the consumers up, and a key frame would be lost,
   * so there the client resumes pictures. Resolves with undefined if the client has to ask for them itself.
   */
  async #receiveFirst(
    { room, identity, link, logger }: Arrival,
    session: PeerSession,
    { peers, homeOf }: People,
    pictures: number | undefined,
  ): Promise<ConsumeResult[] | undefined> {
    if (pictures === undefined) return undefined;
    const others = peers.filter(({ peerId }) => peerId !== session.peerId);
    try {
      const mayConnect = this.#parts.lobby.hasPlace({ identity, link });
      const wanted = firstConsumers(others, pictures, room.media.forwardedTo(session), mayConnect);
      return await receive(homeOf, session, wanted);
    } catch (error) {
      logger.warn({ err: error }, 'first consumers not made');
      return undefined;
    }
  }

  /** Reads the room, opens the media and stores the peer; once more if the nodes of the room or the peer changed meanwhile. */
  async #enter(
    arrival: Arrival,
    peer: LivePeer,
    rtpCapabilities: RtpCapabilities,
  ): Promise<Entered & { transports: Transports }> {
    const { room, peerId } = arrival;
    const { traceId } = peer;
    const { asksToSend } = arrival.link;
    const prepared = this.#parts.lobby.nodeOf(arrival);
    for (let attempt = 0; attempt < PLACEMENT_ATTEMPTS; attempt += 1) {
      const live = await room.look(arrival.looker);
      const former = peerOf(live, peerId);
      const state = live ?? (await this.#parts.keeper.read(room.code));
      if (former === undefined) this.#assertPlace(arrival, live, state);
      if (attempt === 0 && former === undefined) this.#parts.roomLimits.of(room.code).take('join');
      try {
        const { media, transports } = await this.#opener.open(room, live, {
          peerId,
          traceId,
          network: peer.network,
          rtpCapabilities,
          // Somebody may have changed the role of a peer that is taken over.
          receiveOnly: asksToSend && !publishes((former ?? peer).record.role),
          regionTimes: peer.regionTimes,
          current: former?.mediaNodeId ?? prepared,
        });
        const placed = { ...peer, mediaNodeId: media.node.id };
        const seen = { ...state, isNew: live === undefined };
        const entered = await this.#store(arrival, placed, media, former === undefined ? seen : undefined);
        if (entered !== undefined) return { ...entered, transports };
      } catch (error) {
        if (former !== undefined) await this.#reportMediaClosed(arrival, former);
        throw error;
      }
    }
    throw new ParleyError('media_unavailable');
  }

  /** Rejects with `not_admitted`. A repeated join of a peer that is in the room is no new one. */
  async #assertAdmitted({ identity: { code, peerId } }: Newcomer): Promise<void> {
    const { store } = this.#parts;
    const { entries } = await store.waiting.read(code);
    if (entries.some((entry) => entry.peerId === peerId && entry.status === 'admitted')) return;
    if ((await store.findPeer(code, peerId)) === undefined) throw new ParleyError('not_admitted');
  }

  #assertPlace(arrival: Arrival, live: RoomView | undefined, state: RoomState): void {
    const { settings, store } = this.#parts;
    const { identity, room } = arrival;
    const others = Math.max(live?.networkPeerCount ?? 0, room.here.arrivalsBefore(arrival));
    assertPlace({ identity, room: state, live, others, settings, now: store.now() });
  }

  /**
   * Resolves with undefined if the room is on other nodes by now, or if the peer came or left meanwhile. Releases media that is not kept.
   */
  async #store(
    arrival: Arrival,
    peer: LivePeer,
    media: RemotePeer,
    state: SeenState | undefined,
  ): Promise<Entered | undefined> {
    try {
      const entered =
        state === undefined
          ? await this.#takeOver(arrival, peer, media)
          : await this.#add(arrival, peer, media, state);
      if (entered !== undefined) return entered;
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
    { record, access, isNew, own = [] }: SeenState,
  ): Promise<Entered | undefined> {
    const { store, settings, attendance, keeper } = this.#parts;
    const session = arrival.addSession(peer, media);
    const { limits } = settings;
    const spare = sparePlaces(isElsewhere(own, peer.identity));
    const addition = {
      room: record,
      access,
      peer,
      placedAsFirst: isNew,
      peerLimit: placesOf(arrival.identity, { record }, settings.peerLimit) + spare,
      networkPeerLimit: limits.roomPeersPerAddress + spare,
      networkRoomLimit: limits.roomsPerAddress,
    };
    const live = await store.addPeer(addition).catch(undefinedFor('already_joined'));
    if (live === undefined || peerOf(live, peer.record.peerId) === undefined) return undefined;
    attendance.begin(attendanceOf(record.code, peer));
    if (live.peerCount === 1) void keeper.refresh(record.code, record.version);
    return { session, live };
  }

  async #takeOver(arrival: Arrival, peer: LivePeer, media: RemotePeer): Promise<Entered | undefined> {
    const claiming = claimPeer(this.#parts, arrival, {
      guard: 'none',
      change: ({ record }) => ({ ...peer, record: { ...record, producers: [] } }),
    });
    const claimed = await claiming.catch(undefinedFor('peer_not_found'));
    if (claimed === undefined) return undefined;
    this.#releaseFormer(claimed, arrival.room.code);
    const session = arrival.addSession(claimed.after, media);
    return { session, live: await arrival.look() };
  }

  /** What a peer that was taken over has on another node than now. */
  #releaseFormer({ before, after }: ChangedPeer, code: RoomCode): void {
    const { mediaNodeId, record } = before;
    if (mediaNodeId !== null && mediaNodeId !== after.mediaNodeId)
      this.#parts.nodes.find(mediaNodeId)?.release(code, record.peerId);
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
    measured: RegionTimes | undefined,
  ): LivePeer {
    const { peerId, traceId } = identity;
    const regionTimes = this.#parts.nodes.known(measured);
    return {
      record: {
        peerId,
        version: 1,
        displayName: name,
        role,
        joinedAt: this.#parts.store.now(),
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
      ...(regionTimes && { regionTimes }),
      expiresAt: null,
    };
  }
}

/** Throws `invalid_request` for another name than the one under which a host admits the person. */
function nameOf({ name, waits }: JoinTokenClaims, wanted = name): string {
  if (waits && wanted !== name)
    throw new ParleyError('invalid_request', 'The name of somebody who waits is the one in the token.');
  return wanted;
}

function undefinedFor(code: ErrorCode): (error: unknown) => undefined {
  return (error) => {
    if (error instanceof ParleyError && error.code === code) return undefined;
    throw error;
  };
}
