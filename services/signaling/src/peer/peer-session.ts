import type { Logger } from '@parley/common/logging';
import {
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
import type { LivePeer, LiveRoomStore, PeerChange, PeerRef, SessionId } from '../store/live-room-store.ts';
import type { RemotePeer } from '../nodes/remote-peer.ts';
import type { EndReason, ClientLink } from './client-link.ts';
import { socketFound, socketLost } from './peer-changes.ts';

export type MediaLoss = Notification<'media:reset'>['reason'];

export type PeerSessionOptions = {
  code: RoomCode;
  peerId: PeerId;
  sessionId: SessionId;
  permissions: readonly Permission[];
  traceId: TraceId;
  store: LiveRoomStore;
  outlet: ClientLink;
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
  readonly #outlet: ClientLink;
  readonly #producers = new Set<ProducerId>();
  /** Producers that are to be silent, whatever the store says: it may not have heard of it. */
  readonly #muted = new Set<ProducerId>();
  #peer: LivePeer | undefined;
  #left = false;
  #media: RemotePeer | undefined;
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

  /** The peer as the store had it when this session last changed it; undefined until it is let in. */
  get peer(): LivePeer | undefined {
    return this.#peer;
  }

  /** Whether its client said goodbye. */
  get left(): boolean {
    return this.#left;
  }

  /** Whether a client can be told anything. */
  get connected(): boolean {
    return !this.#closed && !this.#outlet.closed;
  }

  /** Throws `media_unavailable` while the peer's media is gone and not reopened. */
  get media(): RemotePeer {
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

  /** The store has the peer with this session. */
  admitted(peer: LivePeer): void {
    this.#peer = peer;
  }

  /** Its client said goodbye: should the store not hear of it now, the peer leaves later. */
  leaving(): void {
    this.#left = true;
  }

  /** The media node has this peer's transports now, and these producers. Who opened it has stored that. */
  mediaOpened(media: RemotePeer, producers: readonly ProducerRecord[] = []): void {
    this.#assertOpen();
    this.#media = media;
    this.#mediaEpoch += 1;
    this.#forgetProducers();
    for (const producer of producers) this.#remember(producer);
  }

  /** Its transports are given up, and others will be made: everybody sees that. What the node still has is its node's. */
  async dropMedia(): Promise<void> {
    this.mediaClosed();
    await this.change(withoutMedia);
  }

  /** The opposite of `mediaOpened`. */
  mediaClosed(): void {
    this.#media = undefined;
    this.#forgetProducers();
  }

  /** Rejects with `closed` once another session has the peer. */
  async change(change: PeerChange): Promise<LivePeer> {
    const { code, peerId, sessionId } = this;
    const peer = await this.#store.changePeer(code, peerId, { sessionId }, change);
    this.#peer = peer;
    return peer;
  }

  changeRecord(change: (record: PeerRecord) => PeerRecord): Promise<LivePeer> {
    return this.change((peer) => ({ ...peer, record: change(peer.record) }));
  }

  async record(): Promise<PeerRecord> {
    const peer = await this.#store.findPeer(this.code, this.peerId);
    if (peer?.sessionId !== this.sessionId) throw new ParleyError('closed');
    return peer.record;
  }

  /** Throws `producer_not_found` for what is not this peer's. */
  assertOwn(producerId: ProducerId): void {
    if (!this.#producers.has(producerId)) throw new ParleyError('producer_not_found');
  }

  /** A peer has one producer per source: the new one takes the place of the old one. */
  async putProducer(producer: ProducerRecord): Promise<void> {
    this.#remember(producer);
    await this.changeRecord((record) => ({
      ...record,
      producers: [...record.producers.filter((other) => other.source !== producer.source), producer],
    }));
  }

  /** The record is told first, and the node in any case: the person is silent although the store is away. */
  async mute(producerId: ProducerId): Promise<void> {
    this.#muted.add(producerId);
    try {
      await this.#setPaused(producerId, true);
    } finally {
      await this.media.pauseProducer(producerId);
    }
  }

  /** The node is told first. When the record cannot be changed the person stays muted, on the node too. */
  async unmute(producerId: ProducerId): Promise<void> {
    const { media } = this;
    await media.resumeProducer(producerId);
    try {
      await this.#setPaused(producerId, false);
      this.#muted.delete(producerId);
    } catch (error) {
      if (this.#muted.has(producerId)) await media.pauseProducer(producerId);
      throw error;
    }
  }

  async dropProducers(producerIds: readonly ProducerId[]): Promise<void> {
    for (const producerId of producerIds) this.#forget(producerId);
    await this.changeRecord((record) => ({
      ...record,
      producers: record.producers.filter((producer) => !producerIds.includes(producer.producerId)),
    }));
  }

  /** Everybody sees that the peer may come back until its time is over. */
  async loseSocket(graceMs: number): Promise<void> {
    await this.change(socketLost(graceMs));
  }

  /** After the store was away: what it has of this peer is brought in line with what happened here meanwhile. */
  async realign(graceMs: number): Promise<void> {
    const presence = this.connected ? socketFound : socketLost(graceMs);
    await this.change((peer) => {
      const producers = peer.record.producers
        .filter(({ producerId }) => this.#producers.has(producerId))
        .map((producer) => (this.#muted.has(producer.producerId) ? { ...producer, paused: true } : producer));
      return presence({
        ...peer,
        mediaNodeId: this.mediaNodeId ?? null,
        record: { ...peer.record, producers },
      });
    });
  }

  /** The media is gone, the peer is not: everybody sees that it is brought back, and its client is told to begin again. */
  async loseMedia(reason: MediaLoss): Promise<void> {
    if (this.#media === undefined) return;
    this.mediaClosed();
    try {
      await this.change(withoutMedia);
    } finally {
      this.notify('media:reset', { reason });
    }
  }

  async #setPaused(producerId: ProducerId, paused: boolean): Promise<void> {
    await this.changeRecord((record) => ({
      ...record,
      producers: record.producers.map((producer) =>
        producer.producerId === producerId ? { ...producer, paused } : producer,
      ),
    }));
  }

  #remember({ producerId, paused }: ProducerRecord): void {
    this.#producers.add(producerId);
    if (paused) this.#muted.add(producerId);
  }

  #forget(producerId: ProducerId): void {
    this.#producers.delete(producerId);
    this.#muted.delete(producerId);
  }

  #forgetProducers(): void {
    this.#producers.clear();
    this.#muted.clear();
  }

  #assertOpen(): void {
    if (this.#closed) throw new ParleyError('closed');
  }
}

/** No node stays named: a resume would take the media for kept. */
const withoutMedia: PeerChange = (peer) => ({
  ...peer,
  mediaNodeId: null,
  record: { ...peer.record, connection: 'reconnecting', producers: [] },
});
