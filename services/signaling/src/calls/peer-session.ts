import type { Logger } from '@parley/common';
import {
  findProducer,
  ParleyError,
  type Notification,
  type NotificationName,
  type PeerId,
  type PeerRecord,
  type Permission,
  type ProducerId,
  type ProducerRecord,
  type RoomCode,
  type TraceId,
} from '@parley/proto';
import type { LivePeer, LiveRoomStore, PeerChange, PeerRef, SessionId } from '../live/live-room-store.ts';
import type { MediaPeer } from '../media/media-peer.ts';
import type { EndReason, Outlet } from './outlet.ts';

export type MediaLoss = Notification<'media:reset'>['reason'];

export type PeerSessionOptions = {
  code: RoomCode;
  peerId: PeerId;
  sessionId: SessionId;
  permissions: readonly Permission[];
  traceId: TraceId;
  store: LiveRoomStore;
  outlet: Outlet;
  logger: Logger;
};

/**
 * One stay of a peer on one socket, from the join or resume until the peer leaves, is taken over or times out; the
 * socket may be lost before. It changes its own peer in the store and nobody else's.
 */
export class PeerSession {
  readonly code: RoomCode;
  readonly peerId: PeerId;
  readonly sessionId: SessionId;
  readonly permissions: readonly Permission[];
  readonly traceId: TraceId;
  readonly logger: Logger;
  readonly #store: LiveRoomStore;
  readonly #outlet: Outlet;
  readonly #producers = new Set<ProducerId>();
  #media: MediaPeer | undefined;
  #mediaEpoch = 0;
  #closed = false;

  constructor(options: PeerSessionOptions) {
    this.code = options.code;
    this.peerId = options.peerId;
    this.sessionId = options.sessionId;
    this.permissions = options.permissions;
    this.traceId = options.traceId;
    this.logger = options.logger;
    this.#store = options.store;
    this.#outlet = options.outlet;
  }

  get closed(): boolean {
    return this.#closed;
  }

  get ref(): PeerRef {
    return { code: this.code, peerId: this.peerId, sessionId: this.sessionId };
  }

  /** Throws `media_unavailable` while the peer's media is gone and not reopened. */
  get media(): MediaPeer {
    this.#assertOpen();
    if (this.#media === undefined) throw new ParleyError('media_unavailable');
    return this.#media;
  }

  /** The media node that has this peer's transports. */
  get mediaNodeId(): string | undefined {
    return this.#media?.node.id;
  }

  /** What this peer produces, as far as this session made or took it over. */
  get producerIds(): readonly ProducerId[] {
    return [...this.#producers];
  }

  /** Differs for each opening of the media, so that news of an earlier one can be told from news of this one. */
  get mediaEpoch(): number {
    return this.#mediaEpoch;
  }

  /** By the room: the peer left, or another session has it. Ends the socket if it is told why. */
  close(reason?: EndReason): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#media = undefined;
    if (reason !== undefined) this.#outlet.end(reason);
  }

  /** Ends the socket; the peer stays in the store. */
  end(reason: EndReason): void {
    this.#outlet.end(reason);
  }

  notify<N extends NotificationName>(name: N, payload: Notification<N>): void {
    if (!this.#closed) this.#outlet.notify(name, payload);
  }

  /** The media node has this peer's transports now, and these producers. Who opened it has stored that. */
  mediaOpened(media: MediaPeer, producers: readonly ProducerRecord[] = []): void {
    this.#assertOpen();
    this.#media = media;
    this.#mediaEpoch += 1;
    this.#producers.clear();
    for (const { producerId } of producers) this.#producers.add(producerId);
  }

  /** Its transports are given up: everybody sees the peer without producers. What the node still has is its node's. */
  async dropMedia(): Promise<void> {
    this.#mediaClosed();
    await this.changeRecord((record) => ({ ...record, producers: [] }));
  }

  /** Rejects with `closed` once another session has the peer. */
  change(change: PeerChange): Promise<LivePeer> {
    return this.#store.changePeer(this.code, this.peerId, { sessionId: this.sessionId }, change);
  }

  changeRecord(change: (record: PeerRecord) => PeerRecord): Promise<LivePeer> {
    return this.change((peer) => ({ ...peer, record: change(peer.record) }));
  }

  async record(): Promise<PeerRecord> {
    const peer = await this.#store.findPeer(this.code, this.peerId);
    if (peer?.sessionId !== this.sessionId) throw new ParleyError('closed');
    return peer.record;
  }

  /** Rejects with `producer_not_found` for what is not this peer's. */
  async ownProducer(producerId: ProducerId): Promise<ProducerRecord> {
    const producer = findProducer(await this.record(), producerId);
    if (producer === undefined) throw new ParleyError('producer_not_found');
    return producer;
  }

  /** A peer has one producer per source: the new one takes the place of the old one. */
  async putProducer(producer: ProducerRecord): Promise<void> {
    this.#producers.add(producer.producerId);
    await this.changeRecord((record) => ({
      ...record,
      producers: [...record.producers.filter((other) => other.source !== producer.source), producer],
    }));
  }

  async setProducerPaused(producerId: ProducerId, paused: boolean): Promise<void> {
    await this.changeRecord((record) => ({
      ...record,
      producers: record.producers.map((producer) =>
        producer.producerId === producerId ? { ...producer, paused } : producer,
      ),
    }));
  }

  async dropProducers(producerIds: readonly ProducerId[]): Promise<void> {
    for (const producerId of producerIds) this.#producers.delete(producerId);
    await this.changeRecord((record) => ({
      ...record,
      producers: record.producers.filter((producer) => !producerIds.includes(producer.producerId)),
    }));
  }

  /** Everybody sees that the peer may come back until its time is over. */
  async loseSocket(graceMs: number): Promise<void> {
    await this.change((peer) => ({
      ...peer,
      expiresAt: Date.now() + graceMs,
      record: { ...peer.record, connection: 'reconnecting' },
    }));
  }

  /** The media is gone, the peer is not: everybody sees it without producers, and its client is told to begin again. */
  async loseMedia(reason: MediaLoss): Promise<void> {
    if (this.#media === undefined) return;
    this.#mediaClosed();
    await this.change((peer) => ({ ...peer, mediaNodeId: null, record: { ...peer.record, producers: [] } }));
    this.notify('media:reset', { reason });
  }

  #mediaClosed(): void {
    this.#media = undefined;
    this.#producers.clear();
  }

  #assertOpen(): void {
    if (this.#closed) throw new ParleyError('closed');
  }
}
