import { asFailure, type CallFailure } from '../base/call-failure.ts';
import type { TrackSink } from './track-sink.ts';
import type { DeviceState } from './device-state.ts';

export type LocalSourceOptions = {
  /** Opens the hardware. */
  open: (deviceId: string | null) => Promise<MediaStreamTrack>;
  deviceId: string | null;
  sink: TrackSink | null;
  onChanged: () => void;
  /** The device in use is gone. The source opens another device, if there is one. */
  onUnplugged: () => void;
  /** The device is open, but the operating system or a switch on the device blocks its signal. */
  onSilenced?: () => void;
  onFailed: (failure: CallFailure) => void;
};

/**
 * A microphone or a camera of this computer. `set` and `select` store the wanted state, and one loop brings the device
 * to that state; the last call wins. Turning off does not wait: the track stops in the same task, which silences the
 * device and frees it. If the wanted state changes while a track is being opened, that track is stopped and never sent.
 */
export class LocalSource {
  readonly #options: LocalSourceOptions;
  #on = false;
  #deviceId: string | null;
  #track: MediaStreamTrack | null = null;
  /** The device id that was chosen when `#track` was opened. */
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

  /**
   * Turns the device on or off. Resolves when the state of this call, or of a later one, is reached or has failed.
   * Never rejects.
   */
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

  /** Takes over a live track. If this source is closed or has a track already, the new track is stopped at once. */
  adopt(track: MediaStreamTrack): void {
    if (this.#closed || track.readyState === 'ended' || this.#track !== null) {
      track.stop();
      return;
    }
    this.#on = true;
    this.#take(track, this.#deviceId);
  }

  /** Returns the track without stopping it, and turns this source off. The caller stops the track. */
  surrender(): MediaStreamTrack | null {
    const track = this.#track;
    this.#on = false;
    this.#track = null;
    this.#unwatch(track);
    this.#options.sink?.detach();
    this.#setState({ status: 'released' });
    return track;
  }

  /** Called when the track could not be sent. Turns the source off and reports the failure. */
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
      // The wanted state changed meanwhile, so that this failure no longer matters.
      if (!this.#on || this.#closed || this.#deviceId !== deviceId) return;
      this.#handleOpenFailure(failure);
    }
  }

  /** Some hardware cannot be open twice. If the new device is busy, stop the old track and try once more. */
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
      // Keep the device in use, and set the choice back to it.
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

  /** Only the browser mutes a track, when the device delivers nothing. */
  readonly #showLive = (): void => {
    const silenced = this.#track?.muted === true;
    this.#setState({ status: 'live', silenced });
    if (silenced) this.#options.onSilenced?.();
  };

  /**
   * The browser fires `ended` if the device is gone, but not after `stop()`. A source that is on then opens another
   * device, if there is one.
   */
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
