import { asFailure, CallFailure } from '../base/call-failure.ts';
import type { PageReturn } from '../base/page-return.ts';
import { watchQuestion } from './browser-question.ts';
import { CapturedTrack } from './captured-track.ts';
import { Comebacks } from './comebacks.ts';
import type { DeviceState } from './device-state.ts';
import { HeldTrack } from './held-track.ts';
import type { TrackSink } from './track-sink.ts';

export type LocalSourceOptions = {
  /** Opens the hardware. */
  open: (deviceId: string | null) => Promise<MediaStreamTrack>;
  /** Whether the browser asks the person for permission now. Never rejects. */
  isAsking: () => Promise<boolean>;
  deviceId: string | null;
  sink: TrackSink | null;
  /** How long the device stays open after it is turned off, see `HeldTrack`. */
  holdMs: number;
  onChanged: () => void;
  /** The device in use is gone, and the source uses another one now. */
  onReplaced: () => void;
  onFailed: (failure: CallFailure) => void;
};

/** Phones mute the camera of a hidden page, and give it back by themselves within this time after the return. */
export const GIVEN_BACK_MS = 1_500;

/** What went wrong since the last device that opened. */
type Mishaps = {
  /** The identity of the device whose track ended by itself. */
  lost?: string;
  /** The choice of the device that was let go so that another one could open. */
  letGo?: { deviceId: string | null };
  /** The failure that led back to the device that was let go. */
  setback?: CallFailure;
};

/**
 * A microphone or a camera of this computer. `set` and `select` store the wanted state, and one loop brings the device
 * to that state; the last call wins. Turning off does not wait: the track stops in the same task, which silences the
 * device. If the wanted state changes while a track is being opened, that track is stopped and never sent.
 */
export class LocalSource {
  readonly #options: LocalSourceOptions;
  readonly #held: HeldTrack;
  readonly #comebacks = new Comebacks();
  #on = false;
  #deviceId: string | null;
  #captured: CapturedTrack | null = null;
  /** The device in use is opened anew although the choice is the same. */
  #stale = false;
  #soundless = false;
  /** The device was opened anew since the system muted it. */
  #lookedAgain = false;
  #look: ReturnType<typeof setTimeout> | undefined;
  #mishaps: Mishaps = {};
  #asking = false;
  #pauseMs = 0;
  #endPause: () => void = () => {};
  #state: DeviceState = { status: 'released' };
  #settled: Promise<void> = Promise.resolve();
  #running = false;
  #closed = false;

  constructor(options: LocalSourceOptions) {
    this.#options = options;
    this.#deviceId = options.deviceId;
    this.#held = new HeldTrack(options.holdMs);
  }

  get state(): DeviceState {
    return this.#state;
  }

  get on(): boolean {
    return this.#on;
  }

  get track(): MediaStreamTrack | null {
    return this.#captured?.track ?? null;
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
    this.#startAfresh();
    if (!on) this.#turnOff();
    else if (this.#captured === null) this.#turnOn();
    return this.#follow();
  }

  select(deviceId: string | null): Promise<void> {
    if (this.#closed) return Promise.resolve();
    if (deviceId !== this.#deviceId) this.#held.free();
    this.#deviceId = deviceId;
    this.#startAfresh();
    return this.#follow();
  }

  /** The chosen device is gone. The device that the browser opens by itself takes its place. */
  dropChoice(): void {
    this.#held.free();
    this.#deviceId = null;
    void this.#follow();
  }

  /** Opens the device in use anew, for example because the same choice means another device now. */
  reopen(): void {
    this.#held.free();
    if (this.#captured === null) return;
    this.#stale = true;
    void this.#follow();
  }

  /** Called when the person comes back to the page. A device that the system still mutes is opened anew. */
  handleReturn(how: PageReturn): void {
    // A browser's question takes the focus and gives it back, which must not lead to the next question.
    if (this.track?.muted !== true || (how === 'focused' && this.#lookedAgain)) return;
    clearTimeout(this.#look);
    this.#look = setTimeout(() => {
      if (this.track?.muted !== true) return;
      this.#lookedAgain = true;
      this.reopen();
    }, GIVEN_BACK_MS);
  }

  /** Called when the microphone in use begins to give only zeros, or gives sound again. */
  setSoundless(soundless: boolean): void {
    if (this.#captured === null || soundless === this.#soundless) return;
    this.#soundless = soundless;
    this.#showLive();
  }

  setHold(holdMs: number): void {
    this.#held.setDuration(holdMs);
  }

  /** Takes over a live track. If this source is closed or has a track already, the new track is stopped at once. */
  adopt(track: MediaStreamTrack): void {
    if (this.#closed || track.readyState === 'ended' || this.#captured !== null) {
      track.stop();
      return;
    }
    this.#held.free();
    this.#on = true;
    this.#take(track, this.#deviceId);
  }

  /** Returns the track without stopping it, and turns this source off. The caller stops the track. */
  surrender(): MediaStreamTrack | null {
    const { track } = this;
    this.#captured?.letGo();
    this.#captured = null;
    this.#on = false;
    this.#release({ status: 'released' });
    return track;
  }

  /** Called when the track could not be sent. Turns the source off and reports the failure. */
  fail(failure: CallFailure): void {
    if (!this.#closed && this.#on) this.#giveUp(failure);
  }

  close(): void {
    if (this.#closed) return;
    this.#on = false;
    clearTimeout(this.#look);
    this.#startAfresh();
    this.#release({ status: 'released' });
    this.#closed = true;
  }

  /** The person asked for something: earlier trouble no longer counts. */
  #startAfresh(): void {
    this.#comebacks.reset();
    this.#mishaps = {};
    this.#pauseMs = 0;
    this.#endPause();
  }

  #turnOn(): void {
    const track = this.#held.take(this.#deviceId);
    if (track === null) this.#showStarting();
    else this.#take(track, this.#deviceId);
  }

  #turnOff(): void {
    this.#options.sink?.detach();
    if (this.#captured !== null) this.#held.hold(this.#captured);
    this.#stopTrack();
    this.#setState({ status: 'released' });
  }

  #follow(): Promise<void> {
    if (!this.#running) {
      this.#running = true;
      this.#settled = this.#run();
    }
    return this.#settled;
  }

  async #run(): Promise<void> {
    while (this.#needsOpening) {
      if (this.#pauseMs > 0) await this.#pause();
      else await this.#openOnce();
    }
    this.#running = false;
  }

  get #needsOpening(): boolean {
    if (!this.#on || this.#closed) return false;
    return this.#captured === null || this.#captured.deviceId !== this.#deviceId || this.#stale;
  }

  /** Ends early if the person asks for something. */
  async #pause(): Promise<void> {
    const pauseMs = this.#pauseMs;
    this.#pauseMs = 0;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pauseMs);
      this.#endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async #openOnce(): Promise<void> {
    const deviceId = this.#deviceId;
    this.#stale = false;
    if (this.#captured === null) this.#showStarting();
    const endQuestion = watchQuestion(this.#options.isAsking, () => this.#showAsking());
    try {
      const track = await this.#open(deviceId);
      if (!this.#wants(deviceId)) track.stop();
      else if (track.readyState === 'live') this.#take(track, deviceId);
      else if (this.#captured === null) this.#comeBack(0);
      else this.#handleOpenFailure(new CallFailure('device_failed'));
    } catch (error) {
      // If the wanted state changed meanwhile, this failure no longer matters.
      if (this.#wants(deviceId)) this.#handleOpenFailure(asFailure(error));
    } finally {
      endQuestion();
      this.#asking = false;
    }
  }

  #wants(deviceId: string | null): boolean {
    return this.#on && !this.#closed && this.#deviceId === deviceId;
  }

  /** Some hardware cannot be open twice. If the new device does not open, stop the old track and try once more. */
  async #open(deviceId: string | null): Promise<MediaStreamTrack> {
    try {
      return await this.#options.open(deviceId);
    } catch (error) {
      const failure = asFailure(error);
      const isBlocked = failure.code === 'device_busy' || failure.code === 'device_failed';
      if (!isBlocked || this.#captured === null || !this.#wants(deviceId)) throw failure;
      this.#mishaps.letGo = { deviceId: this.#captured.deviceId };
      this.#options.sink?.detach();
      this.#stopTrack();
      this.#showStarting();
      return this.#options.open(deviceId);
    }
  }

  #handleOpenFailure(failure: CallFailure): void {
    const { lost, letGo } = this.#mishaps;
    if (this.#captured !== null) {
      const isOtherChoice = this.#captured.deviceId !== this.#deviceId;
      // Keep the device in use, and set the choice back to it.
      this.#deviceId = this.#captured.deviceId;
      if (isOtherChoice) this.#options.onFailed(failure);
    } else if (letGo !== undefined) {
      this.#mishaps = { setback: failure };
      this.#deviceId = letGo.deviceId;
    } else {
      const isGone = lost !== undefined && failure.code === 'device_not_found';
      this.#giveUp(isGone ? new CallFailure('device_unplugged', { cause: failure }) : failure);
    }
  }

  #take(track: MediaStreamTrack, deviceId: string | null): void {
    const old = this.#captured;
    const captured = new CapturedTrack(track, deviceId, {
      onEnded: () => this.#handleEnded(captured),
      onMuted: (muted) => this.#handleMuted(muted),
    });
    const { lost, setback } = this.#mishaps;
    this.#mishaps = {};
    this.#soundless = false;
    this.#captured = captured;
    this.#options.sink?.attach(track);
    old?.stop();
    this.#showLive();
    if (setback !== undefined) this.#options.onFailed(setback);
    else if (lost !== undefined && lost !== captured.identity) this.#options.onReplaced();
  }

  #handleMuted(muted: boolean): void {
    if (muted) this.#lookedAgain = false;
    this.#showLive();
  }

  #handleEnded({ identity, livedMs }: CapturedTrack): void {
    this.#options.sink?.detach();
    this.#stopTrack();
    // Some systems end the old track when the next one opens, which is under way then.
    if (this.#running) return this.#showStarting();
    this.#mishaps.lost = identity;
    this.#comeBack(livedMs);
  }

  /** Opens the device again, or another one if it is gone. */
  #comeBack(livedMs: number): void {
    const pauseMs = this.#comebacks.next(livedMs);
    if (pauseMs === null) return this.#giveUp(new CallFailure('device_stopped'));
    this.#pauseMs = pauseMs;
    this.#showStarting();
    void this.#follow();
  }

  #giveUp(failure: CallFailure): void {
    this.#on = false;
    this.#release({ status: 'failed', error: failure.toError() });
    this.#options.onFailed(failure);
  }

  #release(state: DeviceState): void {
    this.#options.sink?.detach();
    this.#held.free();
    this.#stopTrack();
    this.#setState(state);
  }

  #stopTrack(): void {
    this.#captured?.stop();
    this.#captured = null;
  }

  #showLive(): void {
    const silenced = this.track?.muted === true;
    this.#setState({
      status: 'live',
      silenced,
      ...(this.#soundless && !silenced && { soundless: true }),
    });
  }

  #showStarting(): void {
    this.#setState(this.#asking ? { status: 'starting', asking: true } : { status: 'starting' });
  }

  #showAsking(): void {
    this.#asking = true;
    if (this.#state.status === 'starting') this.#showStarting();
  }

  #setState(state: DeviceState): void {
    this.#state = state;
    this.#options.onChanged();
  }
}
