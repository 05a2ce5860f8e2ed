import type { IceServer, TransportParameters } from '@parley/proto/rtp';
import type { types } from 'mediasoup-client';
import { asFailure, type CallFailure } from '../base/call-failure.ts';
import type { ClientLog } from '../base/log.ts';
import type { Publication } from '../send/publication.ts';
import type { SignalingClient } from '../signaling/signaling-client.ts';

/** The transports of this peer, as far as sending goes. */
type SendingTransports = {
  readonly send: types.Transport | null;
  openSend(parameters: TransportParameters, iceServers: readonly IceServer[]): types.Transport;
  closeSend(): void;
};

export type SendingOptions = {
  publications: () => readonly Publication[];
  signaling: () => Pick<SignalingClient, 'requestUntilDone'>;
  /** There is no transport to send on, and there will be none on these transports. The owner must make new ones. */
  onFailed: (failure: CallFailure) => void;
  log: ClientLog;
};

/** Gives what this person sends its transport. Somebody whose role may send nothing has none; with another role it is asked for, and made then. */
export class Sending {
  readonly #options: SendingOptions;
  /** Those in use; null: there are none now. */
  #transports: SendingTransports | null = null;
  #allowed = true;
  /** Grows with each change. An answer to an earlier request is of no use. */
  #generation = 0;

  constructor(options: SendingOptions) {
    this.#options = options;
  }

  /** Everything is sent on these from now on. */
  use(transports: SendingTransports): void {
    this.#transports = transports;
    this.#settle();
  }

  /** The transports are used no more. */
  stop(): void {
    this.#generation += 1;
    this.#transports = null;
    this.#setTransport(null);
  }

  /** @param allowed Whether the role of the person may send anything. */
  allow(allowed: boolean): void {
    if (allowed === this.#allowed) return;
    this.#allowed = allowed;
    this.#settle();
  }

  #settle(): void {
    this.#generation += 1;
    const transports = this.#transports;
    if (transports === null) return;
    if (!this.#allowed) {
      for (const publication of this.#options.publications()) publication.forbid();
      transports.closeSend();
    } else if (transports.send === null) void this.#open(transports);
    else this.#setTransport(transports.send);
  }

  async #open(transports: SendingTransports): Promise<void> {
    const generation = this.#generation;
    const needed = (): boolean => this.#generation === generation;
    this.#setTransport(null);
    try {
      const signaling = this.#options.signaling();
      const { transport, iceServers } = await signaling.requestUntilDone('transport:open-send', {}, needed);
      if (needed()) this.#setTransport(transports.openSend(transport, iceServers));
    } catch (error) {
      const failure = asFailure(error);
      // `forbidden`: the role has changed again, and the record follows.
      if (!needed() || failure.code === 'forbidden') return;
      this.#options.log('warn', 'transport to send on not opened', { code: failure.code });
      this.#options.onFailed(failure);
    }
  }

  #setTransport(transport: types.Transport | null): void {
    for (const publication of this.#options.publications()) publication.setTransport(transport);
  }
}
