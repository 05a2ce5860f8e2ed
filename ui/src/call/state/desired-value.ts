import { backoffMs, TOO_FAST_PAUSE_MS } from '../base/time/backoff.ts';
import { asFailure, CallFailure } from '../base/call-failure.ts';
import { Pause } from '../base/time/pause.ts';

export type DesiredState<T> =
  /** The server has the value. */
  | { status: 'kept'; value: T }
  /** `late`: the server is away or slow. The value is sent until the server answers. */
  | { status: 'sending'; value: T; late: boolean }
  /** The server refused the value and keeps the one before. */
  | { status: 'refused'; value: T; failure: CallFailure };

export type DesiredValueOptions<T> = {
  initial: T;
  /** Must be idempotent: a request whose reply was lost is repeated. */
  send: (value: T) => Promise<unknown>;
  onChanged: () => void;
  retryMs?: number;
};

const RETRY_MS = 1_000;
const RETRY_LONGEST_MS = 10_000;
/** A server that answers "not now" this often has refused. One that does not answer may have done it: ask until it answers. */
const REFUSALS_MAX = 8;

/**
 * Brings the server to the newest value that the person wants. One request runs at a time; a value that waits is
 * replaced by a newer one. The state says one thing about the newest value, never two.
 */
export class DesiredValue<T> {
  readonly #options: DesiredValueOptions<T>;
  readonly #pause = new Pause();
  #kept: T;
  #state: DesiredState<T>;
  /** Counts the snapshots. If it changes during a request, the lost socket of that request has been replaced. */
  #snapshots = 0;
  #running = false;
  #closed = false;

  constructor(options: DesiredValueOptions<T>) {
    this.#options = options;
    this.#kept = options.initial;
    this.#state = { status: 'kept', value: options.initial };
  }

  get state(): DesiredState<T> {
    return this.#state;
  }

  /** The value that the server has or will have. */
  get value(): T {
    return this.#state.status === 'refused' ? this.#kept : this.#state.value;
  }

  want(value: T): void {
    if (this.#closed) {
      this.#set({ status: 'refused', value, failure: new CallFailure('closed') });
      return;
    }
    const late = this.#state.status === 'sending' && this.#state.late;
    this.#set({ status: 'sending', value, late });
    void this.#run();
  }

  /** What the server has is what the person wants. */
  adopt(onServer: T): void {
    this.#keep(onServer);
  }

  /** Called with what a snapshot says: the value that the server has now. */
  reconcile(onServer: T): void {
    this.#snapshots += 1;
    this.#pause.end();
    if (this.value !== onServer) this.want(this.value);
    else if (this.#state.status === 'sending') this.#keep(this.value);
  }

  close(): void {
    this.#closed = true;
    this.#pause.end();
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    for (let attempt = 0; !this.#closed && this.#state.status === 'sending';) {
      const { value } = this.#state;
      const snapshots = this.#snapshots;
      try {
        await this.#options.send(value);
        this.#answered(value, null);
        attempt = 0;
      } catch (error) {
        const failure = asFailure(error);
        if (failure.code === 'network_unreachable' && snapshots === this.#snapshots) {
          // The next snapshot goes on.
          this.#markLate();
          break;
        }
        if (this.#mayPass(failure, attempt)) await this.#waitAfter(failure, attempt++);
        else this.#answered(value, failure);
      }
    }
    this.#running = false;
  }

  #answered(value: T, failure: CallFailure | null): void {
    if (failure === null) this.#kept = value;
    // Meanwhile a newer value is wanted, and its own answer counts.
    if (this.#closed || this.#state.status !== 'sending' || this.#state.value !== value) return;
    if (failure === null) this.#keep(value);
    else this.#set({ status: 'refused', value, failure });
  }

  #mayPass({ code, retryable }: CallFailure, attempt: number): boolean {
    if (code === 'timeout' || code === 'network_unreachable') return true;
    return retryable && attempt < REFUSALS_MAX;
  }

  async #waitAfter(failure: CallFailure, attempt: number): Promise<void> {
    const { retryMs } = this.#options;
    if (failure.code === 'rate_limited') return this.#pause.wait(retryMs ?? TOO_FAST_PAUSE_MS);
    this.#markLate();
    await this.#pause.wait(backoffMs(attempt, { firstMs: retryMs ?? RETRY_MS, maxMs: RETRY_LONGEST_MS }));
  }

  #markLate(): void {
    if (this.#state.status === 'sending') this.#set({ ...this.#state, late: true });
  }

  #keep(value: T): void {
    this.#kept = value;
    this.#set({ status: 'kept', value });
  }

  #set(state: DesiredState<T>): void {
    this.#state = state;
    this.#options.onChanged();
  }
}
