import type { Capture } from './capture.ts';
import { asFailure, type CallFailure } from '../base/call-failure.ts';
import type { TrackSink } from './track-sink.ts';
import type { DeviceState } from './device-state.ts';

export type LocalScreenOptions = {
  open: Capture['screen'];
  video: TrackSink;
  audio: TrackSink;
  onChanged: () => void;
  /** The user ended the share with the browser's own button, or the shared window is gone. */
  onEnded: () => void;
  onFailed: (failure: CallFailure) => void;
};

/** A shared screen with its sound. Each `start` opens the browser's picker. */
export class LocalScreen {
  readonly #options: LocalScreenOptions;
  #video: MediaStreamTrack | null = null;
  #audio: MediaStreamTrack | null = null;
  #state: DeviceState = { status: 'released' };
  /**
   * Counts the starts and stops. If the number changes while the picker is open, the tracks of that picker are stopped.
   */
  #intent = 0;
  #closed = false;

  constructor(options: LocalScreenOptions) {
    this.#options = options;
  }

  get state(): DeviceState {
    return this.#state;
  }

  get track(): MediaStreamTrack | null {
    return this.#video;
  }

  /** Resolves when the screen is shared or the start has failed. Never rejects. */
  async start(): Promise<void> {
    if (this.#closed || this.#state.status === 'starting' || this.#state.status === 'live') return;
    this.#intent += 1;
    const intent = this.#intent;
    this.#setState({ status: 'starting' });
    try {
      const { video, audio } = await this.#options.open();
      if (intent === this.#intent && !this.#closed) this.#take(video, audio);
      else for (const track of [video, audio]) track?.stop();
    } catch (error) {
      if (intent !== this.#intent || this.#closed) return;
      const failure = asFailure(error);
      this.#setState({ status: 'failed', error: failure.toError() });
      this.#options.onFailed(failure);
    }
  }

  stop(): void {
    this.#intent += 1;
    for (const track of [this.#video, this.#audio]) {
      track?.removeEventListener('ended', this.#handleEnded);
      track?.stop();
    }
    this.#video = null;
    this.#audio = null;
    this.#options.video.detach();
    this.#options.audio.detach();
    this.#setState({ status: 'released' });
  }

  fail(failure: CallFailure): void {
    if (this.#video === null) return;
    this.stop();
    this.#setState({ status: 'failed', error: failure.toError() });
    this.#options.onFailed(failure);
  }

  close(): void {
    if (this.#closed) return;
    this.stop();
    this.#closed = true;
  }

  #take(video: MediaStreamTrack, audio: MediaStreamTrack | null): void {
    this.#video = video;
    this.#audio = audio;
    video.addEventListener('ended', this.#handleEnded);
    this.#options.video.attach(video);
    if (audio !== null) this.#options.audio.attach(audio);
    this.#setState({ status: 'live' });
  }

  readonly #handleEnded = (): void => {
    if (this.#video === null) return;
    this.stop();
    this.#options.onEnded();
  };

  #setState(state: DeviceState): void {
    this.#state = state;
    this.#options.onChanged();
  }
}
