import type { ProducerId } from '@parley/proto';
import type { ClientLog } from '../base/log.ts';
import type { RemoteStream } from './remote-stream.ts';

export type RemoteAudioOptions = {
  /** The browser plays sound only after a click or key press of the user. */
  onBlocked: () => void;
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
  #speakerId: string | null;
  #blocked = false;

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

  /** Starts the elements that the browser blocked. Call it in the task of a click or key press. */
  async resume(): Promise<void> {
    this.#blocked = false;
    await Promise.all(Array.from(this.#elements.values(), (element) => this.#start(element)));
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
    void this.#start(element);
  }

  async #start(element: HTMLAudioElement): Promise<void> {
    try {
      await element.play();
    } catch (error) {
      // Other errors are no refusal of the browser: the element was removed or got another track meanwhile.
      if (!(error instanceof Error) || error.name !== 'NotAllowedError' || this.#blocked) return;
      this.#blocked = true;
      this.#options.onBlocked();
    }
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
    element.srcObject = null;
    element.remove();
    this.#elements.delete(producerId);
  }
}
