import type { types } from 'mediasoup-client';
import { asFailure, type CallFailure } from '../base/call-failure.ts';
import type { ClientLog } from '../base/log.ts';

/**
 * The state `disconnected` often ends by itself, and an early restart would disturb that. ICE restarts if the state
 * lasts this long.
 */
export const DISCONNECTED_GRACE_MS = 1500;
/** If a restart has not connected the transport after this time, the restart is repeated. */
export const RESTART_PATIENCE_MS = 5000;
export const RESTART_MAX = 3;

export type RecoveryOptions = {
  /** Asks the server for new ICE parameters and applies them. */
  restart: () => Promise<void>;
  /** The restarts did not help. `failure` is the refusal of the server, or null if all attempts are used. */
  onBroken: (failure: CallFailure | null) => void;
  log: ClientLog;
};

/** Keeps one transport connected: restarts ICE when the path is lost, gives up after some attempts. */
export class TransportRecovery {
  readonly #options: RecoveryOptions;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #attempts = 0;
  #state: types.ConnectionState = 'new';
  #inFlight = false;
  #waitingForSignaling = false;
  #closed = false;

  constructor(options: RecoveryOptions) {
    this.#options = options;
  }

  handleState(state: types.ConnectionState): void {
    if (this.#closed) return;
    this.#state = state;
    if (state === 'connected') {
      this.#attempts = 0;
      this.#clearTimer();
    }
    if (state === 'disconnected') this.#later(DISCONNECTED_GRACE_MS);
    if (state === 'failed') this.restart();
  }

  resumed(): void {
    if (this.#waitingForSignaling) this.restart();
  }

  restart(): void {
    // A transport in the state `new` has no path to repair.
    if (this.#closed || this.#state === 'new' || this.#inFlight) return;
    this.#clearTimer();
    this.#waitingForSignaling = false;
    if (this.#attempts >= RESTART_MAX) {
      this.#options.onBroken(null);
      return;
    }
    this.#attempts += 1;
    this.#inFlight = true;
    void this.#attempt();
  }

  close(): void {
    this.#closed = true;
    this.#clearTimer();
  }

  async #attempt(): Promise<void> {
    try {
      await this.#options.restart();
      this.#inFlight = false;
      // If the path never broke, no `connected` event follows. The next change of the network must start at attempt 0.
      if (this.#state === 'connected') this.#attempts = 0;
      else if (!this.#closed) this.#later(RESTART_PATIENCE_MS);
    } catch (error) {
      this.#inFlight = false;
      if (this.#closed) return;
      this.#handleFailure(asFailure(error));
    }
  }

  #handleFailure(failure: CallFailure): void {
    this.#options.log('warn', 'ICE restart failed', { code: failure.code });
    if (failure.code === 'network_unreachable') {
      // The socket is lost, and the path may be fine: the restart waits for signaling and does not count as an attempt.
      this.#attempts -= 1;
      this.#waitingForSignaling = true;
    } else if (!failure.retryable) this.#options.onBroken(failure);
    // The old path still works. Keep it, although the server was too busy for a restart.
    else if (this.#state === 'connected') this.#attempts = 0;
    else this.#later(RESTART_PATIENCE_MS);
  }

  #later(ms: number): void {
    this.#clearTimer();
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (this.#state !== 'connected') this.restart();
    }, ms);
  }

  #clearTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
