import { asFailure, type CallFailure } from '../base/call-failure.ts';
import type { Capture } from './capture.ts';
import type { DeviceState, ScreenShare } from './device-state.ts';
import { FrameMeter } from '../screen/frame-meter.ts';
import type { CapturedScreen } from '../screen/screen-capture.ts';
import { ScreenContentChooser, surfaceOf, type ScreenContent } from '../screen/screen-content.ts';
import type { PausableSink, ScreenSink } from './track-sink.ts';

export type LocalScreenOptions = {
  open: Capture['screen'];
  video: ScreenSink;
  audio: PausableSink;
  onChanged: () => void;
  /** The user ended the share with the browser's own button, the system ended it, or the shared window is gone. */
  onEnded: () => void;
  /** The screen is shared without its sound, see `CapturedScreen`. */
  onSoundLeftOut: () => void;
  onFailed: (failure: CallFailure) => void;
};

/** The kinds of content that the content hint of the browser knows. */
const HINTS: Record<ScreenContent, string> = { text: 'detail', motion: 'motion' };

/** A shared screen with its sound. Each `start` opens the browser's picker. */
export class LocalScreen {
  readonly #options: LocalScreenOptions;
  #video: MediaStreamTrack | null = null;
  #audio: MediaStreamTrack | null = null;
  #state: DeviceState = { status: 'released' };
  #share: ScreenShare | null = null;
  #meter: FrameMeter | null = null;
  /** The last try failed because of the sound, so that the next one asks for the picture alone. */
  #withoutSound = false;
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

  /** null while nothing is shared. */
  get share(): ScreenShare | null {
    return this.#share;
  }

  /** Resolves when the screen is shared or the start has failed. Never rejects. */
  async start(): Promise<void> {
    if (this.#closed || this.#state.status === 'starting' || this.#state.status === 'live') return;
    this.#intent += 1;
    const intent = this.#intent;
    this.#setState({ status: 'starting' });
    try {
      const captured = await this.#options.open({ withSound: !this.#withoutSound });
      if (intent === this.#intent && !this.#closed) this.#take(captured);
      else for (const track of [captured.video, captured.audio]) track?.stop();
    } catch (error) {
      if (intent !== this.#intent || this.#closed) return;
      const failure = asFailure(error);
      this.#withoutSound = failure.code === 'screen_sound_failed';
      this.#setState({ status: 'failed', error: failure.toError() });
      this.#options.onFailed(failure);
    }
  }

  stop(): void {
    this.#intent += 1;
    this.#meter?.close();
    this.#meter = null;
    this.#video?.removeEventListener('ended', this.#handleEnded);
    this.#video?.stop();
    this.#video = null;
    this.#options.video.detach();
    this.#dropSound();
    this.#share = null;
    this.#setState({ status: 'released' });
  }

  /** The capture goes on, so that no picker is needed to resume. */
  setPaused(paused: boolean): void {
    if (this.#share === null || this.#share.paused === paused) return;
    this.#options.video.setPaused(paused);
    this.#options.audio.setPaused(paused);
    this.#setShare({ ...this.#share, paused });
  }

  /** The choice of the person. It holds until the share ends. */
  setContent(content: ScreenContent): void {
    if (this.#share === null) return;
    this.#meter?.close();
    this.#meter = null;
    this.#showAs(content);
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

  #take({ video, audio, soundLeftOut }: CapturedScreen): void {
    this.#video = video;
    this.#audio = audio;
    this.#withoutSound = false;
    const chooser = new ScreenContentChooser(surfaceOf(video), audio !== null);
    this.#share = { content: chooser.content, paused: false, hasSound: audio !== null };
    this.#showAs(chooser.content);
    video.addEventListener('ended', this.#handleEnded);
    this.#options.video.attach(video);
    if (audio !== null) {
      audio.addEventListener('ended', this.#handleSoundEnded);
      this.#options.audio.attach(audio);
    }
    this.#meter = new FrameMeter(
      () => this.#options.video.countFrames(),
      (framesPerSecond) => this.#showAs(chooser.measured(framesPerSecond)),
    );
    this.#setState({ status: 'live' });
    if (soundLeftOut) this.#options.onSoundLeftOut();
  }

  #showAs(content: ScreenContent): void {
    const hint = HINTS[content];
    if (this.#video === null || this.#share === null) return;
    if (this.#video.contentHint === hint && this.#share.content === content) return;
    this.#video.contentHint = hint;
    this.#options.video.setContent(content);
    this.#setShare({ ...this.#share, content });
  }

  #dropSound(): void {
    this.#audio?.removeEventListener('ended', this.#handleSoundEnded);
    this.#audio?.stop();
    this.#audio = null;
    this.#options.audio.detach();
  }

  readonly #handleEnded = (): void => {
    if (this.#video === null) return;
    this.stop();
    this.#options.onEnded();
  };

  /** The picture goes on without its sound. */
  readonly #handleSoundEnded = (): void => {
    this.#dropSound();
    if (this.#share !== null) this.#setShare({ ...this.#share, hasSound: false });
  };

  #setShare(share: ScreenShare): void {
    this.#share = share;
    this.#options.onChanged();
  }

  #setState(state: DeviceState): void {
    this.#state = state;
    this.#options.onChanged();
  }
}
