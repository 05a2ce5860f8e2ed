import { randomUUID } from 'node:crypto';
import { withDeadline } from '@parley/common/async';
import type { Logger } from '@parley/common/logging';
import { ParleyError } from '@parley/proto/errors';
import type { PeerId } from '@parley/proto/ids';
import { SNAPSHOT_CHAT_MAX, type Snapshot } from '@parley/proto/requests';
import type { Identity, PeerRecord } from '@parley/proto/room';
import type { ChatRecord } from '../database/chat-record.ts';
import type { RemotePeer } from '../nodes/remote-peer.ts';
import type { ClientLink } from '../peer/client-link.ts';
import type { Newcomer } from '../peer/newcomer.ts';
import type { PeerIdentity } from '../peer/peer-identity.ts';
import { PeerSession } from '../peer/peer-session.ts';
import { createResumeSecret, type ResumeSecret } from '../peer/resume-secret.ts';
import {
  peerOf,
  type LivePeer,
  type Person,
  type RoomView,
  type SessionId,
} from '../store/live-room-store.ts';
import { messageFor, readerOf } from './chat/chat-history.ts';
import type { Arriving } from './local-peers.ts';
import type { LocalRoom } from './local-room.ts';
import type { Parts } from './parts.ts';
import { countsOf } from './people/people-page.ts';

const CHAT_TIMEOUT_MS = 1_000;

/**
 * `clearedAt`: when the chat was cleared the last time. A client that comes back may still have what was cleared. `isRead`: whether PostgreSQL has
 * answered in time.
 */
type RecentChat = { records: ChatRecord[]; clearedAt: number | null; isRead: boolean };

/** A newcomer that was let in, with the reply to its request. */
export type Admitted<R> = { session: PeerSession; reply: R };

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
    room.here.addArrival(this);
  }

  get network(): string {
    return this.identity.network;
  }

  get peerId(): PeerId {
    return this.identity.peerId;
  }

  get person(): Identity {
    return this.identity.identity;
  }

  /** For whom the room is looked at. */
  get looker(): Person {
    const { person: identity, peerId, network } = this;
    return { identity, peerId, network };
  }

  close(): void {
    this.room.here.removeArrival(this);
  }

  /** The room as stored, as the person has it. Rejects with `closed` if it is not there any more. */
  async look(): Promise<RoomView> {
    const live = await this.room.look(this.looker);
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
    session.passHandOn();
    return session;
  }

  /**
   * The whole state of the room as this peer may see it. Throws `closed` if the socket closed meanwhile, the peer left, or
   * another session has it.
   */
  snapshot(
    live: RoomView,
    {
      recent,
      peers,
      iceServers,
    }: { recent: RecentChat; peers: readonly PeerRecord[] } & Pick<Snapshot, 'iceServers'>,
  ): Snapshot {
    const own = peerOf(live, this.peerId);
    // If the socket closed during the resume, its loss was reported before this session existed. Fail here, or the peer
    // stays `connected` for ever.
    if (this.link.closed || own?.sessionId !== this.sessionId) throw new ParleyError('closed');
    if (recent.clearedAt !== null)
      this.link.notify('chat:cleared', { byPeerId: null, byName: null, clearedAt: recent.clearedAt });
    const reader = readerOf(live, own);
    const readable = recent.records.filter(({ message }) => message.sentAt >= reader.since);
    return {
      room: live.record,
      self: own.record,
      ...this.#othersOf(peers, own.record),
      chat: readable.map((record) => messageFor(record, reader)),
      iceServers,
      resumeSecret: this.resumeSecret.secret,
    };
  }

  /**
   * A client that takes pages gets those of a crowd whom this instance shows, and the number of all. Without a crowd it counts itself:
   * notifications would not keep a number up to date.
   */
  #othersOf(peers: readonly PeerRecord[], own: PeerRecord): Pick<Snapshot, 'peers' | 'counts'> {
    const others = peers.filter(({ peerId }) => peerId !== own.peerId);
    if (!this.link.pages || !this.room.isCrowd) return { peers: others };
    const shown = others.filter(({ peerId }) => this.room.shows(peerId));
    return { peers: shown, counts: countsOf([...others, own]) };
  }

  /**
   * The latest messages of this and of earlier calls; `snapshot` leaves those out that the peer does not get. Resolves
   * with no messages while PostgreSQL is away or slow, because the call works without them. Never rejects.
   */
  async recentChat(): Promise<RecentChat> {
    const { chat } = this.#parts;
    const { code } = this.room;
    try {
      const reader = { peerId: this.peerId, identity: this.person, since: 0 };
      const page = chat.list(code, reader, { limit: SNAPSHOT_CHAT_MAX });
      const read = Promise.all([page, chat.clearedAt(code)]);
      const [{ records }, clearedAt] = await withDeadline(read, CHAT_TIMEOUT_MS);
      return { records, clearedAt, isRead: true };
    } catch (error) {
      this.logger.warn({ err: error }, 'chat history not read');
      return { records: [], clearedAt: null, isRead: false };
    }
  }
}
