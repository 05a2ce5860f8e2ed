import { asFailure, type CallFailure } from '../base/call-failure.ts';
import type { TrackSink } from './track-sink.ts';
import type { DeviceState } from './device-state.ts';

export type LocalSourceOptions = {
  /** Opens the hardware. */
  open: (deviceId: string | null) => Promise<MediaStreamTrack>;
  deviceId: string | null;
  sink: TrackSink | null;
  onChanged: () => void;
  /** The device went away under us; it is replaced if another can be opened. */
  onUnplugged: () => void;
  /** The device is open, but the system or a switch on it lets nothing through. */
  onSilenced?: () => void;
  onFailed: (failure: CallFailure) => void;
};

/**
 * A microphone or a camera of this machine. `set` and `select` state an intent; a single loop follows it, and the last
 * intent wins. Turning off never waits: the track is stopped in the same task, which silences it and frees the
 * hardware, and a track that is opened for an intent that is over is stopped before anybody sees it.
 */
export class LocalSource {
  readonly #options: LocalSourceOptions;
  #on = false;
  #deviceId: string | null;
  #track: MediaStreamTrack | null = null;
  /** The choice that `#track` was opened for. */
  #openedFor: string | null = null;
  #state: DeviceState = { status: 'released' };
  #settled: Promise<void> = Promise.resolve();
  #running = false;
  #closed = false;

  constructor(options: LocalSourceOptions) {
    this.#options = options;
    this.#deviceId = options.deviceId;
  }

  get state(): DeviceState {
    return this.#state;
  }

  get on(): boolean {
    return this.#on;
  }

  get track(): MediaStreamTrack | null {
    return this.#track;
  }

  get deviceId(): string | null {
    return this.#deviceId;
  }

  /** Resolves when this intent, or one that came after it, is reached or has failed. Never rejects. */
  set(on: boolean): Promise<void> {
    if (this.#closed) return Promise.resolve();
    this.#on = on;
    if (!on) this.#release({ status: 'released' });
    return this.#follow();
  }

  select(deviceId: string | null): Promise<void> {
    if (this.#closed) return Promise.resolve();
    this.#deviceId = deviceId;
    return this.#follow();
  }

  /** Takes over a track that is live already. */
  adopt(track: MediaStreamTrack): void {
    if (this.#closed || track.readyState === 'ended' || this.#track !== null) {
      track.stop();
      return;
    }
    this.#on = true;
    this.#take(track, this.#deviceId);
  }

  /** Gives the track away; this source is off then and stops nothing. */
  surrender(): MediaStreamTrack | null {
    const track = this.#track;
    this.#on = false;
    this.#track = null;
    this.#unwatch(track);
    this.#options.sink?.detach();
    this.#setState({ status: 'released' });
    return track;
  }

  /** For a track that could not be sent: turns the source off and reports the failure. */
  fail(failure: CallFailure): void {
    if (this.#closed || !this.#on) return;
    this.#on = false;
    this.#release({ status: 'failed', error: failure.toError() });
    this.#options.onFailed(failure);
  }

  close(): void {
    if (this.#closed) return;
    this.#on = false;
    this.#release({ status: 'released' });
    this.#closed = true;
  }

  #follow(): Promise<void> {
    if (!this.#running) {
      this.#running = true;
      this.#settled = this.#run();
    }
    return this.#settled;
  }

  async #run(): Promise<void> {
    while (this.#on && !this.#closed && (this.#track === null || this.#openedFor !== this.#deviceId)) {
      await this.#openOnce();
    }
    this.#running = false;
  }

  async #openOnce(): Promise<void> {
    const deviceId = this.#deviceId;
    if (this.#track === null) this.#setState({ status: 'starting' });
    try {
      const track = await this.#open(deviceId);
      if (this.#on && !this.#closed && this.#deviceId === deviceId) this.#take(track, deviceId);
      else track.stop();
    } catch (error) {
      const failure = asFailure(error);
      // The intent changed in the meantime, so that this failure no longer matters.
      if (!this.#on || this.#closed || this.#deviceId !== deviceId) return;
      this.#handleOpenFailure(failure);
    }
  }

  /** Some hardware opens once only: the old device is let go where the new one is busy beside it. */
  async #open(deviceId: string | null): Promise<MediaStreamTrack> {
    try {
      return await this.#options.open(deviceId);
    } catch (error) {
      const failure = asFailure(error);
      if (failure.code !== 'device_busy' || this.#track === null || !this.#on) throw failure;
      this.#stopTrack();
      return this.#options.open(deviceId);
    }
  }

  #handleOpenFailure(failure: CallFailure): void {
    if (this.#track !== null) {
      // The device in use goes on; the choice falls back to it.
      this.#deviceId = this.#openedFor;
    } else {
      this.#on = false;
      this.#options.sink?.detach();
      this.#setState({ status: 'failed', error: failure.toError() });
    }
    this.#options.onFailed(failure);
  }

  #take(track: MediaStreamTrack, deviceId: string | null): void {
    const old = this.#track;
    this.#track = track;
    this.#openedFor = deviceId;
    track.addEventListener('ended', this.#handleEnded);
    track.addEventListener('mute', this.#showLive);
    track.addEventListener('unmute', this.#showLive);
    this.#options.sink?.attach(track);
    this.#unwatch(old);
    old?.stop();
    this.#showLive();
  }

  /** A track is muted by the browser only, when nothing comes from the device. */
  readonly #showLive = (): void => {
    const silenced = this.#track?.muted === true;
    this.#setState({ status: 'live', silenced });
    if (silenced) this.#options.onSilenced?.();
  };

  /** Fired by the browser only, never by our own stop(). A source that was on goes on with another device, if there is one. */
  readonly #handleEnded = (): void => {
    if (this.#closed || !this.#on) return;
    this.#stopTrack();
    this.#options.sink?.detach();
    this.#deviceId = null;
    this.#options.onUnplugged();
    void this.#follow();
  };

  #release(state: DeviceState): void {
    this.#options.sink?.detach();
    this.#stopTrack();
    this.#setState(state);
  }

  #stopTrack(): void {
    const track = this.#track;
    this.#track = null;
    this.#unwatch(track);
    track?.stop();
  }

  #unwatch(track: MediaStreamTrack | null): void {
    track?.removeEventListener('ended', this.#handleEnded);
    track?.removeEventListener('mute', this.#showLive);
    track?.removeEventListener('unmute', this.#showLive);
  }

  #setState(state: DeviceState): void {
    this.#state = state;
    this.#options.onChanged();
  }
}
