import type { Logger } from '@parley/common/logging';
import { ParleyError } from '@parley/proto/errors';
import type { PeerId, ProducerId, RoomCode, TraceId } from '@parley/proto/ids';
import { publishes, type Notification, type NotificationName, type Permission } from '@parley/proto/requests';
import type { Act, PeerRecord } from '@parley/proto/room';
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
  socketFound,
  socketLost,
} from './peer-changes.ts';
import { PeerPermissions } from './peer-permissions.ts';
import { SentMedia } from './sent-media.ts';
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
  readonly permissions: PeerPermissions;
  /** What the peer sends. */
  readonly sent: SentMedia;
  readonly #store: LiveRoomStore;
  readonly #link: ClientLink;
  readonly #resumeGraceMs: number;
  readonly #held: SessionMedia;
  #peer: LivePeer;
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
    const record = (): PeerRecord => this.#peer.record;
    this.permissions = new PeerPermissions(record);
    this.sent = new SentMedia({
      held: this.#held,
      permissions: this.permissions,
      peer: () => this.#peer,
      onLostMuted: () => this.#muteLost(),
      change: (change) => this.change(change),
      receivesOnly: () => this.receivesOnly,
      onEnded: (act) => this.#reportByRules(act),
      logger,
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
    return this.permissions.includes(permission);
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

  /** Throws `media_unavailable` while the peer's media is lost and not reopened, and `closed` after the end of the session. */
  get media(): RemotePeer {
    return this.#held.media;
  }

  /** The media node that has this peer's transports. */
  get mediaNodeId(): string | undefined {
    return this.#held.current?.node.id;
  }

  /** The node of its media, or of the media that it had last: where the peer was, until it has media elsewhere. */
  get lastNode(): RemoteNode | undefined {
    return this.#held.lastNode;
  }

  /** Grows with each reopening of the media, so that an event about the media before can be recognised. */
  get mediaEpoch(): number {
    return this.#held.epoch;
  }

  /** Called by the room: the peer left, or another session has it. With a reason the socket ends too. */
  close(reason?: EndReason): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#held.close();
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

  changeRecord(change: (record: PeerRecord) => PeerRecord): Promise<void> {
    return this.change(ofRecord(change));
  }

  /** The record in the store. Rejects with `closed` once another session has the peer. */
  async record(): Promise<PeerRecord> {
    const peer = await this.#store.findPeer(this.code, this.peerId);
    if (peer?.sessionId !== this.sessionId) throw new ParleyError('closed');
    return peer.record;
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

  /** The time of the former media is over. If the client has opened no other by now, the others see the peer reconnecting. */
  async #loseFormer(producerIds: readonly ProducerId[]): Promise<void> {
    if (this.#held.current !== undefined) return this.sent.removeFormer(producerIds);
    if (this.#closed) return;
    await this.change(mediaLost).catch((err: unknown) => this.logger.warn({ err }, 'lost media not stored'));
  }

  /** As the stored peer has it. */
  #muteLost(): void {
    if (this.#peer.lostMicrophone === 'open') this.#peer = { ...this.#peer, lostMicrophone: 'muted' };
  }

  #reportByRules(given: Pick<Act, 'kind' | 'source'>): void {
    const act: Act = { ...given, byPeerId: null, byName: null, at: this.#store.now() };
    this.notify('act:done', { act });
  }

  #assertOpen(): void {
    if (this.#closed) throw new ParleyError('closed');
  }
}
