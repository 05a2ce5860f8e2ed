export type CapturedTrackEvents = {
  /** The device is gone, or the system or the browser took it away. `stop()` does not lead to this. */
  onEnded: () => void;
  /** The device delivers nothing, or delivers again. Only the browser mutes a track. */
  onMuted: (muted: boolean) => void;
};

/** The track of a device in use, from its opening until it is stopped or let go. */
export class CapturedTrack {
  readonly track: MediaStreamTrack;
  /** The device id that was chosen when the device was opened. */
  readonly deviceId: string | null;
  readonly #events: CapturedTrackEvents;
  readonly #since = performance.now();

  constructor(track: MediaStreamTrack, deviceId: string | null, events: CapturedTrackEvents) {
    this.track = track;
    this.deviceId = deviceId;
    this.#events = events;
    track.addEventListener('ended', events.onEnded);
    track.addEventListener('mute', this.#handleMute);
    track.addEventListener('unmute', this.#handleMute);
  }

  /** How long the device has delivered, in milliseconds. */
  get livedMs(): number {
    return performance.now() - this.#since;
  }

  /** Differs between devices. Browsers have one id for the default device, whichever device that is now. */
  get identity(): string {
    return JSON.stringify([this.track.getSettings().deviceId, this.track.label]);
  }

  stop(): void {
    this.letGo();
    this.track.stop();
  }

  /** Reports nothing any more, and leaves the track to the caller. */
  letGo(): void {
    this.track.removeEventListener('ended', this.#events.onEnded);
    this.track.removeEventListener('mute', this.#handleMute);
    this.track.removeEventListener('unmute', this.#handleMute);
  }

  readonly #handleMute = ({ type }: Event): void => this.#events.onMuted(type === 'mute');
}
