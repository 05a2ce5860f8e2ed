import { ParleyError } from '@parley/proto/errors';
import type { PeerId, TraceId } from '@parley/proto/ids';
import type { RegionTimes } from '@parley/proto/regions';
import type { RtpCapabilities } from '@parley/proto/rtp';
import type { RemoteNode } from '../nodes/remote-node.ts';
import { roundTrips } from '../nodes/regions.ts';
import type { PlaceWish, RemoteNodes } from '../nodes/remote-nodes.ts';
import { RemotePeer, type Transports } from '../nodes/remote-peer.ts';
import type { PeerSession } from '../peer/peer-session.ts';
import { peerOf, type LiveRoomStore, type Person, type RoomView } from '../store/live-room-store.ts';
import type { LocalRoom } from './local-room.ts';

/** If the room moves while media is being opened, the media is opened once more on the room's new node. */
export const PLACEMENT_ATTEMPTS = 2;

export type OpenedMedia = { media: RemotePeer; transports: Transports };

type Opening = {
  peerId: PeerId;
  traceId: TraceId;
  /** Names where the client comes from, see `networkName`. */
  network: string;
  rtpCapabilities: RtpCapabilities;
  /** How far the client found the regions. */
  regionTimes: RegionTimes | undefined;
  /** The room leaves its node, because clients have proven that it is gone. */
  leave?: boolean;
};

/** Opens a peer's media on the node of its room. */
export class MediaOpener {
  readonly #store: LiveRoomStore;
  readonly #nodes: RemoteNodes;
  readonly #region: string | undefined;

  /** @param region Where this instance is. */
  constructor(store: LiveRoomStore, nodes: RemoteNodes, region: string | undefined) {
    this.#store = store;
    this.#nodes = nodes;
    this.#region = region;
  }

  /** Makes new transports. If the peer is in `live`, its former media on the node is closed first. The caller releases media that it does not keep. */
  async open(
    room: LocalRoom,
    live: RoomView | undefined,
    { peerId, traceId, network, rtpCapabilities, regionTimes, leave = false }: Opening,
  ): Promise<OpenedMedia> {
    const node = await this.#place(room, live, {
      leave,
      regionTimes: roundTrips(regionTimes, this.#region),
    });
    const media = new RemotePeer({ node, code: room.code, peerId, traceId });
    try {
      if (peerOf(live, peerId) !== undefined) {
        room.removeMediaState(peerId);
        await media.close();
      }
      return { media, transports: await media.open(rtpCapabilities, network) };
    } catch (error) {
      // The node may have opened the media, and only its answer was lost.
      media.release();
      throw error;
    }
  }

  /** `media:reopen`: after `media:reset`, or when the client lost its transports. Nothing but the media changes. */
  async reopen(room: LocalRoom, session: PeerSession, rtpCapabilities: RtpCapabilities): Promise<Transports> {
    const former = session.mediaNodeId;
    const leave = room.reportLost(session);
    // First, because the producers of the record end with the old transports even if the rest fails.
    if (!session.moving) await session.giveUpMedia();
    try {
      for (let attempt = 0; attempt < PLACEMENT_ATTEMPTS; attempt += 1) {
        const { peerId, traceId } = session;
        const opening = {
          peerId,
          traceId,
          network: session.peer.network,
          rtpCapabilities,
          regionTimes: session.peer.regionTimes,
          leave: leave && attempt === 0,
        };
        const opened = await this.open(room, await room.look(lookerOf(session)), opening);
        if (await this.#keep(room, session, opened.media)) return opened.transports;
      }
      throw new ParleyError('media_unavailable');
    } finally {
      // Release what is left on the former node. After this, the former node alone knows of that media.
      if (former !== undefined && former !== session.mediaNodeId && !session.closed)
        this.#nodes.find(former)?.release(session.code, session.peerId);
    }
  }

  /** Resolves with false if the room is on another node by now. Media that the session does not keep is released. */
  async #keep(room: LocalRoom, session: PeerSession, media: RemotePeer): Promise<boolean> {
    let isKept = false;
    try {
      const live = await room.look(lookerOf(session));
      if (live !== undefined && live.mediaNodeId !== media.node.id) return false;
      await session.reopenMedia(media);
      isKept = true;
      return true;
    } finally {
      if (!isKept) media.release();
    }
  }

  /** The node of the room. If that is gone or about to stop, and another one answers, the room moves there. */
  async #place(room: LocalRoom, live: RoomView | undefined, wish: PlaceWish): Promise<RemoteNode> {
    // If the store has lost the room, use the node that this instance watches.
    const node = await this.#nodes.place(live?.mediaNodeId ?? room.watchedNodeId, wish);
    if (live === undefined || live.mediaNodeId === node.id) {
      room.watch(node);
      return node;
    }
    const placed = await this.#store.moveRoom(room.code, live.mediaNodeId, node.id);
    const actual = this.#nodes.get(placed ?? node.id);
    room.watch(actual);
    await actual.lookAgain();
    if (!actual.load.reachable) throw new ParleyError('media_unavailable');
    return actual;
  }
}

function lookerOf({ peerId, peer }: PeerSession): Person {
  return { identity: peer.identity, peerId };
}
