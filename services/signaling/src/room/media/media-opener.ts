import { ParleyError } from '@parley/proto/errors';
import type { PeerId, TraceId } from '@parley/proto/ids';
import type { RegionTimes } from '@parley/proto/regions';
import type { RtpCapabilities } from '@parley/proto/rtp';
import { roundTrips } from '../../nodes/regions.ts';
import type { RemoteNode } from '../../nodes/remote-node.ts';
import type { Placed } from '../../nodes/remote-nodes.ts';
import { RemotePeer, type Transports } from '../../nodes/remote-peer.ts';
import type { PeerSession } from '../../peer/peer-session.ts';
import { peerOf, type NodeCounts, type Person, type RoomView } from '../../store/live-room-store.ts';
import type { LocalRoom } from '../local-room.ts';
import type { Parts } from '../parts.ts';

/** How often a peer is placed, if its node is full or the nodes of the room change meanwhile. */
export const PLACEMENT_ATTEMPTS = 3;

export type OpenedMedia = { media: RemotePeer; transports: Transports };

type Opening = {
  peerId: PeerId;
  traceId: TraceId;
  /** Names where the client comes from, see `networkName`. */
  network: string;
  rtpCapabilities: RtpCapabilities;
  /** No transport to send on is made. */
  receiveOnly: boolean;
  /** How far the client found the regions; undefined if it has not measured them. */
  regionTimes: RegionTimes | undefined;
  /** The node that has something of the peer already. */
  current?: string | undefined;
  /** A node that clients of the room have proven to have lost. */
  left?: string | undefined;
};
type Wish = Pick<Opening, 'regionTimes' | 'current'> & Record<'without' | 'refused', ReadonlySet<string>>;

type MediaOpenerParts = Pick<Parts, 'store' | 'nodes' | 'settings' | 'metrics'>;

/** Places peers on media nodes, and opens their media there. */
export class MediaOpener {
  readonly #parts: MediaOpenerParts;

  constructor(parts: MediaOpenerParts) {
    this.#parts = parts;
  }

  /**
   * Makes new transports. If the peer is in `live`, its former media on the same node is closed first. The caller releases media that it does
   * not keep.
   */
  async open(
    room: LocalRoom,
    live: RoomView | undefined,
    { left, regionTimes, current, ...opening }: Opening,
  ): Promise<OpenedMedia> {
    const without = new Set(left === undefined ? [] : [left]);
    const refused = new Set<string>();
    let refusal: unknown;
    for (let attempt = 1; ; attempt += 1) {
      const placing = this.#place(room, live, { regionTimes, current, without, refused });
      const { node, as } = await placing.catch((error: unknown) => {
        throw refusal ?? error;
      });
      const placed = room.media.expect(node);
      try {
        const opened = await this.#openOn(node, room, live, opening);
        this.#parts.metrics.peerPlaced(as);
        return opened;
      } catch (error) {
        if (attempt === PLACEMENT_ATTEMPTS || !isFull(error)) throw error;
        // Its status said that it has space, and was a moment old.
        refused.add(node.id);
        refusal = error;
      } finally {
        placed();
      }
    }
  }

  /** `media:reopen`: after `media:reset`, or when the client lost its transports. Nothing but the media changes. */
  async reopen(room: LocalRoom, session: PeerSession, rtpCapabilities: RtpCapabilities): Promise<Transports> {
    const former = session.mediaNodeId;
    const current = session.lastNode?.id;
    // First, because the producers of the record end with the old transports even if the rest fails.
    if (!session.moving) await session.giveUpMedia();
    try {
      const { peerId, traceId, peer } = session;
      const live = await room.look(lookerOf(session));
      const left = room.media.reportLost(session, live?.nodes) ? current : undefined;
      const { network, regionTimes } = peer;
      const { receivesOnly: receiveOnly } = session;
      const opening = { peerId, traceId, network, rtpCapabilities, receiveOnly, regionTimes };
      const { media, transports } = await this.open(room, live, { ...opening, current, left });
      await this.#keep(room, session, { media, transports }, left);
      return transports;
    } finally {
      // Release what is left on the former node. After this, the former node alone knows of that media.
      if (former !== undefined && former !== session.mediaNodeId && !session.closed)
        this.#parts.nodes.find(former)?.release(session.code, session.peerId);
    }
  }

  /**
   * Media that the session does not keep is released.
   * @param left A node that the room leaves now: there is another place.
   */
  async #keep(
    room: LocalRoom,
    session: PeerSession,
    { media, transports }: OpenedMedia,
    left: string | undefined,
  ): Promise<void> {
    try {
      if (left !== undefined)
        await this.#parts.store.publish(session.code, { type: 'node-left', mediaNodeId: left });
      await session.reopenMedia(media, transports.send !== undefined);
    } catch (error) {
      media.release();
      throw error;
    }
    room.media.follow(session);
  }

  async #openOn(
    node: RemoteNode,
    room: LocalRoom,
    live: RoomView | undefined,
    { peerId, traceId, ...wish }: Omit<Opening, 'regionTimes'>,
  ): Promise<OpenedMedia> {
    const media = new RemotePeer({ node, code: room.code, peerId, traceId });
    try {
      if (peerOf(live, peerId) !== undefined) {
        room.media.removeState(peerId);
        await media.close();
      }
      return { media, transports: await media.open(wish) };
    } catch (error) {
      // The node may have opened the media, and only its answer was lost.
      media.release();
      throw error;
    }
  }

  /**
   * Chooses the node for a peer. One that the room is not on is added to those of the room first, so that instances that place people at the
   * same time do not scatter them.
   */
  async #place(room: LocalRoom, live: RoomView | undefined, wish: Wish): Promise<Placed> {
    const { store, nodes, settings } = this.#parts;
    const regionTimes = roundTrips(wish.regionTimes, settings.region);
    let stored = live?.nodes;
    for (let attempt = 0; attempt < PLACEMENT_ATTEMPTS; attempt += 1) {
      const placed = await nodes.place({ ...wish, regionTimes, room: room.media.withOwnNodes(stored) });
      const { node } = placed;
      const known = await addIfNew(stored, node, (ids) => store.addNode(room.code, ids, node.id));
      if (known === undefined || known.has(node.id)) return placed;
      stored = known;
    }
    throw new ParleyError('media_unavailable');
  }
}

/** Resolves with the nodes of the room afterwards; undefined for a room that nobody is in. */
async function addIfNew(
  stored: NodeCounts | undefined,
  { id }: RemoteNode,
  add: (known: string[]) => Promise<NodeCounts | undefined>,
): Promise<NodeCounts | undefined> {
  return stored === undefined || stored.has(id) ? stored : await add([...stored.keys()]);
}

function isFull(error: unknown): boolean {
  return error instanceof ParleyError && error.code === 'at_capacity';
}

function lookerOf({ peerId, peer }: PeerSession): Person {
  return { identity: peer.identity, peerId };
}
