import { EventEmitter } from 'node:events';
import type { Logger } from '@parley/common/logging';
import {
  ParleyError,
  type PeerId,
  type PreferredLayers,
  type ProducerId,
  type RtpCapabilities,
} from '@parley/proto';
import type { types } from 'mediasoup';
import type { RoomId } from './ids.ts';
import type { MediaWorker } from '../worker/media-worker.ts';
import type { MediaMetrics, PeerCloseCause, RoomCloseCause } from '../statistics/metrics.ts';
import { Peer, type PeerSettings } from './peer.ts';
import type { PeerConsumer } from '../router/peer-consumer.ts';
import type { PeerProducer } from '../router/peer-producer.ts';
import * as message from './room-events.ts';
import { RoomProducers } from './room-producers.ts';
import { checkRtpCapabilities } from './rtp-validation.ts';
import { Speakers } from '../router/speakers.ts';

export type RoomSettings = PeerSettings & {
  /** How long a room lives when nobody watches it. */
  unwatchedGraceMs: number;
  /** How long fewer layers must be wanted before the sender is told. */
  lowerLayersAfterMs: number;
};

export type RoomOptions = {
  id: RoomId;
  worker: MediaWorker;
  settings: RoomSettings;
  logger: Logger;
  metrics: MediaMetrics;
  /** Whether one more consumer fits; throws when not. */
  admitConsumer: (worker: MediaWorker) => void;
};

type RoomEvents = { happened: [message.RoomEventMessage]; closed: [] };

const CLOSE_REASONS = {
  empty: 'PEER_CLOSE_REASON_ROOM_CLOSED',
  unwatched: 'PEER_CLOSE_REASON_ROOM_CLOSED',
  stopping: 'PEER_CLOSE_REASON_ROOM_CLOSED',
  worker_died: 'PEER_CLOSE_REASON_WORKER_DIED',
} as const satisfies Record<RoomCloseCause, message.PeerCloseReason>;

/** A room on one router: its peers, who consumes whom, who speaks, which layers are wanted. */
export class Room extends EventEmitter<RoomEvents> {
  readonly id: RoomId;
  readonly worker: MediaWorker;
  readonly #router: types.Router;
  readonly #speakers: Speakers;
  readonly #options: RoomOptions;
  readonly #logger: Logger;
  readonly #peers = new Map<PeerId, Peer>();
  readonly #producers: RoomProducers;
  #opening = 0;
  #unwatchedTimer: NodeJS.Timeout | undefined;
  #closed = false;

  static async create(options: RoomOptions): Promise<Room> {
    const router = await options.worker.createRouter();
    try {
      return new Room(options, router, await Speakers.create(router));
    } catch (error) {
      router.close();
      throw error;
    }
  }

  private constructor(options: RoomOptions, router: types.Router, speakers: Speakers) {
    super();
    this.id = options.id;
    this.worker = options.worker;
    this.#options = options;
    this.#router = router;
    this.#speakers = speakers;
    this.#logger = options.logger.child({ roomId: options.id });
    this.#producers = new RoomProducers(options.settings.lowerLayersAfterMs);
    this.#producers.on('layers-wanted', (of, wanted) =>
      this.emit('happened', message.producerLayersWanted(of, wanted)),
    );
    speakers.on('changed', (state) => this.emit('happened', message.speakersChanged(state)));
    options.metrics.roomOpened();
  }

  get closed(): boolean {
    return this.#closed;
  }

  get peerCount(): number {
    return this.#peers.size;
  }

  get rtpCapabilities(): types.RtpCapabilities {
    return this.#router.rtpCapabilities;
  }

  /** What a watcher needs to begin: the state first, then what is told on change only. */
  get snapshot(): message.RoomEventMessage[] {
    return [
      message.roomState(this.#peers.values()),
      ...this.#producers.layersWanted.map(({ of, wanted }) => message.producerLayersWanted(of, wanted)),
      message.speakersChanged(this.#speakers.state),
    ];
  }

  hasPeer(id: PeerId): boolean {
    return this.#peers.has(id);
  }

  peer(id: PeerId): Peer {
    this.#assertOpen();
    const peer = this.#peers.get(id);
    if (!peer) throw new ParleyError('peer_not_found');
    return peer;
  }

  close(cause: RoomCloseCause): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#unwatchedTimer);
    this.#producers.close();
    for (const peer of this.#peers.values()) {
      peer.close();
      this.#countPeer(-1, cause === 'worker_died' ? 'worker_died' : 'room_closed');
      this.emit('happened', message.peerClosed(peer.id, CLOSE_REASONS[cause]));
    }
    this.#peers.clear();
    this.#speakers.close();
    this.#router.close();
    this.#options.metrics.roomClosed(cause);
    this.#logger.info({ cause }, 'room closed');
    this.emit('closed');
    this.removeAllListeners();
  }

  /** A room nobody watches is closed after a while: whoever opened its peers has gone. */
  setWatched(watched: boolean): void {
    if (this.#closed) return;
    clearTimeout(this.#unwatchedTimer);
    if (watched) this.#unwatchedTimer = undefined;
    else
      this.#unwatchedTimer = setTimeout(
        () => this.close('unwatched'),
        this.#options.settings.unwatchedGraceMs,
      );
  }

  /** An open peer with the same capabilities is returned as it is. Calls for one room come one after the other. */
  async openPeer(id: PeerId, rtpCapabilities: RtpCapabilities): Promise<Peer> {
    this.#assertOpen();
    const open = this.#peers.get(id);
    if (open?.hasCapabilities(rtpCapabilities)) return open;
    if (open) throw new ParleyError('conflict', 'The peer is open with other RTP capabilities.');
    this.#opening++;
    try {
      checkRtpCapabilities(rtpCapabilities);
      return await this.#openPeer(id, rtpCapabilities);
    } finally {
      this.#opening--;
      this.#closeIfEmpty();
    }
  }

  /** Closing a peer that is not there is no error. */
  closePeer(id: PeerId): void {
    this.#assertOpen();
    const peer = this.#peers.get(id);
    if (peer) this.#dropPeer(peer, 'closed');
  }

  /** Creates a paused consumer of another peer's producer for this peer. */
  async consume(
    peer: Peer,
    producerId: ProducerId,
    preferredLayers?: PreferredLayers,
  ): Promise<PeerConsumer> {
    this.#assertOpen();
    const of = this.#producers.find(producerId);
    if (!of) throw new ParleyError('producer_not_found');
    const consumer = await this.#admitted(peer, producerId, () =>
      peer.consumers.consume(of, preferredLayers),
    );
    this.#producers.updateDemand(consumer);
    return consumer;
  }

  async #admitted(
    peer: Peer,
    producerId: ProducerId,
    consume: () => Promise<PeerConsumer>,
  ): Promise<PeerConsumer> {
    if (peer.consumers.has(producerId)) return consume();
    this.#options.admitConsumer(this.worker);
    return this.worker.makeConsumer(consume);
  }

  async #openPeer(id: PeerId, rtpCapabilities: RtpCapabilities): Promise<Peer> {
    const { settings } = this.#options;
    const { webRtcServer } = this.worker;
    const peer = await Peer.create({ id, rtpCapabilities, router: this.#router, webRtcServer, settings });
    if (this.#closed) {
      peer.close();
      throw new ParleyError('closed');
    }
    this.#peers.set(id, peer);
    this.#handlePeer(peer);
    this.#countPeer(1);
    return peer;
  }

  #handlePeer(peer: Peer): void {
    const tell = (event: message.RoomEventMessage) => this.emit('happened', event);
    peer.on('ice-timed-out', () => this.#dropTimedOut(peer));
    peer.producers.on('opened', (producer, raw) => this.#handleProducer(peer, producer, raw));
    peer.producers.on('scored', (producer, scores) =>
      tell(message.producerScored(peer.id, producer, scores)),
    );
    peer.producers.on('closed', (producer) => {
      this.#forgetProducer(producer);
      tell(message.producerClosed(peer.id, producer));
    });
    peer.consumers.on('demand-changed', (consumer) => this.#producers.updateDemand(consumer));
    peer.consumers.on('producer-closed', (consumer) => tell(message.consumerClosed(peer.id, consumer)));
    peer.consumers.on('scored', (consumer, score) => tell(message.consumerScored(peer.id, consumer, score)));
    peer.consumers.on('layers-changed', (consumer, layers) =>
      tell(message.consumerLayersChanged(peer.id, consumer, layers)),
    );
  }

  #handleProducer(peer: Peer, producer: PeerProducer, raw: types.Producer): void {
    this.#producers.add(peer.id, producer);
    // What a shared screen plays is not speech of the one who shares it.
    if (producer.source === 'microphone') {
      this.#speakers.add(peer.id, raw).catch((error: unknown) => {
        if (!producer.closed && !this.#closed) this.#logger.warn({ err: error }, 'speaker not observed');
      });
    }
  }

  #forgetProducer(producer: PeerProducer): void {
    this.#producers.remove(producer.id);
    this.#speakers.remove(producer.id);
  }

  #dropTimedOut(peer: Peer): void {
    this.#logger.info({ peerId: peer.id }, 'peer lost its transports');
    this.#dropPeer(peer, 'ice_timed_out');
  }

  #dropPeer(peer: Peer, cause: PeerCloseCause): void {
    this.#peers.delete(peer.id);
    peer.close();
    for (const producer of peer.producers.all) this.#forgetProducer(producer);
    for (const consumer of peer.consumers.all) this.#producers.updateDemand(consumer);
    this.#countPeer(-1, cause);
    if (cause === 'ice_timed_out')
      this.emit('happened', message.peerClosed(peer.id, 'PEER_CLOSE_REASON_ICE_TIMED_OUT'));
    this.#closeIfEmpty();
  }

  #closeIfEmpty(): void {
    if (this.#peers.size === 0 && this.#opening === 0) this.close('empty');
  }

  #countPeer(change: 1 | -1, cause: PeerCloseCause = 'closed'): void {
    this.worker.countPeers(change);
    if (change === 1) this.#options.metrics.peerOpened();
    else this.#options.metrics.peerClosed(cause);
  }

  #assertOpen(): void {
    if (this.#closed) throw new ParleyError('closed');
  }
}
