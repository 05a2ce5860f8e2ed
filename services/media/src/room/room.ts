import { EventEmitter } from 'node:events';
import type { Logger } from '@parley/common/logging';
import {
  ParleyError,
  type PeerId,
  type PreferredLayers,
  type ProducerId,
  type RtpCapabilities,
  type Source,
} from '@parley/proto';
import type { ConductOptions } from '../limits/conduct.ts';
import { Conducts } from '../limits/conducts.ts';
import type { RateWatch } from '../limits/rate-watch.ts';
import type { MediaRouter } from '../router/media-router.ts';
import type { PeerConsumer } from '../router/peer-consumer.ts';
import type { PeerProducer } from '../router/peer-producer.ts';
import type { Speakers } from '../router/speakers.ts';
import type { PeerCloseCause, RoomCloseCause } from './causes.ts';
import type { RoomId } from './ids.ts';
import { Peer, type PeerOptions, type PeerSettings } from './peer.ts';
import * as message from './room-events.ts';
import type { RoomMetrics } from './room-metrics.ts';
import { RoomProducers } from './room-producers.ts';
import { RoomUse } from './room-use.ts';
import { checkRtpCapabilities } from './rtp-validation.ts';

export type RoomSettings = PeerSettings & {
  /** How long a room without watchers stays open. */
  unwatchedGraceMs: number;
  /** How long a room in which nobody ever sent or received stays open. */
  unusedTimeoutMs: number;
  /** How long such a room stays open even when its place is needed. */
  idleMinMs: number;
  /** How long fewer layers must be wanted before the fall is reported to the sender. */
  lowerLayersAfterMs: number;
  conduct: ConductOptions;
};

/** The capacity of the room's worker. `openPeer` and `makeConsumer` run their argument, or throw `at_capacity`. */
export interface RoomCapacity {
  openPeer<T>(open: () => Promise<T>): Promise<T>;
  releasePeer(): void;
  makeConsumer<T>(make: () => Promise<T>): Promise<T>;
}

export type RoomOptions = {
  id: RoomId;
  /** Belongs to the room, which closes it. */
  router: MediaRouter;
  capacity: RoomCapacity;
  /** Looks at what the peers send. */
  rates: Pick<RateWatch, 'add' | 'remove'>;
  settings: RoomSettings;
  logger: Logger;
  metrics: RoomMetrics;
};

/** What the end of a room means for its peers, where it is not `room_closed`. */
const PEER_CAUSES: Partial<Record<RoomCloseCause, 'worker_died' | 'unused'>> = {
  worker_died: 'worker_died',
  unused: 'unused',
};

type RoomEvents = { happened: [message.RoomEventMessage]; closed: [] };

/** A room on one router: its peers, their producers and consumers, the active speakers and the wanted layers. */
export class Room extends EventEmitter<RoomEvents> {
  readonly id: RoomId;
  readonly #router: MediaRouter;
  readonly #speakers: Speakers;
  readonly #capacity: RoomCapacity;
  readonly #settings: RoomSettings;
  readonly #metrics: RoomMetrics;
  readonly #logger: Logger;
  readonly #peers = new Map<PeerId, Peer>();
  readonly #producers: RoomProducers;
  readonly #use: RoomUse;
  readonly #rates: RoomOptions['rates'];
  readonly #conducts: Conducts;
  #opening = 0;
  #unwatchedTimer: NodeJS.Timeout | undefined;
  #closed = false;

  static async create(options: RoomOptions): Promise<Room> {
    try {
      return new Room(options, await options.router.createSpeakers());
    } catch (error) {
      options.router.close();
      throw error;
    }
  }

  private constructor(options: RoomOptions, speakers: Speakers) {
    super();
    this.id = options.id;
    this.#router = options.router;
    this.#capacity = options.capacity;
    this.#settings = options.settings;
    this.#rates = options.rates;
    this.#conducts = new Conducts(options.settings.conduct);
    this.#metrics = options.metrics;
    this.#logger = options.logger.child({ roomId: options.id });
    this.#speakers = speakers;
    this.#producers = new RoomProducers(options.settings.lowerLayersAfterMs);
    this.#producers.on('layers-wanted', (producer, wanted) =>
      this.#report(message.producerLayersWanted(producer, wanted)),
    );
    speakers.on('changed', (state) => this.#report(message.speakersChanged(state)));
    this.#use = new RoomUse(options.settings.unusedTimeoutMs);
    this.#use.once('expired', () => this.close('unused'));
    this.#metrics.roomOpened();
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** How long the room takes a place for nothing, in milliseconds; undefined once somebody sent or received. */
  get idleMs(): number | undefined {
    return this.#use.idleMs;
  }

  get peerCount(): number {
    return this.#peers.size;
  }

  /** The first events of a new watcher: the state, then everything that is otherwise reported only when it changes. */
  get snapshot(): message.RoomEventMessage[] {
    return [
      message.roomState(this.#peers.values()),
      ...this.#producers.wantedLayers.map(({ producer, wanted }) =>
        message.producerLayersWanted(producer, wanted),
      ),
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
    this.#use.close();
    this.#producers.close();
    const peerCause = PEER_CAUSES[cause] ?? 'room_closed';
    for (const peer of this.#peers.values()) {
      this.#endPeer(peer, peerCause);
      this.#report(message.peerClosed(peer.id, peerCause));
    }
    this.#peers.clear();
    this.#speakers.close();
    this.#router.close();
    this.#metrics.roomClosed(cause);
    this.#logger.info({ cause }, 'room closed');
    this.emit('closed');
    this.removeAllListeners();
  }

  /**
   * A room without watchers is closed after a grace period, because the signaling instance that opened its peers is
   * gone.
   */
  setWatched(watched: boolean): void {
    if (this.#closed) return;
    clearTimeout(this.#unwatchedTimer);
    this.#unwatchedTimer = watched
      ? undefined
      : setTimeout(() => this.close('unwatched'), this.#settings.unwatchedGraceMs);
  }

  /**
   * Returns an open peer with the same capabilities as it is. The caller makes the calls for one room one after the
   * other.
   *
   * @param origin Names where the peer comes from. Without it the peer is by itself.
   */
  async openPeer(id: PeerId, rtpCapabilities: RtpCapabilities, origin: string = id): Promise<Peer> {
    this.#assertOpen();
    const open = this.#peers.get(id);
    if (open?.hasCapabilities(rtpCapabilities)) return open;
    if (open) throw new ParleyError('conflict', 'The peer is open with other RTP capabilities.');
    if (this.#conducts.hasEnded(id)) throw new ParleyError('over_limit');
    this.#opening++;
    try {
      checkRtpCapabilities(rtpCapabilities);
      return await this.#capacity.openPeer(() => this.#openPeer({ id, rtpCapabilities, origin }));
    } finally {
      this.#opening--;
      this.#closeIfEmpty();
    }
  }

  /** Closing an unknown peer is no error. */
  closePeer(id: PeerId): void {
    this.#assertOpen();
    const peer = this.#peers.get(id);
    if (peer) this.#removePeer(peer, 'closed');
  }

  /** Creates a paused consumer of another peer's producer for this peer. */
  async consume(
    peer: Peer,
    producerId: ProducerId,
    preferredLayers?: PreferredLayers,
  ): Promise<PeerConsumer> {
    this.#assertOpen();
    const producer = this.#producers.find(producerId);
    if (!producer) throw new ParleyError('producer_not_found');
    const consume = () => peer.consumers.consume(producer, preferredLayers);
    const isCounted = peer.consumers.has(producerId);
    const consumer = await (isCounted ? consume() : this.#capacity.makeConsumer(consume));
    this.#producers.updateDemand(consumer);
    return consumer;
  }

  async #openPeer(given: Pick<PeerOptions, 'id' | 'rtpCapabilities' | 'origin'>): Promise<Peer> {
    const { id } = given;
    const mayRun: PeerOptions['mayRun'] = (sender, source) => this.#conducts.mayRun(sender, source);
    const peer = await Peer.create({ ...given, router: this.#router, settings: this.#settings, mayRun });
    if (this.#closed) {
      peer.close();
      throw new ParleyError('closed');
    }
    this.#peers.set(id, peer);
    this.#handlePeer(peer);
    this.#metrics.peerOpened();
    return peer;
  }

  #handlePeer(peer: Peer): void {
    const { id, producers, consumers, meter } = peer;
    peer.on('ice-timed-out', () => this.#removeTimedOut(peer));
    peer.on('never-connected', () => this.#removeNeverConnected(peer));
    peer.on('dtls-failed', () => this.#metrics.networkInTrouble('dtls_failed', peer.origin));
    peer.once('connected', () => {
      this.#use.begin();
      this.#rates.add(meter);
    });
    if (this.#producers.size > 0) peer.expectConnection();
    meter.on('exceeded', (source) => this.#sanction(peer, source));
    producers.on('opened', (producer) => this.#addProducer(peer, producer));
    producers.on('scored', (producer, scores) => this.#report(message.producerScored(id, producer, scores)));
    producers.on('closed', (producer) => {
      this.#report(message.producerClosed(id, producer));
      this.#removeProducer(producer);
    });
    consumers.on('demand-changed', (consumer) => this.#producers.updateDemand(consumer));
    consumers.on('producer-closed', (consumer) => this.#report(message.consumerClosed(id, consumer)));
    consumers.on('scored', (consumer, score) => this.#report(message.consumerScored(id, consumer, score)));
    consumers.on('layers-changed', (consumer, layers) =>
      this.#report(message.consumerLayersChanged(id, consumer, layers)),
    );
  }

  #addProducer(peer: Peer, producer: PeerProducer): void {
    this.#producers.add(peer.id, producer);
    for (const other of this.#peers.values()) if (other !== peer) other.expectConnection();
    peer.meter.begin(producer);
    this.#rates.add(peer.meter);
    // The sound of a shared screen is not speech of the peer that shares it.
    if (producer.source !== 'microphone') return;
    this.#speakers.add(peer.id, producer.id).catch((error: unknown) => {
      if (!producer.closed && !this.#closed) this.#logger.warn({ err: error }, 'speaker not observed');
    });
  }

  /**
   * Ends the consumers of the producer at once. The worker closes them with the producer and reports that later; a
   * client that closes its consumer in between would make the worker fail with "Consumer not found".
   */
  #removeProducer(producer: PeerProducer): void {
    this.#producers.remove(producer.id);
    this.#speakers.remove(producer.id);
    for (const peer of this.#peers.values()) peer.consumers.producerClosed(producer.id);
  }

  /** The peer sends more than it may, of this source or of all together. */
  #sanction(peer: Peer, source: Source | undefined): void {
    const sanction = this.#conducts.strike(peer, source);
    this.#metrics.sanctioned(sanction);
    this.#logger.warn({ peerId: peer.id, source, sanction }, 'peer sends too much');
    if (sanction === 'end') return this.#removePeer(peer, 'over_limit');
    const producer = peer.producers.all.find((one) => one.source === source);
    // The peer has closed it meanwhile, and cannot make it again for a while.
    if (producer === undefined) return;
    producer.limit().then(
      () => this.#report(message.producerLimited(peer.id, producer)),
      (error: unknown) => {
        if (!producer.closed) this.#logger.error({ err: error }, 'producer not paused');
      },
    );
  }

  #removeTimedOut(peer: Peer): void {
    this.#metrics.networkInTrouble('ice_timed_out', peer.origin);
    this.#logger.info({ peerId: peer.id }, 'peer lost its transports');
    this.#removePeer(peer, 'ice_timed_out');
  }

  #removeNeverConnected(peer: Peer): void {
    this.#logger.info({ peerId: peer.id }, 'peer never connected');
    this.#removePeer(peer, 'never_connected');
  }

  #removePeer(peer: Peer, cause: Exclude<PeerCloseCause, 'worker_died' | 'room_closed'>): void {
    this.#peers.delete(peer.id);
    this.#endPeer(peer, cause);
    for (const producer of peer.producers.all) this.#removeProducer(producer);
    for (const consumer of peer.consumers.all) this.#producers.updateDemand(consumer);
    if (cause !== 'closed') this.#report(message.peerClosed(peer.id, cause));
    this.#closeIfEmpty();
  }

  #endPeer(peer: Peer, cause: PeerCloseCause): void {
    peer.close();
    this.#rates.remove(peer.meter);
    this.#capacity.releasePeer();
    this.#metrics.peerClosed(cause);
  }

  #closeIfEmpty(): void {
    if (this.#peers.size === 0 && this.#opening === 0) this.close('empty');
  }

  #report(event: message.RoomEventMessage): void {
    this.emit('happened', event);
  }

  #assertOpen(): void {
    if (this.#closed) throw new ParleyError('closed');
  }
}
