import type { ProducerId } from '@parley/proto/ids';
import type { ClientLog } from '../base/log.ts';
import type { Playback } from '../playback/playback.ts';
import type { RemoteStream } from './remote-stream.ts';

export type RemoteAudioOptions = {
  playback: Pick<Playback, 'keep'>;
  /** The first packets of a voice have arrived. */
  onSound: () => void;
  log: ClientLog;
};

/**
 * Plays the sound of all remote peers. Each stream has a hidden audio element, because the browser's echo canceller
 * covers the sound of elements.
 */
export class RemoteAudio {
  readonly #options: RemoteAudioOptions;
  readonly #elements = new Map<ProducerId, HTMLAudioElement>();
  /** For each element, the function that lets it stop. */
  readonly #releases = new Map<HTMLAudioElement, () => void>();
  #speakerId: string | null;

  constructor(speakerId: string | null, options: RemoteAudioOptions) {
    this.#speakerId = speakerId;
    this.#options = options;
  }

  /** Plays the audio streams among `streams` and stops all others. */
  sync(streams: Iterable<RemoteStream>): void {
    const present = new Set<ProducerId>();
    for (const stream of streams) {
      if (stream.consumer.kind !== 'audio') continue;
      present.add(stream.producerId);
      const element = this.#elements.get(stream.producerId) ?? this.#add(stream.producerId);
      const playing = element.srcObject as MediaStream | null;
      if (playing?.getAudioTracks()[0] !== stream.track) this.#play(element, stream.track);
    }
    for (const [producerId, element] of this.#elements)
      if (!present.has(producerId)) this.#remove(producerId, element);
  }

  async setSpeaker(speakerId: string | null): Promise<void> {
    this.#speakerId = speakerId;
    await Promise.all(Array.from(this.#elements.values(), (element) => this.#route(element)));
  }

  close(): void {
    for (const [producerId, element] of this.#elements) this.#remove(producerId, element);
  }

  #add(producerId: ProducerId): HTMLAudioElement {
    const element = document.createElement('audio');
    element.autoplay = true;
    element.hidden = true;
    element.dataset['parleyAudio'] = producerId;
    document.body.append(element);
    this.#elements.set(producerId, element);
    if (this.#speakerId !== null) void this.#route(element);
    return element;
  }

  #play(element: HTMLAudioElement, track: MediaStreamTrack): void {
    element.srcObject = new MediaStream([track]);
    // A track is muted until its first packets arrive.
    if (track.muted) track.addEventListener('unmute', () => this.#options.onSound(), { once: true });
    else this.#options.onSound();
    this.#releases.get(element)?.();
    this.#releases.set(element, this.#options.playback.keep(element));
  }

  async #route(element: HTMLAudioElement): Promise<void> {
    if (typeof element.setSinkId !== 'function') return;
    try {
      await element.setSinkId(this.#speakerId ?? '');
    } catch (error) {
      this.#options.log('warn', 'speaker not set', { name: error instanceof Error ? error.name : 'unknown' });
    }
  }

  #remove(producerId: ProducerId, element: HTMLAudioElement): void {
    this.#releases.get(element)?.();
    this.#releases.delete(element);
    element.srcObject = null;
    element.remove();
    this.#elements.delete(producerId);
  }
}
