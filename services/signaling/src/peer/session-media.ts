import type { Logger } from '@parley/common/logging';
import { ParleyError } from '@parley/proto/errors';
import type { ProducerId } from '@parley/proto/ids';
import type { ProducerRecord } from '@parley/proto/room';
import type { TransportParameters } from '@parley/proto/rtp';
import type { RemoteNode } from '../nodes/remote-node.ts';
import type { RemotePeer } from '../nodes/remote-peer.ts';
import { FormerMedia } from './former-media.ts';

/** What a session has on media nodes: its present media, and during a move the former one. The record in the store is the session's. */
export class SessionMedia {
  #current: RemotePeer | undefined;
  #lastNode: RemoteNode | undefined;
  #former: FormerMedia | undefined;
  #epoch = 0;
  readonly #producers = new Set<ProducerId>();
  /** Producers that must be silent. The store may lack a mute, because the store may have been away at that time. */
  readonly #muted = new Set<ProducerId>();

  /** Whether the hand is up, as the node of the present media has it; undefined if that is not known. */
  #handUp: boolean | undefined;
  /** Whether the present media may have a transport to send on. */
  #maySend: boolean;
  #closed = false;

  /**
   * @param handUp As the node of the media has it, if that is known. Without media it is not up.
   * @param maySend Whether the media may have a transport to send on.
   */
  constructor(
    media: RemotePeer | undefined,
    producers: readonly ProducerRecord[],
    { handUp, maySend }: { handUp: boolean | undefined; maySend: boolean },
  ) {
    this.#maySend = maySend;
    this.#current = media;
    this.#lastNode = media?.node;
    this.#handUp = media !== undefined && handUp;
    if (media !== undefined) for (const producer of producers) this.add(producer);
  }

  get closed(): boolean {
    return this.#closed;
  }

  get current(): RemotePeer | undefined {
    return this.#current;
  }

  /** Throws `media_unavailable` if there is none now, and `closed` after `close`. */
  get media(): RemotePeer {
    if (this.#closed) throw new ParleyError('closed');
    if (this.#current === undefined) throw new ParleyError('media_unavailable');
    return this.#current;
  }

  /** The node of the present media, or of the media that there was last. */
  get lastNode(): RemoteNode | undefined {
    return this.#lastNode;
  }

  /** Grows with each media that is taken into use. */
  get epoch(): number {
    return this.#epoch;
  }

  get producerIds(): readonly ProducerId[] {
    return [...this.#producers];
  }

  get mutedIds(): readonly ProducerId[] {
    return [...this.#muted];
  }

  /** Whether the former media carries on, and there is no other yet. */
  get moving(): boolean {
    return this.#former !== undefined && this.#current === undefined;
  }

  /** The session ends. Releases the former media; the present one may go on in another session. */
  close(): void {
    this.#closed = true;
    this.clear();
    this.releaseFormer();
  }

  has(producerId: ProducerId): boolean {
    return this.#producers.has(producerId);
  }

  add({ producerId, paused }: ProducerRecord): void {
    this.#producers.add(producerId);
    if (paused) this.#muted.add(producerId);
  }

  remove(producerId: ProducerId): void {
    this.#producers.delete(producerId);
    this.#muted.delete(producerId);
  }

  setMuted(producerId: ProducerId, muted: boolean): void {
    if (muted) this.#muted.add(producerId);
    else this.#muted.delete(producerId);
  }

  isMuted(producerId: ProducerId): boolean {
    return this.#muted.has(producerId);
  }

  /** Passes it on to the node. After a failure the next call does so again, also with the same value. */
  setHand(up: boolean): void {
    const media = this.#current;
    if (media === undefined || up === this.#handUp) return;
    this.#handUp = up;
    media.setHand(up).catch(() => {
      if (this.#current === media && this.#handUp === up) this.#handUp = undefined;
    });
  }

  /** Rejects with `media_unavailable` if there is no media now, and with `closed` after `close`. */
  async openSending(): Promise<TransportParameters> {
    const { media } = this;
    this.#maySend = true;
    return media.openSendTransport();
  }

  /** Closes the transport to send on. Never rejects: it has no producers. After a failure the next call tries again. */
  async closeSending(logger: Logger): Promise<void> {
    const media = this.#current;
    if (media === undefined || !this.#maySend) return;
    this.#maySend = false;
    await media.closeSendTransport().catch((err: unknown) => {
      logger.warn({ err }, 'transport to send on not closed');
      if (this.#current === media) this.#maySend = true;
    });
  }

  /** @param maySend Whether it has a transport to send on. */
  use(media: RemotePeer, maySend: boolean): void {
    this.clear();
    this.#current = media;
    this.#maySend = maySend;
    this.#lastNode = media.node;
    this.#epoch += 1;
  }

  /** The new media is in the store too. */
  opened(): void {
    this.#former?.opened();
  }

  /** There is none now. Does not release what the node still has. */
  clear(): void {
    this.#current = undefined;
    this.#handUp = false;
    this.#producers.clear();
    this.#muted.clear();
  }

  /**
   * The present media becomes the former one.
   * @param onExpired Called with its producers when its time is over.
   */
  setAside(onExpired: (producerIds: readonly ProducerId[]) => void): void {
    if (this.#current === undefined) return;
    this.releaseFormer();
    const { producerIds } = this;
    const expire = (): void => {
      this.#former = undefined;
      onExpired(producerIds);
    };
    this.#former = new FormerMedia(this.#current, producerIds, expire);
    this.clear();
  }

  releaseFormer(): void {
    this.#former?.release();
    this.#former = undefined;
  }

  /** Whether the former media sends it. */
  isFormer(producerId: ProducerId): boolean {
    return this.#former?.producerIds.includes(producerId) === true;
  }

  /** Ends one producer of the former media; if the node does not do so, all of that. Resolves with those that have ended. Never rejects. */
  async endFormer(producerId: ProducerId): Promise<readonly ProducerId[]> {
    try {
      await this.#former?.endProducer(producerId);
      return [producerId];
    } catch {
      return this.closeFormer();
    }
  }

  /** Resolves with the producers that have ended with it. Never rejects. */
  async closeFormer(): Promise<readonly ProducerId[]> {
    const former = this.#former;
    this.#former = undefined;
    await former?.close();
    return former?.producerIds ?? [];
  }
}
