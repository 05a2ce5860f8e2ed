import type { types } from 'mediasoup-client';

/** A call without media for this long says so. A slow path connects in a few seconds. */
export const NO_MEDIA_MS = 10_000;

/** Notices when the media of a call does not get through, also over several attempts with new transports. */
export class MediaWatch {
  readonly #onChanged: (blocked: boolean) => void;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #blocked = false;

  /** @param onChanged Called with true after `NO_MEDIA_MS` without media, and with false when media gets through again. */
  constructor(onChanged: (blocked: boolean) => void) {
    this.#onChanged = onChanged;
  }

  /**
   * @param states Those of the present transports. Without any, and while none has begun to connect, nothing changes.
   * @param joined Without signaling the page says that it reconnects, and the time does not count.
   */
  update(states: readonly types.ConnectionState[], joined: boolean): void {
    const begun = states.filter((state) => state !== 'new' && state !== 'closed');
    if (!joined) this.#clearTimer();
    else if (begun.some((state) => state !== 'connected')) this.#wait();
    else if (begun.length > 0) this.#end();
  }

  close(): void {
    this.#clearTimer();
  }

  #wait(): void {
    if (this.#blocked) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#blocked = true;
      this.#onChanged(true);
    }, NO_MEDIA_MS);
  }

  #end(): void {
    this.#clearTimer();
    if (!this.#blocked) return;
    this.#blocked = false;
    this.#onChanged(false);
  }

  #clearTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
