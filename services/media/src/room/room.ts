import { EventEmitter } from 'node:events';
import type { Logger } from '@parley/common/logging';
import { ParleyError } from '@parley/proto/errors';
import type { PeerId } from '@parley/proto/ids';
import type { RtpCapabilities } from '@parley/proto/rtp';
import type { PeerProducer } from '../router/peer-producer.ts';
import { RoomVoices } from '../speakers/room-voices.ts';
import type { MediaWorker } from '../worker/media-worker.ts';
import type { PeerCloseCause, RoomCloseCause } from './causes.ts';
import type { RoomId } from './ids.ts';
import { Peer, type PeerOptions } from './peer.ts';
import { comingStreams, hasArrived } from './peer-consumers.ts';
import { reportStreams } from './peer-reports.ts';
import { RoomConduct } from './room-conduct.ts';
import { RoomConsumers } from './room-consumers.ts';
import * as message from './room-events.ts';
import { RoomLinks } from './room-links.ts';
import type { RoomMetrics } from './room-metrics.ts';
import type { RoomOptions, RoomSettings } from './room-options.ts';
import { RoomProducers } from './room-producers.ts';
import { RoomRouters } from './room-routers.ts';
import { RoomUse } from './room-use.ts';
import { checkRtpCapabilities } from './rtp-validation.ts';

/** What the end of a room means for its peers, where it is not `room_closed`. */
const PEER_CAUSES: Partial<Record<RoomCloseCause, 'worker_died' | 'unused'>> = {
  worker_died: 'worker_died',
  unused: 'unused',
};

/** What is said of a peer that is opened. */
export type PeerOpening = Partial<Pick<PeerOptions, 'origin' | 'receiveOnly'>>;

type RoomEvents = { happened: [message.RoomEventMessage]; closed: [] };

/** A room: its peers, each on one of its routers, from the opening to the end, and what follows from what they do for the parts of the room. */
export class Room extends EventEmitter<RoomEvents> {
  readonly id: RoomId;
  /** To other media nodes. */
  readonly links: RoomLinks;
  readonly consumers: RoomConsumers;
  readonly #routers: RoomRouters;
  readonly #settings: RoomSettings;
  readonly #metrics: RoomMetrics;
  readonly #logger: Logger;
  readonly #peers = new Map<PeerId, Peer>();
  readonly #producers: RoomProducers;
  readonly #use: RoomUse;
  readonly #conduct: RoomConduct;
  readonly #voices: RoomVoices;
  #opening = 0;
  #unwatchedTimer: NodeJS.Timeout | undefined;
  #closed = false;

  static async create(options: RoomOptions): Promise<Room> {
    const { places, metrics, settings } = options;
    return new Room(options, await RoomRouters.create({ places, metrics, ...settings }));
  }

  private constructor(options: RoomOptions, routers: RoomRouters) {
    super();
    this.id = options.id;
    this.#routers = routers;
    this.#settings = options.settings;
    this.#metrics = options.metrics;
    this.#logger = options.logger.child({ roomId: options.id });
    this.#conduct = new RoomConduct(options.settings.conduct, options.metrics, this.#logger);
    this.#conduct.on('limited', (peer, producer) => this.#report(message.producerLimited(peer.id, producer)));
    this.#conduct.on('ended', (peer) => this.#removePeer(peer, 'over_limit'));
    this.#producers = new RoomProducers(options.settings.lowerLayersAfterMs);
    this.#producers.on('layers-wanted', (producer, wanted) =>
      this.#report(message.producerLayersWanted(producer, wanted)),
    );
    this.#voices = new RoomVoices({
      size: options.settings.voices,
      consumersOf: (producerId) => this.consumers.of(producerId),
      metrics: options.metrics,
    });
    this.#voices.on('changed', (voices) => this.#report(message.voicesChanged(voices)));
    const { homes } = options;
    const parts = { peers: this.#peers, producers: this.#producers, voices: this.#voices, routers };
    this.links = new RoomLinks({ roomId: this.id, homes, ...parts });
    this.consumers = new RoomConsumers({ ...parts, foreign: this.links.foreign });
    this.consumers.on('given-up', (peer, consumer) => {
      this.#metrics.pictureGivenUp();
      this.#report(message.consumerClosed(peer.id, consumer));
    });
    this.links.on('sound-carried', (producerId, router) => this.consumers.giveWay(producerId, router));
    routers.on('lost', (producerId, target) => this.consumers.producerLost(producerId, target));
    routers.speakers.on('changed', (state) => {
      this.#voices.heard(state);
      this.#report(message.speakersChanged(state));
    });
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

  /** The workers that the room uses, the first first. */
  get workers(): readonly MediaWorker[] {
    return this.#routers.workers;
  }

  /** Producers on other routers than their own: one for each producer and router. */
  get pipeCount(): number {
    return this.#routers.pipeCount;
  }

  /** The first events of a new watcher: the state, then everything that is otherwise reported only when it changes. */
  get snapshot(): message.RoomEventMessage[] {
    return [
      message.roomState(this.#peers.values()),
      ...this.#producers.wantedLayers.map(({ producer, wanted }) =>
        message.producerLayersWanted(producer, wanted),
      ),
      message.speakersChanged(this.#routers.speakers.state),
      message.voicesChanged(this.#voices.forwarded),
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
    this.#conduct.close();
    this.links.close();
    this.consumers.close();
    this.#voices.close();
    this.#producers.close();
    const peerCause = PEER_CAUSES[cause] ?? 'room_closed';
    for (const peer of this.#peers.values()) {
      this.#endPeer(peer, peerCause);
      this.#report(message.peerClosed(peer.id, peerCause));
    }
    this.#peers.clear();
    this.#routers.close();
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
   * @param receiveOnly The peer has no transport to send on; one that is open already loses it.
   */
  async openPeer(
    id: PeerId,
    rtpCapabilities: RtpCapabilities,
    { origin = id, receiveOnly = false }: PeerOpening = {},
  ): Promise<Peer> {
    this.#assertOpen();
    const open = this.#peers.get(id);
    if (open?.hasCapabilities(rtpCapabilities)) return open.openAgain(receiveOnly);
    if (open) throw new ParleyError('conflict', 'The peer is open with other RTP capabilities.');
    if (this.#conduct.hasEnded(id)) throw new ParleyError('over_limit');
    this.#opening++;
    let peer: Peer | undefined;
    const placedAtMs = performance.now();
    const coming = (): number | undefined => this.#comingTo(peer, placedAtMs);
    try {
      checkRtpCapabilities(rtpCapabilities);
      peer = await this.#routers.openPeer(
        (router) => this.#openPeer({ id, rtpCapabilities, origin, receiveOnly, router }),
        coming,
      );
      return peer;
    } finally {
      this.#opening--;
      this.#closeUnused();
    }
  }

  /** Closing an unknown peer is no error. */
  closePeer(id: PeerId): void {
    this.#assertOpen();
    const peer = this.#peers.get(id);
    if (peer) this.#removePeer(peer, 'closed');
  }

  /** Call it when a worker died. Only the peers on it lose their media. */
  workerDied(worker: MediaWorker): void {
    const router = this.#routers.find(worker);
    if (router === undefined || this.#closed) return;
    if (this.#routers.size === 1) return this.close('worker_died');
    this.#routers.remove(router);
    const lost = [...this.#peers.values()].filter((peer) => peer.router === router);
    this.#logger.warn(
      { worker: worker.index, lost: lost.length, peers: this.peerCount },
      'room lost a router',
    );
    this.#removePeers(lost, 'worker_died');
  }

  /** The hand of a person who is in line to speak. An unknown peer is no error: it may have left. */
  setHand(id: PeerId, raised: boolean): void {
    this.#assertOpen();
    if (!this.#peers.has(id)) return;
    this.#voices.setHand(id, raised);
    this.links.handChanged(id);
  }

  hasHandUp(id: PeerId): boolean {
    return this.#voices.hasHandUp(id);
  }

  /** Undefined: nothing, from now on. The peer is undefined while it is being opened. */
  #comingTo(peer: Peer | undefined, placedAtMs: number): number | undefined {
    const nowMs = performance.now();
    const firstConsumerAtMs = peer?.consumers.firstAtMs;
    if (peer?.closed === true || hasArrived({ firstConsumerAtMs }, nowMs)) return undefined;
    const others = this.#peers.size - (peer === undefined ? 0 : 1);
    const mayBeInLobby = this.#producers.size > 0 && (peer?.producers.all.length ?? 0) === 0;
    const has = peer?.consumers.all.length ?? 0;
    return comingStreams({ others, has, placedAtMs, firstConsumerAtMs, mayBeInLobby }, nowMs);
  }

  async #openPeer(given: Omit<PeerOptions, 'settings' | 'mayRun' | 'reach'>): Promise<Peer> {
    const { id, router } = given;
    const reach: PeerOptions['reach'] = (producerId) => this.consumers.reach(producerId, router);
    const mayRun: PeerOptions['mayRun'] = (sender, source) => this.#conduct.mayRun(sender, source);
    const peer = await Peer.create({ ...given, settings: this.#settings, mayRun, reach });
    if (this.#closed || router.worker.closed) {
      peer.close();
      throw new ParleyError(this.#closed ? 'closed' : 'media_unavailable');
    }
    this.#peers.set(id, peer);
    this.#handlePeer(peer);
    this.#metrics.peerOpened();
    return peer;
  }

  #handlePeer(peer: Peer): void {
    const { producers, consumers, meter } = peer;
    peer.on('ice-timed-out', () => {
      this.#metrics.networkInTrouble('ice_timed_out', peer.origin);
      this.#removeLost(peer, 'ice_timed_out');
    });
    peer.on('never-connected', () => this.#removeLost(peer, 'never_connected'));
    peer.on('dtls-failed', () => this.#metrics.networkInTrouble('dtls_failed', peer.origin));
    peer.once('connected', () => {
      this.#use.begin();
      peer.router.rates.add(meter);
    });
    if (this.#producers.size > 0) peer.expectConnection();
    meter.on('exceeded', (source) => this.#conduct.sanction(peer, source));
    reportStreams(peer, (event) => this.#report(event));
    producers.on('opened', (producer) => this.#addProducer(peer, producer));
    producers.on('closed', (producer) => this.#removeProducer(peer, producer));
    consumers.on('demand-changed', (consumer) => this.consumers.updateDemand(consumer));
    consumers.on('producer-closed', (consumer) => this.consumers.updateDemand(consumer));
  }

  #addProducer(peer: Peer, producer: PeerProducer): void {
    this.#producers.add(peer, producer);
    for (const other of this.#peers.values()) if (other !== peer) other.expectConnection();
    peer.meter.begin(producer);
    peer.router.rates.add(peer.meter);
    // The sound of a shared screen is not speech of the peer that shares it.
    if (producer.source !== 'microphone') return;
    this.#voices.add(peer.id, producer);
    this.links.addVoice(peer, producer);
    peer.router.speakers.add(peer.id, producer.id).catch((error: unknown) => {
      if (!producer.closed && !this.#closed) this.#logger.warn({ err: error }, 'speaker not observed');
    });
  }

  #removeProducer({ router }: Peer, { id }: PeerProducer): void {
    this.consumers.producerClosed(id);
    this.#producers.remove(id);
    this.#voices.remove(id);
    router.speakers.remove(id);
    this.#routers.producerClosed(id);
    this.links.producerClosed(id);
  }

  #removeLost(peer: Peer, cause: 'ice_timed_out' | 'never_connected'): void {
    this.#logger.info({ peerId: peer.id, cause }, 'peer lost its transports, or never had any');
    this.#removePeer(peer, cause);
  }

  #removePeer(peer: Peer, cause: Exclude<PeerCloseCause, 'room_closed'>): void {
    this.#removePeers([peer], cause);
  }

  #removePeers(peers: readonly Peer[], cause: Exclude<PeerCloseCause, 'room_closed'>): void {
    for (const peer of peers) {
      this.#peers.delete(peer.id);
      this.#endPeer(peer, cause);
    }
    for (const peer of peers) {
      for (const producer of peer.producers.all) this.#removeProducer(peer, producer);
      for (const consumer of peer.consumers.all) this.consumers.updateDemand(consumer);
      this.#voices.removePeer(peer.id);
      this.links.peerLeft(peer.id);
      if (cause !== 'closed') this.#report(message.peerClosed(peer.id, cause));
    }
    this.#closeUnused();
  }

  #endPeer(peer: Peer, cause: PeerCloseCause): void {
    const { router } = peer;
    peer.close();
    router.rates.remove(peer.meter);
    router.releasePeer();
    this.#metrics.peerClosed(cause);
  }

  /** A room without peers ends, and so does a router without peers if it is not the only one. */
  #closeUnused(): void {
    if (this.#peers.size === 0 && this.#opening === 0) this.close('empty');
    else this.#routers.closeUnused();
  }

  #report(event: message.RoomEventMessage): void {
    this.emit('happened', event);
  }

  #assertOpen(): void {
    if (this.#closed) throw new ParleyError('closed');
  }
}
