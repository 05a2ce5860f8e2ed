import { randomUUID } from 'node:crypto';
import { withDeadline } from '@parley/common/async';
import type { Logger } from '@parley/common/logging';
import { ParleyError, SNAPSHOT_CHAT_MAX, type ChatMessage, type PeerId, type Snapshot } from '@parley/proto';
import type { RemotePeer } from '../nodes/remote-peer.ts';
import type { ClientLink } from '../peer/client-link.ts';
import type { PeerIdentity } from '../peer/peer-identity.ts';
import { PeerSession } from '../peer/peer-session.ts';
import { createResumeSecret, type ResumeSecret } from '../peer/resume-secret.ts';
import { peerOf, type LivePeer, type LiveRoom, type SessionId } from '../store/live-room-store.ts';
import { readableSince } from './chat-history.ts';
import type { Arriving, LocalRoom } from './local-room.ts';
import type { Parts } from './parts.ts';

const CHAT_TIMEOUT_MS = 1_000;

/** `clearedAt`: when the chat was cleared the last time. A client that comes back may still have what was cleared. */
type RecentChat = { messages: ChatMessage[]; clearedAt: number | null };

/** A client that asks to be let in. */
export type Newcomer = { identity: PeerIdentity; link: ClientLink; logger: Logger };

/**
 * A newcomer between its request and the reply. During that time the room stays open on this instance, and the newcomer
 * receives chat messages.
 */
export class Arrival implements Arriving {
  readonly room: LocalRoom;
  readonly identity: PeerIdentity;
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

  get network(): string {
    return this.identity.network;
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
  snapshot(
    live: LiveRoom,
    { recent, iceServers }: { recent: RecentChat } & Pick<Snapshot, 'iceServers'>,
  ): Snapshot {
    const own = peerOf(live, this.peerId);
    // If the socket closed during the resume, its loss was reported before this session existed. Fail here, or the peer
    // stays `connected` for ever.
    if (this.link.closed || own?.sessionId !== this.sessionId) throw new ParleyError('closed');
    if (recent.clearedAt !== null)
      this.link.notify('chat:cleared', { byPeerId: null, byName: null, clearedAt: recent.clearedAt });
    const since = readableSince(live, own);
    return {
      room: live.record,
      self: own.record,
      peers: live.peers.filter((peer) => peer !== own).map((peer) => peer.record),
      chat: recent.messages.filter(({ sentAt }) => sentAt >= since),
      iceServers,
      resumeSecret: this.resumeSecret.secret,
    };
  }

  /**
   * The latest messages of this and of earlier calls; `snapshot` leaves those out that the peer does not get. Resolves
   * with no messages while PostgreSQL is away or slow, because the call works without them. Never rejects.
   */
  async recentChat(): Promise<RecentChat> {
    const { chat } = this.#parts;
    const { code } = this.room;
    try {
      const page = chat.list(code, this.peerId, { since: 0, limit: SNAPSHOT_CHAT_MAX });
      const read = Promise.all([page, chat.clearedAt(code)]);
      const [{ messages }, clearedAt] = await withDeadline(read, CHAT_TIMEOUT_MS);
      return { messages, clearedAt };
    } catch (error) {
      this.logger.warn({ err: error }, 'chat history not read');
      return { messages: [], clearedAt: null };
    }
  }
}
