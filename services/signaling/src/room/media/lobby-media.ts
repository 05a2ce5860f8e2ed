import type { RateLimiter } from '@parley/common/limits';
import { ParleyError } from '@parley/proto/errors';
import type { PeerId, RoomCode, TransportId } from '@parley/proto/ids';
import { publishes, type RequestPayload } from '@parley/proto/requests';
import type { DtlsParameters } from '@parley/proto/rtp';
import type { Settings } from '../../config.ts';
import { chargeAddress } from '../../limits/address-charge.ts';
import type { RemoteNode } from '../../nodes/remote-node.ts';
import { roundTrips } from '../../nodes/regions.ts';
import type { RemoteNodes } from '../../nodes/remote-nodes.ts';
import { RemotePeer, type Transports } from '../../nodes/remote-peer.ts';
import type { Newcomer } from '../../peer/newcomer.ts';
import { keyOfPeer, type PeerTasks } from '../../peer/peer-tasks.ts';
import { peerOf, type LiveRoomStore, type RoomView } from '../../store/live-room-store.ts';
import { assertPlace } from '../place-check.ts';

/** People. */
const LARGE_ROOM = 50;

type LobbyMediaOptions = {
  store: LiveRoomStore;
  nodes: RemoteNodes;
  settings: Settings;
  tasks: PeerTasks;
  /** Openings of each address. Apart from its joins, so that no lobby keeps anybody from joining. */
  openings: RateLimiter;
};
/** Somebody with a socket. */
type Person = Pick<Newcomer, 'identity' | 'link'>;
type Place = { newcomer: Newcomer; media: RemotePeer };

/**
 * The media that people have opened before their join, on a node of a room in which somebody sends. Nobody in the room is notified, and
 * the store does not know of it. A place lasts as long as its socket, which is half-open and ends after a while; a join takes it: the node
 * answers the same peer with the same transports.
 */
export class LobbyMedia {
  readonly #options: LobbyMediaOptions;
  /** By `keyOfPeer`. Of several sockets with one token the last one that asked has the place. */
  readonly #places = new Map<string, Place>();

  constructor(options: LobbyMediaOptions) {
    this.#options = options;
  }

  /** For leak tests. */
  get size(): number {
    return this.#places.size;
  }

  has(code: RoomCode, peerId: PeerId): boolean {
    return this.#places.has(keyOfPeer({ code, peerId }));
  }

  /** Whether the client may connect its transport at any moment, or has. */
  hasPlace(newcomer: Person): boolean {
    return this.#placeOf(newcomer) !== undefined;
  }

  /**
   * Resolves with null if there is nothing to receive yet. Rejects with what the door answers by now, with `not_admitted` for somebody who
   * waits, with `rate_limited` or `at_capacity` if the network opens, or has, too many here, and with what the node answers.
   */
  async open(
    newcomer: Newcomer,
    { rtpCapabilities, regionTimes, asksToSend }: Omit<RequestPayload<'lobby:open'>, 'protocol'>,
  ): Promise<Transports | null> {
    const { identity, link } = newcomer;
    const { code, peerId, network, credentials } = identity;
    if (credentials.kind !== 'token') throw new ParleyError('token_invalid', 'The lobby needs a join token.');
    if (credentials.claims.waits) throw new ParleyError('not_admitted');
    const { store, nodes, settings, openings } = this.#options;
    chargeAddress(openings, identity.address);
    const live = await store.look(code, { identity: identity.identity, peerId, network });
    // The media of a peer that has joined with the same token is that peer's.
    if (live === undefined || peerOf(live, peerId) !== undefined) return null;
    if (!(await this.#isHeard(code, live))) return null;
    const others = live.networkPeerCount;
    assertPlace({ identity, room: live, live, others, settings, now: store.now() });
    // The join decides by who is in the room, so this is no answer of the door.
    if (others + this.#othersOf(newcomer) >= settings.limits.roomPeersPerAddress)
      throw new ParleyError('at_capacity', 'The lobby of this room has enough people of this network.');
    const { node } = await nodes.place({
      room: live.nodes,
      current: this.nodeOf(newcomer),
      regionTimes: roundTrips(nodes.known(regionTimes), settings.region),
    });
    if (link.closed) return null;
    const place = this.#placeOn(node, newcomer);
    try {
      const receiveOnly = asksToSend === true && !publishes(credentials.claims.role);
      const transports = await place.media.open({ rtpCapabilities, network, receiveOnly });
      if (link.closed || this.#placeOf(newcomer) !== place) throw new ParleyError('closed');
      return transports;
    } catch (error) {
      this.#end(place);
      throw error;
    }
  }

  async connect(newcomer: Person, transportId: TransportId, dtlsParameters: DtlsParameters): Promise<void> {
    const place = this.#placeOf(newcomer);
    if (place === undefined) throw new ParleyError('transport_not_found');
    await place.media.connectTransport(transportId, dtlsParameters);
  }

  /** The node of the place that this socket has. */
  nodeOf(newcomer: Person): string | undefined {
    return this.#placeOf(newcomer)?.media.node.id;
  }

  /** The peer is in the room. What it has on another node than there is released. */
  joined(newcomer: Person, mediaNodeId: string | undefined): void {
    const place = this.#placeOf(newcomer);
    if (place === undefined) return;
    this.#remove(place);
    if (place.media.node.id !== mediaNodeId) place.media.release();
  }

  /** The socket of somebody who may have a place is lost. */
  loseSocket(newcomer: Person): void {
    const place = this.#placeOf(newcomer);
    if (place === undefined) return;
    this.#remove(place);
    const { code, peerId } = place.newcomer.identity;
    // A join with the same token may have the media by now.
    this.#options.tasks.start({ code, peerId, logger: place.newcomer.logger }, async () => {
      const peer = await this.#options.store.findPeer(code, peerId).catch(() => undefined);
      if (peer === undefined) place.media.release();
    });
  }

  /** Releases every place. */
  close(): void {
    for (const place of this.#places.values()) this.#end(place);
  }

  /** Whether anybody sends anything. In a large room somebody does, and to read it whole is not worth the answer. */
  async #isHeard(code: RoomCode, { peerCount }: RoomView): Promise<boolean> {
    if (peerCount > LARGE_ROOM) return true;
    const room = await this.#options.store.find(code);
    return room?.peers.some(({ record }) => record.producers.length > 0) === true;
  }

  #end(place: Place): void {
    this.#remove(place);
    // The node may have opened the media, and only its answer was lost.
    place.media.release();
  }

  #placeOf({ identity, link }: Person): Place | undefined {
    const place = this.#places.get(keyOfPeer(identity));
    return place?.newcomer.link === link ? place : undefined;
  }

  /** The place that this socket has on the node, or a new one. */
  #placeOn(node: RemoteNode, newcomer: Newcomer): Place {
    const { code, peerId, traceId } = newcomer.identity;
    const former = this.#placeOf(newcomer);
    if (former?.media.node === node) return former;
    if (former !== undefined) this.#end(former);
    const place = { newcomer, media: new RemotePeer({ node, code, peerId, traceId }) };
    this.#places.set(keyOfPeer(newcomer.identity), place);
    return place;
  }

  #remove(place: Place): void {
    const key = keyOfPeer(place.newcomer.identity);
    if (this.#places.get(key) === place) this.#places.delete(key);
  }

  /** Others of the same network in the lobby of the same room. */
  #othersOf({ identity: { code, network }, link }: Newcomer): number {
    return [...this.#places.values()].filter(
      ({ newcomer }) =>
        newcomer.link !== link && newcomer.identity.code === code && newcomer.identity.network === network,
    ).length;
  }
}
