import type { CapturedTrack } from './captured-track.ts';

/**
 * Keeps the device of a muted source open for a while, so that turning it on again is instant and asks nothing. What is
 * held is a disabled copy: no sender has ever had it, and the track that was sent is stopped as soon as it is muted.
 */
export class HeldTrack {
  #forMs: number;
  #held: Pick<CapturedTrack, 'track' | 'deviceId'> | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** @param forMs 0: holds nothing. Infinity: holds until `free`. */
  constructor(forMs: number) {
    this.#forMs = forMs;
  }

  /** Applies at once, also to a device that is held now. */
  setDuration(forMs: number): void {
    this.#forMs = forMs;
    if (this.#held !== null) this.#arm();
  }

  /** Holds a copy of the track. The caller stops the track itself. */
  hold({ track, deviceId }: CapturedTrack): void {
    this.free();
    if (this.#forMs <= 0) return;
    const copy = track.clone();
    copy.enabled = false;
    this.#held = { track: copy, deviceId };
    this.#arm();
  }

  /** Returns the live track of this device; the caller stops it. Returns null if none is held. Then nothing is held any more. */
  take(deviceId: string | null): MediaStreamTrack | null {
    const held = this.#held;
    const isUsable =
      held !== null &&
      held.deviceId === deviceId &&
      held.track.readyState === 'live' &&
      // A device that the system has muted is opened anew.
      !held.track.muted;
    if (!isUsable) {
      this.free();
      return null;
    }
    this.#forget();
    held.track.enabled = true;
    return held.track;
  }

  free(): void {
    this.#held?.track.stop();
    this.#forget();
  }

  #arm(): void {
    this.#disarm();
    if (this.#forMs <= 0) this.free();
    else if (Number.isFinite(this.#forMs)) this.#timer = setTimeout(() => this.free(), this.#forMs);
  }

  #disarm(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #forget(): void {
    this.#disarm();
    this.#held = null;
  }
}
