import { EventEmitter } from 'node:events';
import type { PeerId, ProducerId } from '@parley/proto/ids';
import type { SpeakersState } from '../router/speakers.ts';
import { chooseVoices, isSteady, loudestOf, type Voice } from './voice-choice.ts';

/** What is forwarded from now on, and what is not. Each has changed. */
export type VoiceChange = { heldBack: readonly ProducerId[]; freed: readonly ProducerId[] };

type VoicePoolEvents = { changed: [VoiceChange] };

/**
 * The voices of a room that are forwarded: so many open microphones at most. The others are held back until they are heard, or until there is a place. A muted
 * microphone is in neither, because it sends nothing.
 */
export class VoicePool extends EventEmitter<VoicePoolEvents> {
  readonly #size: number;
  readonly #now: () => number;
  readonly #voices = new Map<ProducerId, Voice & { readonly peerId: PeerId }>();
  readonly #hands = new Map<PeerId, number>();
  #closed = false;

  /** @param now Milliseconds of a clock that is never set. */
  constructor(size: number, now: () => number = () => performance.now()) {
    super();
    this.#size = size;
    this.#now = now;
  }

  /** The voices that are forwarded. */
  get members(): readonly ProducerId[] {
    return this.#ids(true);
  }

  get heldBack(): readonly ProducerId[] {
    return this.#ids(false);
  }

  /** What is kept: voices, and hands that are up. */
  get kept(): { voices: number; hands: number } {
    return { voices: this.#voices.size, hands: this.#hands.size };
  }

  isHeldBack(producerId: ProducerId): boolean {
    return this.#voices.get(producerId)?.chosen === false;
  }

  close(): void {
    this.#closed = true;
    this.#voices.clear();
    this.#hands.clear();
    this.removeAllListeners();
  }

  /**
   * Call it before the microphone is unmuted on its worker, so that no first word is lost. Adding a voice twice changes nothing.
   *
   * @param agoMs For how long it has been open, if it was heard of late.
   */
  unmuted(peerId: PeerId, producerId: ProducerId, agoMs = 0): void {
    if (this.#closed || this.#voices.has(producerId)) return;
    this.#voices.set(producerId, {
      peerId,
      producerId,
      unmutedAtMs: this.#now() - agoMs,
      level: undefined,
      heardSinceMs: undefined,
      spokeAtMs: undefined,
      handAtMs: this.#hands.get(peerId),
      // Until a choice was made, as everything that is not held back.
      chosen: true,
    });
    this.#choose();
  }

  /** The microphone sends nothing any more: it was muted or closed. */
  muted(producerId: ProducerId): void {
    const voice = this.#voices.get(producerId);
    if (voice === undefined) return;
    this.#voices.delete(producerId);
    this.#choose(voice.chosen ? [] : [producerId]);
  }

  hasHandUp(peerId: PeerId): boolean {
    return this.#hands.has(peerId);
  }

  /** A hand that is up keeps its place. */
  setHand(peerId: PeerId, raised: boolean): void {
    if (this.#closed || raised === this.#hands.has(peerId)) return;
    if (raised) this.#hands.set(peerId, this.#now());
    else this.#hands.delete(peerId);
    for (const voice of this.#voices.values())
      if (voice.peerId === peerId) voice.handAtMs = this.#hands.get(peerId);
    this.#choose();
  }

  /** The voices that are heard now, as a router or several report them every 250 ms. */
  heard(speakers: SpeakersState['speakers']): void {
    const now = this.#now();
    const levels = new Map(speakers.map(({ producerId, volume }) => [producerId, volume]));
    const voices = [...this.#voices.values()];
    for (const voice of voices) {
      voice.level = levels.get(voice.producerId);
      voice.heardSinceMs = voice.level === undefined ? undefined : (voice.heardSinceMs ?? now);
    }
    const loudest = loudestOf(voices, now);
    for (const voice of voices) if (isSteady(voice, now) || loudest.includes(voice)) voice.spokeAtMs = now;
    this.#choose();
  }

  /** @param muted Was held back until now. Nothing is lost with it, and it is free when it is unmuted. */
  #choose(muted: readonly ProducerId[] = []): void {
    const voices = [...this.#voices.values()];
    const chosen = new Set<Voice>(chooseVoices(voices, this.#size, this.#now()));
    const changed = voices.filter((voice) => voice.chosen !== chosen.has(voice));
    for (const voice of changed) voice.chosen = chosen.has(voice);
    const heldBack = changed.filter((voice) => !voice.chosen).map(({ producerId }) => producerId);
    const freed = changed.filter((voice) => voice.chosen).map(({ producerId }) => producerId);
    if (heldBack.length > 0 || freed.length > 0 || muted.length > 0)
      this.emit('changed', { heldBack, freed: [...freed, ...muted] });
  }

  #ids(chosen: boolean): readonly ProducerId[] {
    return [...this.#voices.values()]
      .filter((voice) => voice.chosen === chosen)
      .map((voice) => voice.producerId);
  }
}
