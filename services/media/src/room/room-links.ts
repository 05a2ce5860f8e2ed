import { EventEmitter } from 'node:events';
import { ParleyError } from '@parley/proto/errors';
import type { PeerId, ProducerId } from '@parley/proto/ids';
import { ForeignProducers } from '../link/foreign-producers.ts';
import type { Homes } from '../link/home-nodes.ts';
import { HeardRouters } from '../link/heard-routers.ts';
import type { HomeProducer, LinkStream } from '../link/link-at-home.ts';
import { LinksAtHome } from '../link/links-at-home.ts';
import { OwnVoices } from '../link/own-voices.ts';
import type { PeerProducer } from '../router/peer-producer.ts';
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

/** What another node asks for: its end, and the two routers. */
export type LinkOpening = { routerId: string; callerRouterId: string; pipe: PipeParameters };

type RoomLinksEvents = {
  /** Another node has begun to receive a sound of this router. */
  'sound-carried': [ProducerId, RoomRouter];
};

/** What a room has to do with other nodes: what it receives from producers there, and what it sends there. */
export class RoomLinks extends EventEmitter<RoomLinksEvents> {
  readonly foreign: ForeignProducers<RoomRouter>;
  readonly #options: RoomLinksOptions;
  readonly #heard: HeardRouters;
  readonly #ownVoices: OwnVoices;
  readonly #atHome = new LinksAtHome();

  constructor(options: RoomLinksOptions) {
    super();
    this.#options = options;
    const { roomId, homes, peers, producers, routers, voices } = options;
    this.#ownVoices = new OwnVoices((peerId) => voices.hasHandUp(peerId));
    this.#heard = new HeardRouters({
      voices,
      speakers: routers.speakers,
      isHere: (peerId) => peers.has(peerId),
      isOwn: (producerId) => producers.find(producerId) !== undefined,
    });
    this.foreign = new ForeignProducers({
      roomId,
      homes,
      voices: this.#ownVoices,
      heard: this.#heard,
      isCarried: (producerId) => routers.carries(producerId),
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
    this.#ownVoices.close();
    this.removeAllListeners();
  }

  /** A producer of this node. Throws `producer_not_found`. */
  find(producerId: ProducerId): HomeProducer {
    const found = this.#find(producerId);
    if (!found) throw new ParleyError('producer_not_found');
    return found;
  }

  /** Call it with each microphone of this node, after it was given to `voices`. */
  addVoice({ id, router }: Peer, microphone: PeerProducer): void {
    this.#ownVoices.add(id, router.id, microphone);
  }

  /** Opens a link that another node asks for. */
  async open(stream: LinkStream, { routerId, callerRouterId, pipe }: LinkOpening): Promise<void> {
    const { routers, producers } = this.#options;
    const router = routers.all.find(({ id }) => id === routerId);
    // A router ends with its producers.
    if (router === undefined) throw new ParleyError('producer_not_found');
    await this.#atHome.open({
      stream,
      router,
      remote: pipe,
      remoteRouterId: callerRouterId,
      room: {
        findProducer: (producerId) => this.#find(producerId),
        voices: this.#ownVoices,
        hear: (id) => this.#heard.hear(id),
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
    this.#ownVoices.remove(producerId);
  }

  /** Call it when a hand of this node was raised or lowered. */
  handChanged(peerId: PeerId): void {
    this.#ownVoices.handChanged(peerId);
  }

  /** Call it when a peer of this node has left. */
  peerLeft(peerId: PeerId): void {
    this.#heard.peerLeft(peerId);
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
