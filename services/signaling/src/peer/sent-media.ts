import type { Logger } from '@parley/common/logging';
import { ParleyError } from '@parley/proto/errors';
import type { ProducerId } from '@parley/proto/ids';
import { SOURCE_PERMISSIONS } from '@parley/proto/requests';
import type { Act, PeerRecord, ProducerRecord } from '@parley/proto/room';
import type { Source, TransportParameters } from '@parley/proto/rtp';
import type { LivePeer, PeerChange } from '../store/live-room-store.ts';
import { ofRecord, producerMade, producerPaused, producersLost, producersPaused } from './peer-changes.ts';
import type { PeerPermissions } from './peer-permissions.ts';
import type { SessionMedia } from './session-media.ts';

type SentMediaOptions = {
  /** What the session has on media nodes. */
  held: SessionMedia;
  permissions: PeerPermissions;
  /** As the store had it after the session's last change. */
  peer: () => LivePeer;
  /** Called when somebody has muted a microphone that is away with its media; the stored peer says so already. */
  onLostMuted: () => void;
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

  /**
   * Why a producer that is about to be made is paused although its client did not ask for that: a microphone that was muted while it
   * was away with its media, and the first one where everybody enters muted.
   */
  pauseReasonFor(source: Source): ProducerRecord['pauseReason'] {
    if (source !== 'microphone') return undefined;
    const onEntry = this.#entersMuted ? 'muted-on-entry' : undefined;
    this.#entersMuted = false;
    return this.#options.peer().lostMicrophone === 'muted' ? 'muted' : onEntry;
  }

  /** Makes the transport to send on, or answers with the one that there is. If the role changes meanwhile, `obeyRules` comes next. */
  async openTransport(): Promise<TransportParameters> {
    return this.#held.openSending();
  }

  /** Throws `producer_not_found` for a producer of another peer. */
  assertOwn(producerId: ProducerId): void {
    if (!this.#held.has(producerId)) throw new ParleyError('producer_not_found');
  }

  async put(producer: ProducerRecord): Promise<void> {
    this.#held.add(producer);
    await this.#options.change(producerMade(producer));
  }

  /** The former media may still send the same source, so it ends as well. */
  async close(producerId: ProducerId): Promise<void> {
    await this.#held.media.closeProducer(producerId);
    await this.#closeFormer();
    await this.remove([producerId]);
  }

  /** Ends what the person turns off while the former media still sends it. Resolves with false for any other producer. */
  async endFormer(producerId: ProducerId): Promise<boolean> {
    if (this.#held.closed) throw new ParleyError('closed');
    if (!this.#held.isFormer(producerId)) return false;
    const ended = await this.#held.endFormer(producerId);
    await this.remove([producerId]);
    await this.removeFormer(ended);
    return true;
  }

  async remove(producerIds: readonly ProducerId[]): Promise<void> {
    for (const producerId of producerIds) this.#held.remove(producerId);
    await this.#changeProducers((all) => all.filter(({ producerId }) => !producerIds.includes(producerId)));
  }

  /** The record loses what only the former media had. Never rejects. */
  async removeFormer(producerIds: readonly ProducerId[]): Promise<void> {
    const { peer, change, logger } = this.#options;
    const isLeft = ({ producerId }: ProducerRecord): boolean => producerIds.includes(producerId);
    if (this.#held.closed || !peer().record.producers.some(isLeft)) return;
    await change(producersLost(producerIds)).catch((err: unknown) =>
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
    const { change, peer } = this.#options;
    const { media } = this.#held;
    const assertMayResume = (one: PeerRecord): void => {
      const producer = one.producers.find((other) => other.producerId === producerId);
      if (producer !== undefined) this.#permissions.assertMaySend(producer.source, false, one);
    };
    assertMayResume(peer().record);
    await media.resumeProducer(producerId);
    try {
      await change((stored) => {
        assertMayResume(stored.record);
        return producerPaused(producerId, false)(stored);
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
    this.#options.onLostMuted();
    if (this.#held.current !== undefined) await this.#silence('muted');
  }

  /** Somebody else has stopped a camera or a screen of the peer, in the record and at the node of its present media. */
  async obeyStop(): Promise<void> {
    await this.#closeFormer();
  }

  /** What the peer may do has changed: ends what it may not send any more, and mutes what must not be heard. */
  async obeyRules(): Promise<void> {
    const { onEnded, receivesOnly, logger } = this.#options;
    const may = this.#permissions;
    const { producers } = this.#options.peer().record;
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
    const { peer, change } = this.#options;
    const microphones = peer().record.producers.filter(({ source }) => source === 'microphone');
    for (const { producerId } of microphones) {
      this.#held.setMuted(producerId, true);
      await this.#held.media.silenceProducer(producerId);
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
