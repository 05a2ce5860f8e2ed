import { randomUUID } from 'node:crypto';
import { withDeadline } from '@parley/common/async';
import type { Logger } from '@parley/common/logging';
import { ParleyError, type ChatMessage, type PeerId, type Snapshot } from '@parley/proto';
import type { RemotePeer } from '../nodes/remote-peer.ts';
import type { ClientLink } from '../peer/client-link.ts';
import type { Identity } from '../peer/identity.ts';
import { PeerSession } from '../peer/peer-session.ts';
import { createResumeSecret, type ResumeSecret } from '../peer/resume-secret.ts';
import { peerOf, type LivePeer, type LiveRoom, type SessionId } from '../store/live-room-store.ts';
import type { Arriving, LocalRoom } from './local-room.ts';
import type { Parts } from './parts.ts';

const SNAPSHOT_CHAT_MAX = 100;
const CHAT_TIMEOUT_MS = 1_000;

/** A client that asks to be let in. */
export type Newcomer = { identity: Identity; link: ClientLink; logger: Logger };

/**
 * A newcomer between its request and the reply. During that time the room stays open on this instance, and the newcomer
 * receives chat messages.
 */
export class Arrival implements Arriving {
  readonly room: LocalRoom;
  readonly identity: Identity;
  readonly link: ClientLink;
  readonly logger: Logger;
  readonly sessionId = randomUUID() as string as SessionId;
  /** Part of the snapshot. */
  readonly resumeSecret: ResumeSecret;
  readonly #parts: Parts;

  /** The caller awaits nothing between `LocalRooms.open` and this constructor, or the room may close. */
  constructor(parts: Parts, room: LocalRoom, { identity, link, logger }: Newcomer) {
    this.#parts = parts;
    this.room = room;
    this.identity = identity;
    this.link = link;
    this.logger = logger;
    this.resumeSecret = createResumeSecret(identity.code, identity.peerId);
    room.addArrival(this);
  }

  get peerId(): PeerId {
    return this.identity.peerId;
  }

  close(): void {
    this.room.removeArrival(this);
  }

  /** The room as stored. Rejects with `closed` if it is not there any more. */
  async read(): Promise<LiveRoom> {
    const live = await this.room.read();
    if (live === undefined) throw new ParleyError('closed');
    return live;
  }

  /** Begins the session, which receives every event of the room from now on. */
  addSession(peer: LivePeer, media: RemotePeer | undefined): PeerSession {
    const { store, settings } = this.#parts;
    const { room, link, logger } = this;
    const { resumeGraceMs } = settings;
    const session = new PeerSession({ code: room.code, peer, media, store, link, resumeGraceMs, logger });
    room.add(session);
    return session;
  }

  /**
   * The whole state of the room as this peer may see it. Throws `closed` if the socket closed meanwhile, the peer left, or
   * another session has it.
   */
  snapshot(live: LiveRoom, { chat, iceServers }: Pick<Snapshot, 'chat' | 'iceServers'>): Snapshot {
    const own = peerOf(live, this.peerId);
    // If the socket closed during the resume, its loss was reported before this session existed. Fail here, or the peer
    // stays `connected` for ever.
    if (this.link.closed || own?.sessionId !== this.sessionId) throw new ParleyError('closed');
    return {
      room: live.record,
      self: own.record,
      peers: live.peers.filter((peer) => peer !== own).map((peer) => peer.record),
      chat,
      permissions: [...own.permissions],
      iceServers,
      resumeSecret: this.resumeSecret.secret,
    };
  }

  /**
   * The latest messages. Resolves with an empty list while PostgreSQL is away or slow, because the call works without
   * them. Never rejects.
   */
  async recentChat(): Promise<ChatMessage[]> {
    try {
      const page = this.#parts.chat.list(this.room.code, this.peerId, { limit: SNAPSHOT_CHAT_MAX });
      return (await withDeadline(page, CHAT_TIMEOUT_MS)).messages;
    } catch (error) {
      this.logger.warn({ err: error }, 'chat history not read');
      return [];
    }
  }
}
