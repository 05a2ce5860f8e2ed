import type { Logger } from '@parley/common/logging';
import { ParleyError } from '@parley/proto/errors';
import type { PeerId, ProducerId, RoomCode, TraceId } from '@parley/proto/ids';
import {
  permissionsOf,
  publishes,
  SOURCE_PERMISSIONS,
  type Notification,
  type NotificationName,
  type Permission,
} from '@parley/proto/requests';
import {
  DEFAULT_ROOM_SETTINGS,
  leads,
  type Act,
  type PeerRecord,
  type ProducerRecord,
  type RoomSettings,
} from '@parley/proto/room';
import type { Source, TransportParameters } from '@parley/proto/rtp';
import type { RemoteNode } from '../nodes/remote-node.ts';
import type { RemotePeer } from '../nodes/remote-peer.ts';
import type { LivePeer, LiveRoomStore, PeerChange, PeerRef, SessionId } from '../store/live-room-store.ts';
import type { ClientLink, EndReason } from './client-link.ts';
import {
  mediaLost,
  mediaMoving,
  mediaOpened,
  ofRecord,
  pageClosed,
  producerMade,
  producerPaused,
  producersLost,
  producersPaused,
  socketFound,
  socketLost,
} from './peer-changes.ts';
import { SessionMedia } from './session-media.ts';

export type MediaLoss = Notification<'media:reset'>['reason'];

export type PeerSessionOptions = {
  code: RoomCode;
  /** The peer with this session, as the store has it or is about to have it. */
  peer: LivePeer;
  /** The peer's media; undefined if its node is not reachable from here, or if it has none. */
  media: RemotePeer | undefined;
  store: LiveRoomStore;
  link: ClientLink;
  resumeGraceMs: number;
  logger: Logger;
};

/**
 * One peer on one socket, from the join or resume until the peer leaves or another session takes the peer over. The
 * socket may be lost before. A session changes its own peer in the store and no other one.
 */
export class PeerSession {
  readonly code: RoomCode;
  readonly peerId: PeerId;
  readonly sessionId: SessionId;
  /** The peer's sessions up to this one. A session with fewer is a former one. */
  readonly claims: number;
  readonly traceId: TraceId;
  readonly logger: Logger;
  readonly #store: LiveRoomStore;
  readonly #link: ClientLink;
  readonly #resumeGraceMs: number;
  readonly #held: SessionMedia;
  #peer: LivePeer;
  #settings: RoomSettings = DEFAULT_ROOM_SETTINGS;
  /** Whether the next microphone is paused, because everybody enters the room muted. */
  #entersMuted = false;
  #leaving = false;
  #closed = false;

  constructor({ code, peer, media, store, link, resumeGraceMs, logger }: PeerSessionOptions) {
    this.code = code;
    this.peerId = peer.record.peerId;
    this.sessionId = peer.sessionId;
    this.claims = peer.claims;
    this.traceId = peer.traceId;
    this.logger = logger;
    this.#store = store;
    this.#link = link;
    this.#resumeGraceMs = resumeGraceMs;
    this.#peer = peer;
    // Of a session that takes over nobody knows here what the former one could still pass on.
    const isNew = peer.claims === 1;
    this.#held = new SessionMedia(media, peer.record.producers, {
      handUp: isNew ? false : undefined,
      maySend: !isNew || !this.receivesOnly,
    });
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** The client's address. Not for the store, nor for logs. */
  get address(): string {
    return this.#link.address;
  }

  get ref(): PeerRef {
    return { code: this.code, peerId: this.peerId, sessionId: this.sessionId };
  }

  /** The peer as the store had it after this session's last change. */
  get peer(): LivePeer {
    return this.#peer;
  }

  /** Whether the peer's role and the settings of the room allow it. */
  may(permission: Permission): boolean {
    return permissionsOf(this.#peer.record, this.#settings).includes(permission);
  }

  /** Whether the peer has no transport to send on: its role may send nothing, and its client asks for one when that changes. */
  get receivesOnly(): boolean {
    return this.#link.asksToSend && !publishes(this.#peer.record.role);
  }

  /** Whether the client has sent `room:leave`. */
  get leaving(): boolean {
    return this.#leaving;
  }

  /** Whether the client takes `peers:changed`. */
  get batches(): boolean {
    return this.#link.batches;
  }

  /** Whether the client takes a snapshot with a part of a crowd. */
  get pages(): boolean {
    return this.#link.pages;
  }

  /** Whether the client can be notified. */
  get connected(): boolean {
    return !this.#closed && !this.#link.closed;
  }

  /** Throws `media_unavailable` while the peer's media is lost and not reopened. */
  get media(): RemotePeer {
    this.#assertOpen();
    if (this.#held.current === undefined) throw new ParleyError('media_unavailable');
    return this.#held.current;
  }

  /** The media node that has this peer's transports. */
  get mediaNodeId(): string | undefined {
    return this.#held.current?.node.id;
  }

  /** The node of its media, or of the media that it had last: where the peer was, until it has media elsewhere. */
  get lastNode(): RemoteNode | undefined {
    return this.#held.lastNode;
  }

  /** The peer's producers, as far as this session made them or took them over. */
  get producerIds(): readonly ProducerId[] {
    return this.#held.producerIds;
  }

  /** Grows with each reopening of the media, so that an event about the media before can be recognised. */
  get mediaEpoch(): number {
    return this.#held.epoch;
  }

  /** Called by the room: the peer left, or another session has it. With a reason the socket ends too. */
  close(reason?: EndReason): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#held.clear();
    this.#held.releaseFormer();
    if (reason !== undefined) this.#link.end(reason);
  }

  /** Ends the socket. The peer stays in the store. */
  end(reason: EndReason): void {
    this.#link.end(reason);
  }

  notify<N extends NotificationName>(name: N, payload: Notification<N>): void {
    if (!this.#closed) this.#link.notify(name, payload);
  }

  /** The client has sent `room:leave`. If the store is away now, the peer leaves when it is back. */
  startLeaving(): void {
    this.#leaving = true;
  }

  /** Rejects with `closed` once another session has the peer. */
  async change(change: PeerChange): Promise<void> {
    const { code, peerId, sessionId } = this;
    const { after } = await this.#store.changePeer(code, peerId, { sessionId }, change);
    const { record } = this.#peer;
    // Somebody else may have changed the record after that, and the event of it was faster.
    this.#use(record.version > after.record.version ? { ...after, record } : after);
  }

  /** The record as an event has it: somebody else may have changed it. True if the peer may do other things than before. */
  adopt(record: PeerRecord): boolean {
    const former = this.#peer.record;
    if (this.#closed || record.version <= former.version) return false;
    this.#use({ ...this.#peer, record });
    return record.role !== former.role || record.mayUnmute !== former.mayUnmute;
  }

  /** The settings of the room, as the snapshot or an event has them. True if the peer may do other things than before. */
  adoptSettings(settings: RoomSettings): boolean {
    const before = permissionsOf(this.#peer.record, this.#settings);
    this.#settings = settings;
    const after = permissionsOf(this.#peer.record, settings);
    return before.length !== after.length || before.some((permission) => !after.includes(permission));
  }

  /** The peer has just joined. */
  enter(): void {
    this.#entersMuted = this.#settings.mutedOnEntry && !leads(this.#peer.record.role);
  }

  /**
   * Why a producer that is about to be made is paused although its client did not ask for that: a microphone that was muted while it
   * was away with its media, and the first one where everybody enters muted.
   */
  pauseReasonFor(source: Source): ProducerRecord['pauseReason'] {
    if (source !== 'microphone') return undefined;
    const onEntry = this.#entersMuted ? 'muted-on-entry' : undefined;
    this.#entersMuted = false;
    return this.#peer.lostMicrophone === 'muted' ? 'muted' : onEntry;
  }

  changeRecord(change: (record: PeerRecord) => PeerRecord): Promise<void> {
    return this.change(ofRecord(change));
  }

  /** The record in the store. Rejects with `closed` once another session has the peer. */
  async record(): Promise<PeerRecord> {
    const peer = await this.#store.findPeer(this.code, this.peerId);
    if (peer?.sessionId !== this.sessionId) throw new ParleyError('closed');
    return peer.record;
  }

  /** Throws `producer_not_found` for a producer of another peer. */
  assertOwn(producerId: ProducerId): void {
    if (!this.#held.has(producerId)) throw new ParleyError('producer_not_found');
  }

  async putProducer(producer: ProducerRecord): Promise<void> {
    this.#held.add(producer);
    await this.change(producerMade(producer));
  }

  /** The former media may still send the same source, so it ends as well. */
  async closeProducer(producerId: ProducerId): Promise<void> {
    await this.media.closeProducer(producerId);
    await this.#closeFormer();
    await this.removeProducers([producerId]);
  }

  /** Ends what the person turns off while the former media still sends it. Resolves with false for any other producer. */
  async endFormer(producerId: ProducerId): Promise<boolean> {
    this.#assertOpen();
    if (!this.#held.isFormer(producerId)) return false;
    const ended = await this.#held.endFormer(producerId);
    await this.removeProducers([producerId]);
    await this.#removeLeft(ended);
    return true;
  }

  /**
   * Changes the record first. Pauses on the node even if the store is away, so that the person is silent in any case.
   */
  async mute(producerId: ProducerId): Promise<void> {
    this.#held.setMuted(producerId, true);
    try {
      await this.change(producerPaused(producerId, true));
    } finally {
      await Promise.all([this.media.pauseProducer(producerId), this.#closeFormer()]);
    }
  }

  /**
   * Resumes on the node first. If the record cannot be changed, or the peer may not send this at that moment, the person stays
   * muted, on the node too. Rejects with `forbidden`.
   */
  async unmute(producerId: ProducerId): Promise<void> {
    const { media } = this;
    const resume: PeerChange = (peer) => {
      const producer = peer.record.producers.find((one) => one.producerId === producerId);
      if (producer !== undefined) assertMaySend(peer.record, this.#settings, producer.source, false);
      return producerPaused(producerId, false)(peer);
    };
    resume(this.#peer);
    await media.resumeProducer(producerId);
    try {
      await this.change(resume);
      this.#held.setMuted(producerId, false);
    } catch (error) {
      if (this.#held.isMuted(producerId)) await media.pauseProducer(producerId);
      throw error;
    }
  }

  /** Throws `forbidden` if the peer may not send this source, or may not send it without a pause. */
  assertMaySend(source: Source, paused: boolean): void {
    assertMaySend(this.#peer.record, this.#settings, source, paused);
  }

  /**
   * Somebody else has muted the peer: makes sure of it, here and on the node. If the person unmuted in the same moment, the
   * mute wins, and the person may unmute again.
   */
  async obeyMute(): Promise<void> {
    await this.#closeFormer();
    // As the stored peer has it.
    if (this.#peer.lostMicrophone === 'open') this.#peer = { ...this.#peer, lostMicrophone: 'muted' };
    if (this.#closed || this.#held.current === undefined) return;
    await this.#silence('muted');
  }

  /** Somebody else has stopped a camera or a screen of the peer, in the record and at the node of its present media. */
  async obeyStop(): Promise<void> {
    await this.#closeFormer();
  }

  /** What the peer may do has changed: ends what it may not send any more, and mutes what must not be heard. */
  async obeyRules(): Promise<void> {
    const { record } = this.#peer;
    const ended = record.producers.filter(({ source }) => !this.may(SOURCE_PERMISSIONS[source]));
    if (ended.length > 0 || !this.may('unmute')) await this.#closeFormer();
    if (this.#closed || this.#held.current === undefined) return;
    // The others have ended with the former media.
    const own = ended.filter(({ producerId }) => this.#held.has(producerId));
    for (const { producerId } of own) await this.media.closeProducer(producerId);
    if (ended.length > 0) await this.removeProducers(ended.map(({ producerId }) => producerId));
    // The sound of a screen ends with the screen.
    for (const { source } of ended)
      if (source !== 'screen-audio') this.#reportByRules({ kind: 'stopped', source });
    if (this.receivesOnly) await this.#held.closeSending(this.logger);
    if (this.may('unmute')) return;
    const isHeard = record.producers.some(({ source, paused }) => source === 'microphone' && !paused);
    await this.#silence('not-allowed');
    if (isHeard && this.may('publish:microphone')) this.#reportByRules({ kind: 'muted' });
  }

  /** Makes the transport to send on, or answers with the one that there is. If the role changes meanwhile, `obeyRules` comes next. */
  async openSending(): Promise<TransportParameters> {
    this.#assertOpen();
    return this.#held.openSending();
  }

  /** The node has paused the producer, because it sent too much. */
  async limitProducer(producerId: ProducerId): Promise<void> {
    if (!this.#held.has(producerId)) return;
    this.#held.setMuted(producerId, true);
    await this.change(producerPaused(producerId, true, 'over-limit'));
  }

  async removeProducers(producerIds: readonly ProducerId[]): Promise<void> {
    for (const producerId of producerIds) this.#held.remove(producerId);
    await this.changeRecord((record) => ({
      ...record,
      producers: record.producers.filter((producer) => !producerIds.includes(producer.producerId)),
    }));
  }

  /** Stores that the socket is lost. The others see the peer reconnecting until it resumes or its grace is over. */
  async loseSocket(): Promise<void> {
    await this.change(socketLost(this.#store.now() + this.#resumeGraceMs));
  }

  /** Stores that the page of the client goes away, which may come back within the grace. */
  async suspend(graceMs: number): Promise<void> {
    await this.change(pageClosed(this.#store.now() + graceMs));
  }

  /** Stores that the media is lost. The others see the peer reconnecting, and its client opens its media again. */
  async loseMedia(reason: MediaLoss): Promise<void> {
    if (this.#held.current === undefined) return;
    try {
      await this.giveUpMedia();
    } finally {
      this.notify('media:reset', { reason });
    }
  }

  /** Like `loseMedia`, but does not notify the client. Does not release what the node still has. */
  async giveUpMedia(): Promise<void> {
    this.#held.releaseFormer();
    this.#held.clear();
    await this.change(mediaLost);
  }

  /** The node is about to stop, and goes on for a while. The client opens its media again, while the former carries on. */
  async leaveNode(): Promise<void> {
    if (this.#held.current === undefined) return;
    this.#held.setAside((producerIds) => void this.#loseFormer(producerIds));
    try {
      await this.change(mediaMoving);
    } finally {
      this.notify('media:reset', { reason: 'room-moved' });
    }
  }

  /** Whether the client is to open its media again while the former carries on. */
  get moving(): boolean {
    return this.#held.moving;
  }

  /**
   * Uses new media from now on, without producers at first. If the store cannot be changed, rejects and has no media.
   * @param maySend Whether it has a transport to send on.
   */
  async reopenMedia(media: RemotePeer, maySend: boolean): Promise<void> {
    this.#assertOpen();
    this.#held.use(media, maySend);
    try {
      await this.change(mediaOpened(media.node.id));
      this.#held.opened();
      this.#use(this.#peer);
    } catch (error) {
      this.#held.clear();
      throw error;
    }
  }

  /** Called when the store is back: brings the stored peer in line with what happened on this instance meanwhile. */
  async realign(): Promise<void> {
    const presence = this.connected ? socketFound : socketLost(this.#store.now() + this.#resumeGraceMs);
    const mediaNodeId = this.mediaNodeId ?? null;
    const [own, muted] = [new Set(this.#held.producerIds), new Set(this.#held.mutedIds)];
    await this.change((stored) => {
      const peer = mediaNodeId === null ? mediaLost(stored) : stored;
      const producers = peer.record.producers
        .filter(({ producerId }) => own.has(producerId))
        .map((producer) => (muted.has(producer.producerId) ? { ...producer, paused: true } : producer));
      return presence({ ...peer, mediaNodeId, record: { ...peer.record, producers } });
    });
  }

  /** Brings the node's knowledge of the hand in line with the record, unless they are known to agree. */
  passHandOn(): void {
    this.#held.setHand(this.#peer.record.handRaisedAt !== null);
  }

  #use(peer: LivePeer): void {
    this.#peer = peer;
    this.passHandOn();
  }

  async #silence(reason: ProducerRecord['pauseReason']): Promise<void> {
    const microphones = this.#peer.record.producers.filter(({ source }) => source === 'microphone');
    for (const { producerId } of microphones) {
      this.#held.setMuted(producerId, true);
      await this.media.silenceProducer(producerId);
    }
    if (microphones.length > 0) await this.change(producersPaused(['microphone'], reason));
  }

  /** Called before something must not be heard or seen any more, whatever the client sends. */
  async #closeFormer(): Promise<void> {
    await this.#removeLeft(await this.#held.closeFormer());
  }

  /** The record loses what only the former media had. */
  async #removeLeft(producerIds: readonly ProducerId[]): Promise<void> {
    const isLeft = ({ producerId }: ProducerRecord): boolean => producerIds.includes(producerId);
    if (this.#peer.record.producers.some(isLeft)) await this.#changeAfterMove(producersLost(producerIds));
  }

  /** The time of the former media is over. If the client has opened no other by now, the others see the peer reconnecting. */
  async #loseFormer(producerIds: readonly ProducerId[]): Promise<void> {
    if (this.#held.current === undefined) await this.#changeAfterMove(mediaLost);
    else await this.#removeLeft(producerIds);
  }

  async #changeAfterMove(change: PeerChange): Promise<void> {
    if (this.#closed) return;
    await this.change(change).catch((err: unknown) =>
      this.logger.warn({ err }, 'producers of the former media not removed'),
    );
  }

  #reportByRules(given: Pick<Act, 'kind' | 'source'>): void {
    const act: Act = { ...given, byPeerId: null, byName: null, at: this.#store.now() };
    this.notify('act:done', { act });
  }

  #assertOpen(): void {
    if (this.#closed) throw new ParleyError('closed');
  }
}

/** Throws `forbidden`. */
function assertMaySend(record: PeerRecord, settings: RoomSettings, source: Source, paused: boolean): void {
  const permissions = permissionsOf(record, settings);
  const isHeard = source === 'microphone' && !paused;
  if (!permissions.includes(SOURCE_PERMISSIONS[source]) || (isHeard && !permissions.includes('unmute')))
    throw new ParleyError('forbidden');
}
