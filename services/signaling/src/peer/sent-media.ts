import type { Logger } from '@parley/common/logging';
import { ParleyError } from '@parley/proto/errors';
import type { ProducerId } from '@parley/proto/ids';
import { SOURCE_PERMISSIONS } from '@parley/proto/requests';
import type { Act, PeerRecord, ProducerRecord } from '@parley/proto/room';
import type { Source, TransportParameters } from '@parley/proto/rtp';
import type { PeerChange } from '../store/live-room-store.ts';
import { ofRecord, producerPaused, producersPaused } from './peer-changes.ts';
import type { PeerPermissions } from './peer-permissions.ts';
import type { SessionMedia } from './session-media.ts';

type SentMediaOptions = {
  /** What the session has on media nodes. */
  held: SessionMedia;
  permissions: PeerPermissions;
  /** As the store had it after the session's last change. */
  record: () => PeerRecord;
  /** Changes the stored peer. Rejects with `closed` once another session has the peer. */
  change: (change: PeerChange) => Promise<void>;
  /** Whether the peer has no transport to send on. */
  receivesOnly: () => boolean;
  /** Called with what was ended or muted because the peer may not send it any more. */
  onEnded: (act: Pick<Act, 'kind' | 'source'>) => void;
  logger: Logger;
};

/**
 * What the peer of a session sends: its producers, on the media node and in the record. What must not be heard ends on the node in any
 * case, and what the record says is heard may be sent.
 */
export class SentMedia {
  readonly #options: SentMediaOptions;
  readonly #held: SessionMedia;
  readonly #permissions: PeerPermissions;
  /** Whether the next microphone is paused, because everybody enters the room muted. */
  #entersMuted = false;

  constructor(options: SentMediaOptions) {
    this.#options = options;
    this.#held = options.held;
    this.#permissions = options.permissions;
  }

  /** As far as this session made them or took them over. */
  get producerIds(): readonly ProducerId[] {
    return this.#held.producerIds;
  }

  /** The peer has just joined. */
  enter(): void {
    this.#entersMuted = this.#permissions.mutesOnEntry;
  }

  /** Why a producer that is about to be made is paused although its client did not ask for that. The first microphone alone. */
  pauseReasonFor(source: Source): ProducerRecord['pauseReason'] {
    if (source !== 'microphone' || !this.#entersMuted) return undefined;
    this.#entersMuted = false;
    return 'muted-on-entry';
  }

  /** Makes the transport to send on, or answers with the one that there is. If the role changes meanwhile, `obeyRules` comes next. */
  async openTransport(): Promise<TransportParameters> {
    return this.#held.openSending();
  }

  /** Throws `producer_not_found` for a producer of another peer. */
  assertOwn(producerId: ProducerId): void {
    if (!this.#held.has(producerId)) throw new ParleyError('producer_not_found');
  }

  /** A peer has one producer of each source: the new one takes the place of the old one. */
  async put(producer: ProducerRecord): Promise<void> {
    this.#held.add(producer);
    await this.#changeProducers((all) => [
      ...all.filter((other) => other.source !== producer.source),
      producer,
    ]);
  }

  async remove(producerIds: readonly ProducerId[]): Promise<void> {
    for (const producerId of producerIds) this.#held.remove(producerId);
    await this.#changeProducers((all) => all.filter(({ producerId }) => !producerIds.includes(producerId)));
  }

  /** The record loses what only the former media had. Never rejects. */
  async removeFormer(producerIds: readonly ProducerId[]): Promise<void> {
    const { record, logger } = this.#options;
    const isLeft = ({ producerId }: ProducerRecord): boolean => producerIds.includes(producerId);
    if (this.#held.closed || !record().producers.some(isLeft)) return;
    await this.remove(producerIds).catch((err: unknown) =>
      logger.warn({ err }, 'producers of the former media not removed'),
    );
  }

  /**
   * Changes the record first. Pauses on the node even if the store is away, so that the person is silent in any case.
   */
  async mute(producerId: ProducerId): Promise<void> {
    this.#held.setMuted(producerId, true);
    try {
      await this.#options.change(producerPaused(producerId, true));
    } finally {
      await Promise.all([this.#held.media.pauseProducer(producerId), this.#closeFormer()]);
    }
  }

  /**
   * Resumes on the node first. If the record cannot be changed, or the peer may not send this at that moment, the person stays
   * muted, on the node too. Rejects with `forbidden`.
   */
  async unmute(producerId: ProducerId): Promise<void> {
    const { change, record } = this.#options;
    const { media } = this.#held;
    const assertMayResume = (one: PeerRecord): void => {
      const producer = one.producers.find((other) => other.producerId === producerId);
      if (producer !== undefined) this.#permissions.assertMaySend(producer.source, false, one);
    };
    assertMayResume(record());
    await media.resumeProducer(producerId);
    try {
      await change((peer) => {
        assertMayResume(peer.record);
        return producerPaused(producerId, false)(peer);
      });
      this.#held.setMuted(producerId, false);
    } catch (error) {
      if (this.#held.isMuted(producerId)) await media.pauseProducer(producerId);
      throw error;
    }
  }

  /** The node has paused the producer, because it sent too much. */
  async limit(producerId: ProducerId): Promise<void> {
    if (!this.#held.has(producerId)) return;
    this.#held.setMuted(producerId, true);
    await this.#options.change(producerPaused(producerId, true, 'over-limit'));
  }

  /**
   * Somebody else has muted the peer: makes sure of it, here and on the node. If the person unmuted in the same moment, the
   * mute wins, and the person may unmute again.
   */
  async obeyMute(): Promise<void> {
    await this.#closeFormer();
    if (this.#held.current !== undefined) await this.#silence('muted');
  }

  /** What the peer may do has changed: ends what it may not send any more, and mutes what must not be heard. */
  async obeyRules(): Promise<void> {
    const { onEnded, receivesOnly, logger } = this.#options;
    const may = this.#permissions;
    const { producers } = this.#options.record();
    const ended = producers.filter(({ source }) => !may.includes(SOURCE_PERMISSIONS[source]));
    if (ended.length > 0 || !may.includes('unmute')) await this.#closeFormer();
    if (this.#held.current === undefined) return;
    // The others have ended with the former media.
    const own = ended.filter(({ producerId }) => this.#held.has(producerId));
    for (const { producerId } of own) await this.#held.media.closeProducer(producerId);
    if (ended.length > 0) await this.remove(ended.map(({ producerId }) => producerId));
    // The sound of a screen ends with the screen.
    for (const { source } of ended) if (source !== 'screen-audio') onEnded({ kind: 'stopped', source });
    if (receivesOnly()) await this.#held.closeSending(logger);
    if (may.includes('unmute')) return;
    const isHeard = producers.some(({ source, paused }) => source === 'microphone' && !paused);
    await this.#silence('not-allowed');
    if (isHeard && may.includes('publish:microphone')) onEnded({ kind: 'muted' });
  }

  async #silence(reason: ProducerRecord['pauseReason']): Promise<void> {
    const { record, change } = this.#options;
    const microphones = record().producers.filter(({ source }) => source === 'microphone');
    for (const { producerId } of microphones) {
      this.#held.setMuted(producerId, true);
      await this.#held.media.pauseProducer(producerId);
    }
    if (microphones.length > 0) await change(producersPaused(['microphone'], reason));
  }

  /** Called before something must not be heard or seen any more, whatever the client sends. */
  async #closeFormer(): Promise<void> {
    await this.removeFormer(await this.#held.closeFormer());
  }

  #changeProducers(change: (all: readonly ProducerRecord[]) => ProducerRecord[]): Promise<void> {
    return this.#options.change(ofRecord((record) => ({ ...record, producers: change(record.producers) })));
  }
}
