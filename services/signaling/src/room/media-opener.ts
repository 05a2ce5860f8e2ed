import { ParleyError, type RtpCapabilities } from '@parley/proto';
import type { LiveRoom, LiveRoomStore } from '../store/live-room-store.ts';
import type { RemoteNode } from '../nodes/remote-node.ts';
import type { RemoteNodes } from '../nodes/remote-nodes.ts';
import type { RemotePeer, Transports } from '../nodes/remote-peer.ts';
import type { LocalRoom } from './local-room.ts';
import type { PeerSession } from '../peer/peer-session.ts';

/** A room that moves meanwhile is followed there once. */
const PLACEMENT_ATTEMPTS = 2;

type Opened = { media: RemotePeer; transports: Transports };

export type Opening<T> = {
  rtpCapabilities: RtpCapabilities;
  /** Looks at the room before anything is opened; what it throws ends the opening. */
  check?: (live: LiveRoom | undefined) => void;
  /** Stores where the media is; resolves with undefined when the room is elsewhere by then. */
  keep: (media: RemotePeer) => Promise<T | undefined>;
};

/** Opens a peer's media where its room is. */
export class MediaOpener {
  readonly #store: LiveRoomStore;
  readonly #nodes: RemoteNodes;

  constructor(store: LiveRoomStore, nodes: RemoteNodes) {
    this.#store = store;
    this.#nodes = nodes;
  }

  /** Opens it again where the room has moved meanwhile. What is not kept is released. */
  async open<T>(
    room: LocalRoom,
    session: PeerSession,
    { rtpCapabilities, check, keep }: Opening<T>,
  ): Promise<Opened & { kept: T }> {
    for (let attempt = 0; attempt < PLACEMENT_ATTEMPTS; attempt += 1) {
      const live = await room.read();
      check?.(live);
      const opened = await this.#openOnce(room, session, live, rtpCapabilities);
      const kept = await keep(opened.media).catch((error: unknown) => {
        opened.media.release();
        throw error;
      });
      if (kept !== undefined) return { ...opened, kept };
      opened.media.release();
    }
    throw new ParleyError('media_unavailable');
  }

  /** Fresh transports: what the peer had on the node is closed. */
  async #openOnce(
    room: LocalRoom,
    session: PeerSession,
    live: LiveRoom | undefined,
    rtpCapabilities: RtpCapabilities,
  ): Promise<Opened> {
    const node = await this.#place(room, live);
    const media = node.peer(session.code, session.peerId, session.traceId);
    const isKnown = live?.peers.some((peer) => peer.record.peerId === session.peerId) === true;
    try {
      if (isKnown) {
        room.forgetMedia(session.peerId);
        await media.close();
      }
      return { media, transports: await media.open(rtpCapabilities) };
    } catch (error) {
      // The node may have opened it, and only its answer was lost.
      media.release();
      throw error;
    }
  }

  /** After `media:reset`, or when the client lost its transports. Everything but the media stays as it is. */
  async reopen(room: LocalRoom, session: PeerSession, rtpCapabilities: RtpCapabilities): Promise<Transports> {
    const former = session.mediaNodeId;
    // First: whatever comes of the rest, what the record lists went with the old transports.
    await session.dropMedia();
    try {
      const keep = (media: RemotePeer) => this.#keep(room, session, media);
      return (await this.open(room, session, { rtpCapabilities, keep })).transports;
    } finally {
      // Nobody else knows of it any more.
      if (former !== undefined && former !== session.mediaNodeId && !session.closed)
        this.#nodes.find(former)?.release(session.code, session.peerId);
    }
  }

  /** Later moves are heard by the session. */
  async #keep(room: LocalRoom, session: PeerSession, media: RemotePeer): Promise<true | undefined> {
    try {
      const live = await room.read();
      if (live !== undefined && live.mediaNodeId !== media.node.id) return undefined;
      session.mediaOpened(media);
      await session.change((peer) => ({
        ...peer,
        mediaNodeId: media.node.id,
        record: { ...peer.record, connection: 'connected' },
      }));
      return true;
    } catch (error) {
      session.mediaClosed();
      throw error;
    }
  }

  /** The node of the room. When it does not answer and another one does, the room moves there. */
  async #place(room: LocalRoom, live: LiveRoom | undefined): Promise<RemoteNode> {
    // A store that lost the room does not know what is watched here.
    const node = await this.#nodes.place(live?.mediaNodeId ?? room.watchedNodeId);
    if (live === undefined || live.mediaNodeId === node.id) {
      room.watch(node);
      return node;
    }
    const placed = await this.#store.moveRoom(live.record.code, live.mediaNodeId, node.id);
    const actual = this.#nodes.get(placed ?? node.id);
    room.watch(actual);
    await actual.lookAgain();
    if (!actual.load.reachable) throw new ParleyError('media_unavailable');
    return actual;
  }
}
