import { EventEmitter } from 'node:events';
import { ParleyError } from '@parley/proto/errors';
import type { PeerId, ProducerId } from '@parley/proto/ids';
import { ForeignProducers } from '../link/foreign-producers.ts';
import type { Homes } from '../link/home-nodes.ts';
import type { HomeProducer, LinkStream } from '../link/link-at-home.ts';
import { LinksAtHome } from '../link/links-at-home.ts';
import type { PipeParameters } from '../router/pipe-end.ts';
import type { RoomVoices } from '../speakers/room-voices.ts';
import type { RoomId } from './ids.ts';
import type { Peer } from './peer.ts';
import type { RoomProducers } from './room-producers.ts';
import type { RoomRouter } from './room-router.ts';
import type { RoomRouters } from './room-routers.ts';

export type RoomLinksOptions = {
  roomId: RoomId;
  homes: Homes;
  peers: ReadonlyMap<PeerId, Peer>;
  producers: RoomProducers;
  routers: RoomRouters;
  voices: RoomVoices;
};

type RoomLinksEvents = {
  /** Another node has begun to receive a sound of this router. */
  'sound-carried': [ProducerId, RoomRouter];
};

/** What a room has to do with other nodes: what it receives from producers there, and what it sends there. */
export class RoomLinks extends EventEmitter<RoomLinksEvents> {
  readonly foreign: ForeignProducers<RoomRouter>;
  readonly #options: RoomLinksOptions;
  readonly #atHome = new LinksAtHome();

  constructor(options: RoomLinksOptions) {
    super();
    this.#options = options;
    const { roomId, homes, peers, routers, voices } = options;
    this.foreign = new ForeignProducers({
      roomId,
      homes,
      voices,
      speakers: routers.speakers,
      isCarried: (producerId) => routers.carries(producerId),
      isHere: (peerId) => peers.has(peerId),
    });
    routers.on('uncarried', (producerId) => this.foreign.forgetUnused(producerId));
  }

  /** Links that other nodes have opened. */
  get size(): number {
    return this.#atHome.size;
  }

  close(): void {
    this.foreign.close();
    this.#atHome.close();
    this.removeAllListeners();
  }

  /** A producer of this node. Throws `producer_not_found`. */
  find(producerId: ProducerId): HomeProducer {
    const found = this.#find(producerId);
    if (!found) throw new ParleyError('producer_not_found');
    return found;
  }

  /** Opens a link that another node asks for. */
  async open(stream: LinkStream, routerId: string, remote: PipeParameters): Promise<void> {
    const { routers, producers, voices } = this.#options;
    const router = routers.all.find(({ id }) => id === routerId);
    // A router ends with its producers.
    if (router === undefined) throw new ParleyError('producer_not_found');
    await this.#atHome.open({
      stream,
      router,
      remote,
      room: {
        findProducer: (producerId) => this.#find(producerId),
        hasHandUp: (peerId) => voices.hasHandUp(peerId),
        setLinkDemand: (...demand) => producers.setLinkDemand(...demand),
        linkCarries: (producerId, kind) => {
          if (kind === 'audio') this.emit('sound-carried', producerId, router);
        },
      },
    });
  }

  /** Call it when a producer of this node was closed. */
  producerClosed(producerId: ProducerId): void {
    this.#atHome.producerClosed(producerId);
  }

  /** Call it when a hand of this node was raised or lowered. */
  handChanged(peerId: PeerId, raised: boolean): void {
    this.#atHome.handChanged(peerId, raised);
  }

  #find(producerId: ProducerId): HomeProducer | undefined {
    const { peers, producers } = this.#options;
    const peerId = producers.find(producerId)?.peerId;
    const routerId = producers.routerOf(producerId)?.id;
    if (peerId === undefined || routerId === undefined) return undefined;
    const producer = peers.get(peerId)?.producers.all.find(({ id }) => id === producerId);
    return producer && { producer, peerId, routerId };
  }
}
