import { ParleyError } from '@parley/proto/errors';
import type { RoomCode } from '@parley/proto/ids';
import type { RequestResult } from '@parley/proto/requests';
import { RemotePeer } from '../nodes/remote-peer.ts';
import { refusalOfGone } from '../peer/gone-peer.ts';
import type { IceOffer } from '../peer/ice-offer.ts';
import type { Newcomer } from '../peer/newcomer.ts';
import { socketLost } from '../peer/peer-changes.ts';
import type { PeerSession } from '../peer/peer-session.ts';
import { afterResume } from '../peer/resume-secret.ts';
import type { ChangedPeer, LivePeer, RoomView } from '../store/live-room-store.ts';
import { Arrival, type Admitted } from './arrival.ts';
import { readerOf } from './chat/chat-history.ts';
import { sendMissedChat } from './chat/missed-chat.ts';
import { claimPeer } from './claim.ts';
import type { LocalRooms } from './local-rooms.ts';
import type { Parts } from './parts.ts';

/** A socket that is lost without a word is noticed by then. */
const LOSS_NOTICED_MS = 60_000;

/**
 * Lets peers that lost their socket go on: on a new socket, which may lead to another instance, with the media that they still have. Runs in the
 * queue of the peer. The client misses nothing meanwhile, as in `Admission`.
 */
export class Resumption {
  readonly #parts: Parts;
  readonly #rooms: LocalRooms;
  readonly #ice: IceOffer;

  constructor(parts: Parts, rooms: LocalRooms, ice: IceOffer) {
    this.#parts = parts;
    this.#rooms = rooms;
    this.#ice = ice;
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
      const { peers } = await room.people(live);
      const snapshot = arrival.snapshot(live, { recent, peers, iceServers: this.#ice.serversFor(session) });
      room.startReporting(session, live);
      this.#measureGap(before);
      if (!recent.isRead) this.#sendMissed(session, live, before);
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

  /**
   * Gives the stored peer to the new session, if the client's secret is one of the peer's. Rejects with
   * `resume_rejected`.
   */
  async #reclaim(arrival: Arrival, shown: string): Promise<ChangedPeer> {
    const { room, peerId, resumeSecret } = arrival;
    try {
      return await claimPeer(this.#parts, arrival, {
        guard: { resumeSecretHash: shown },
        change: (before) => ({ ...before, ...afterResume(before, { shown, next: resumeSecret.hash }) }),
      });
    } catch (error) {
      const isGone = error instanceof ParleyError && error.code === 'peer_not_found';
      throw isGone ? await refusalOfGone(this.#parts.store, room.code, peerId) : error;
    }
  }

  #mediaOf(code: RoomCode, { mediaNodeId, record, traceId }: LivePeer): RemotePeer | undefined {
    if (mediaNodeId === null) return undefined;
    const node = this.#parts.nodes.find(mediaNodeId);
    return node && new RemotePeer({ node, code, peerId: record.peerId, traceId });
  }

  /** Gives up media on a node that has it no more, or that nobody here knows. The client opens its media again. */
  async #adoptMedia(arrival: Arrival, session: PeerSession): Promise<{ live: RoomView; mediaKept: boolean }> {
    const mediaKept = await holdsMedia(session);
    if (!mediaKept && session.peer.mediaNodeId !== null) await session.giveUpMedia();
    return { live: await arrival.look(), mediaKept };
  }

  /** If the peer resumes before the loss of its socket was noticed, there is no gap to measure. A page that is loaded again takes its own time. */
  #measureGap({ expiresAt, pageClosed }: LivePeer): void {
    const { metrics, settings, store } = this.#parts;
    if (expiresAt !== null && pageClosed !== true)
      metrics.reconnected((store.now() - (expiresAt - settings.resumeGraceMs)) / 1000);
  }

  /** For a client whose snapshot has no messages. It has those from before its loss, which may have been noticed late. */
  #sendMissed(session: PeerSession, live: RoomView, { expiresAt, ...before }: LivePeer): void {
    const { chat, store, settings } = this.#parts;
    // Whichever grace it was; messages that come twice are harmless.
    const graceMs = Math.max(settings.closedGraceMs, settings.resumeGraceMs);
    const lostAt = expiresAt === null ? store.now() : expiresAt - graceMs;
    const reader = readerOf(live, before);
    const since = Math.max(reader.since, lostAt - LOSS_NOTICED_MS);
    void sendMissedChat(chat, session, { code: live.record.code, reader: { ...reader, since } });
  }
}

/** A node that does not answer may still carry the media. One that is gone does not, nor one that says so. */
async function holdsMedia(session: PeerSession): Promise<boolean> {
  if (session.mediaNodeId === undefined) return false;
  const { media } = session;
  const isHeld = await media.isHeld();
  if (isHeld !== undefined) return isHeld;
  await media.node.lookAgain();
  return !media.node.gone;
}
