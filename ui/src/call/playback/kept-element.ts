import { backoffMs } from '../base/time/backoff.ts';
import { watchPresses } from '../base/page-return.ts';

/** An element that played for this long was not paused again and again. */
const STEADY_MS = 5_000;

/**
 * One audio or video element that plays until `close`. Systems and browsers pause elements: for a phone call, a
 * headset's button, battery saving, a hidden page. An element that is paused plays again at once, and with growing pauses
 * if it is paused again and again.
 */
export class KeptElement {
  readonly #element: HTMLMediaElement;
  readonly #onChanged: () => void;
  #refused = false;
  /** How often the element was paused without playing steadily between. */
  #pauses = 0;
  #playingSince = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #stopPresses: (() => void) | null = null;
  #closed = false;

  constructor(element: HTMLMediaElement, onChanged: () => void) {
    this.#element = element;
    this.#onChanged = onChanged;
    element.addEventListener('pause', this.#handlePause);
    element.addEventListener('playing', this.#handlePlaying);
  }

  /** Whether the browser refuses to play the element until the person presses something. */
  get refused(): boolean {
    return this.#refused;
  }

  get hasSound(): boolean {
    return !this.#element.muted;
  }

  /** Never rejects. */
  async play(): Promise<void> {
    if (this.#closed) return;
    try {
      await this.#element.play();
      this.#setRefused(false);
    } catch (error) {
      // After any other error the element got another track or was paused, and each of these leads to another attempt.
      // The errors of the small window are not instances of this window's Error.
      if ((error as Partial<Error>).name === 'NotAllowedError') this.#setRefused(true);
    }
  }

  /** Called when the person comes back to the page. */
  handleReturn(): void {
    this.#pauses = 0;
    if (this.#element.paused && this.#hasStream) void this.play();
  }

  close(): void {
    if (this.#closed) return;
    this.#setRefused(false);
    this.#closed = true;
    this.#element.removeEventListener('pause', this.#handlePause);
    this.#element.removeEventListener('playing', this.#handlePlaying);
    this.#cancel();
  }

  /** Browsers also pause an element whose stream is over. */
  get #hasStream(): boolean {
    const stream = this.#element.srcObject as MediaStream | null;
    return stream !== null && stream.active;
  }

  readonly #handlePlaying = (): void => {
    this.#playingSince = performance.now();
    this.#setRefused(false);
  };

  readonly #handlePause = (): void => {
    if (performance.now() - this.#playingSince >= STEADY_MS) this.#pauses = 0;
    const delay = this.#pauses === 0 ? 0 : backoffMs(this.#pauses - 1);
    this.#pauses += 1;
    this.#cancel();
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (this.#element.paused && this.#hasStream) void this.play();
    }, delay);
  };

  #cancel(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #setRefused(refused: boolean): void {
    if (this.#closed || refused === this.#refused) return;
    this.#refused = refused;
    this.#stopPresses?.();
    this.#stopPresses = refused ? watchPresses(this.#element.ownerDocument, () => void this.play()) : null;
    this.#onChanged();
  }
}
