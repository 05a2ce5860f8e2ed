import { randomUUID } from 'node:crypto';
import { withDeadline } from '@parley/common/async';
import { buildIceServers, type IceConfig } from '@parley/common/ice';
import type { Logger } from '@parley/common/logging';
import {
  ParleyError,
  type ChatMessage,
  type IceServer,
  type JoinTokenClaims,
  type PeerId,
  type RequestResult,
  type RoomCode,
  type RoomRecord,
  type RtpCapabilities,
} from '@parley/proto';
import type { Identity } from '../peer/identity.ts';
import { createResumeSecret } from '../peer/resume-secret.ts';
import type { LivePeer, LiveRoom, LiveRoomStore, PeerChange, SessionId } from '../store/live-room-store.ts';
import type { RemoteNodes } from '../nodes/remote-nodes.ts';
import type { Transports } from '../nodes/remote-peer.ts';
import type { SignalingMetrics } from '../metrics.ts';
import type { ChatRepository } from '../database/chat-repository.ts';
import type { RoomRepository } from '../database/room-repository.ts';
import type { Attendance } from '../database/attendance.ts';
import type { PeerExit } from './peer-exit.ts';
import type { LocalRoom } from './local-room.ts';
import type { LocalRooms } from './local-rooms.ts';
import type { MediaOpener } from './media-opener.ts';
import type { ClientLink } from '../peer/client-link.ts';
import { socketFound } from '../peer/peer-changes.ts';
import { PeerSession } from '../peer/peer-session.ts';
import { snapshotOf } from './snapshot.ts';

const SNAPSHOT_CHAT_MAX = 100;
const CHAT_TIMEOUT_MS = 1_000;

export type AdmissionOptions = {
  instanceId: string;
  peerLimit: number;
  resumeGraceMs: number;
  iceConfig: IceConfig;
  store: LiveRoomStore;
  localRooms: LocalRooms;
  nodes: RemoteNodes;
  opener: MediaOpener;
  departures: PeerExit;
  history: Attendance;
  rooms: RoomRepository;
  chat: ChatRepository;
  metrics: SignalingMetrics;
};

type Newcomer = { identity: Identity; outlet: ClientLink; logger: Logger };
export type Admitted<R> = { session: PeerSession; reply: R };
type Entered = { live: LiveRoom; transports: Transports };
type Resumed = { live: LiveRoom; mediaKept: boolean };

/** Lets peers into rooms: for the first time, and again after a lost socket. Each call runs alone for its peer. */
export class Admission {
  readonly #options: AdmissionOptions;

  constructor(options: AdmissionOptions) {
    this.#options = options;
  }

  iceServers(peerId: PeerId): IceServer[] {
    return buildIceServers(this.#options.iceConfig, peerId);
  }

  /** A token whose peer is in the room takes that peer over, with new media: the reply to it may have been lost. */
  async join(
    newcomer: Newcomer,
    rtpCapabilities: RtpCapabilities,
  ): Promise<Admitted<RequestResult<'room:join'>>> {
    const { code, peerId, credentials } = newcomer.identity;
    if (credentials.kind !== 'token') throw new ParleyError('token_invalid', 'A join needs a join token.');
    const { claims } = credentials;
    const resume = createResumeSecret(code, peerId);
    return this.#withSession(newcomer, async (room, session) => {
      const [chat, { live, transports }] = await Promise.all([
        this.#recentChat(session),
        this.#enter(room, session, { claims, rtpCapabilities, secretHash: resume.hash }),
      ]);
      // Nobody is there to take the secret: the peer could never come back.
      if (newcomer.outlet.closed) throw new ParleyError('closed');
      room.learn(live);
      const snapshot = snapshotOf({
        room: live,
        self: peerId,
        chat,
        iceServers: this.iceServers(peerId),
        resumeSecret: resume.secret,
      });
      return { snapshot, transports };
    });
  }

  /** The same peer on a new socket; whoever held it before is told so. */
  async resume(newcomer: Newcomer): Promise<Admitted<RequestResult<'room:resume'>>> {
    const { code, peerId, credentials } = newcomer.identity;
    if (credentials.kind !== 'resume')
      throw new ParleyError('resume_rejected', 'A resume needs a resume secret.');
    const resume = createResumeSecret(code, peerId);
    return this.#withSession(newcomer, async (room, session) => {
      const chat = await this.#recentChat(session);
      let expiresAt: number | null = null;
      const peer = await this.#claim(session, credentials.hash, (before) => {
        expiresAt = before.expiresAt;
        return { ...before, resumeSecretHashes: [resume.hash, credentials.hash] };
      });
      const { live, mediaKept } = await this.#adoptMedia(room, session, peer);
      // Its loss was told before there was a session to lose: the peer would stay connected for ever.
      if (newcomer.outlet.closed) throw new ParleyError('closed');
      room.learn(live);
      const snapshot = snapshotOf({
        room: live,
        self: peerId,
        chat,
        iceServers: this.iceServers(peerId),
        resumeSecret: resume.secret,
      });
      this.#measureReconnect(expiresAt);
      return { snapshot, mediaKept };
    });
  }

  /** The session is in its room before the store knows of it, so that it misses nothing; on failure nothing of it stays. */
  async #withSession<R>(
    { identity, outlet, logger }: Newcomer,
    admit: (room: LocalRoom, session: PeerSession) => Promise<R>,
  ): Promise<Admitted<R>> {
    const { code, peerId, permissions, traceId } = identity;
    const { store, localRooms, departures, resumeGraceMs } = this.#options;
    const sessionId = randomUUID() as string as SessionId;
    const session = new PeerSession({ code, peerId, sessionId, permissions, traceId, store, outlet, logger });
    const room = localRooms.open(code);
    room.add(session);
    try {
      await room.ready;
      const reply = await admit(room, session);
      room.tellPresent(session);
      return { session, reply };
    } catch (error) {
      // Neither does anything unless the store has this session already.
      if (identity.credentials.kind === 'token')
        await departures.leave(session.ref, 'failed').catch(() => false);
      else await session.loseSocket(resumeGraceMs).catch(() => undefined);
      session.close();
      room.remove(session);
      throw error;
    }
  }

  /** Whoever held the peer is told when this fails: the media may be closed already. */
  async #enter(
    room: LocalRoom,
    session: PeerSession,
    joining: { claims: JoinTokenClaims; rtpCapabilities: RtpCapabilities; secretHash: string },
  ): Promise<Entered> {
    const { store } = this.#options;
    const holder = await store.findPeer(session.code, session.peerId);
    try {
      return await this.#enterWithMedia(room, session, joining);
    } catch (error) {
      if (holder !== undefined) {
        const { peerId, code } = session;
        const closed = { type: 'peer-media-closed', peerId, sessionId: holder.sessionId } as const;
        await store
          .publish(code, closed)
          .catch((err: unknown) => session.logger.warn({ err }, 'holder not told'));
      }
      throw error;
    }
  }

  async #enterWithMedia(
    room: LocalRoom,
    session: PeerSession,
    joining: { claims: JoinTokenClaims; rtpCapabilities: RtpCapabilities; secretHash: string },
  ): Promise<Entered> {
    const { opener } = this.#options;
    const record = await this.#roomRecord(session.code);
    const { media, transports, kept } = await opener.open(room, session, {
      rtpCapabilities: joining.rtpCapabilities,
      check: (live) => this.#assertPlace(live, session.peerId),
      keep: async ({ node }) => {
        const live = await this.#put(room, session, record, this.#newPeer(session, joining, node.id));
        return live.mediaNodeId === node.id ? live : undefined;
      },
    });
    session.mediaOpened(media);
    return { live: kept, transports };
  }

  /** Spares the media node a peer that the store would refuse; the store decides. */
  #assertPlace(room: LiveRoom | undefined, peerId: PeerId): void {
    const isIn = room?.peers.some((peer) => peer.record.peerId === peerId) === true;
    if (!isIn && (room?.peers.length ?? 0) >= this.#options.peerLimit) throw new ParleyError('room_full');
  }

  async #put(room: LocalRoom, session: PeerSession, record: RoomRecord, peer: LivePeer): Promise<LiveRoom> {
    const { store, peerLimit, history } = this.#options;
    if ((await store.findPeer(session.code, session.peerId)) !== undefined) {
      await this.#claim(session, undefined, (before) => ({
        ...peer,
        attendanceId: before.attendanceId,
        record: { ...before.record, producers: [] },
      }));
      return this.#liveRoom(room);
    }
    const mediaNodeId = peer.mediaNodeId as string;
    const live = await store.addPeer({ room: record, mediaNodeId, peer, peerLimit });
    if (live.mediaNodeId !== mediaNodeId) return live;
    session.admitted(peer);
    const { displayName, joinedAt } = peer.record;
    history.begin({
      attendanceId: peer.attendanceId,
      code: session.code,
      peerId: session.peerId,
      displayName,
      joinedAt,
    });
    return live;
  }

  #newPeer(
    session: PeerSession,
    joining: { claims: JoinTokenClaims; secretHash: string },
    mediaNodeId: string,
  ): LivePeer {
    return {
      record: {
        peerId: session.peerId,
        version: 1,
        displayName: joining.claims.name,
        joinedAt: Date.now(),
        connection: 'connected',
        handRaisedAt: null,
        producers: [],
      },
      sessionId: session.sessionId,
      instanceId: this.#options.instanceId,
      resumeSecretHashes: [joining.secretHash],
      permissions: session.permissions,
      traceId: session.traceId,
      attendanceId: randomUUID(),
      mediaNodeId,
      expiresAt: null,
    };
  }

  /** Rejects with `resume_rejected` when the secret's hash is not, or no longer, one of the peer's. */
  async #claim(session: PeerSession, hash: string | undefined, change: PeerChange): Promise<LivePeer> {
    const { store, instanceId } = this.#options;
    const guard = hash === undefined ? 'none' : { resumeSecretHash: hash };
    const claim: PeerChange = (before) => ({
      ...socketFound(change(before)),
      sessionId: session.sessionId,
      instanceId,
    });
    const peer = await store
      .changePeer(session.code, session.peerId, guard, claim)
      .catch((error: unknown) => {
        throw error instanceof ParleyError && error.code === 'peer_not_found'
          ? new ParleyError('resume_rejected')
          : error;
      });
    session.admitted(peer);
    return peer;
  }

  /** Media on a node that the room left while the peer was away is of no use. */
  async #adoptMedia(room: LocalRoom, session: PeerSession, peer: LivePeer): Promise<Resumed> {
    const live = await this.#liveRoom(room);
    const node =
      peer.mediaNodeId === live.mediaNodeId ? this.#options.nodes.find(live.mediaNodeId) : undefined;
    if (node !== undefined) {
      session.mediaOpened(node.peer(session.code, session.peerId, session.traceId), peer.record.producers);
      room.watch(node);
      return { live, mediaKept: true };
    }
    if (peer.mediaNodeId === null) return { live, mediaKept: false };
    await session.dropMedia();
    return { live: await this.#liveRoom(room), mediaKept: false };
  }

  /** Who comes back before the loss was noticed was not away as far as we know. */
  #measureReconnect(expiresAt: number | null): void {
    const { metrics, resumeGraceMs } = this.#options;
    if (expiresAt !== null) metrics.reconnected((Date.now() - (expiresAt - resumeGraceMs)) / 1000);
  }

  async #liveRoom(room: LocalRoom): Promise<LiveRoom> {
    const live = await room.read();
    if (live === undefined) throw new ParleyError('closed');
    return live;
  }

  async #roomRecord(code: RoomCode): Promise<RoomRecord> {
    const live = await this.#options.store.find(code);
    if (live !== undefined) return live.record;
    const stored = await this.#options.rooms.find(code);
    if (stored === undefined) throw new ParleyError('room_not_found');
    return { code, version: 1, title: stored.title, createdAt: stored.createdAt };
  }

  /** Without PostgreSQL, or while it is slow, a call goes on without what was said before. */
  async #recentChat(session: PeerSession): Promise<ChatMessage[]> {
    try {
      const list = this.#options.chat.list(session.code, session.peerId, { limit: SNAPSHOT_CHAT_MAX });
      return (await withDeadline(list, CHAT_TIMEOUT_MS)).messages;
    } catch (error) {
      session.logger.warn({ err: error }, 'chat history not read');
      return [];
    }
  }
}
