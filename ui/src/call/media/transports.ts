import type { IceServer, RequestInput, Source, TransportId, TransportParameters } from '@parley/proto';
import { sourceSchema, transportIdSchema } from '@parley/proto';
import type { Device, types } from 'mediasoup-client';
import { backoffMs } from '../base/backoff.ts';
import { asFailure, CallFailure } from '../base/call-failure.ts';
import { within } from '../base/deadline.ts';
import type { ClientLog } from '../base/log.ts';
import type { PublicationData } from '../send/publication.ts';
import { sanitizeRtpParameters } from '../base/rtp-sanitizer.ts';
import type { SignalingClient } from '../signaling/signaling-client.ts';
import { TransportRecovery } from './transport-recovery.ts';

export type TransportsOptions = {
  device: Device;
  transports: { send: TransportParameters; receive: TransportParameters };
  iceServers: readonly IceServer[];
  /** Whether media may go only through a TURN server. */
  relayOnly?: boolean;
  certificate: RTCCertificate | null;
  signaling: Pick<SignalingClient, 'request' | 'requestUntilDone'>;
  /** These transports cannot be repaired. The owner must make new ones. */
  onBroken: (failure: CallFailure | null) => void;
  onConnectionChanged: () => void;
  log: ClientLog;
};

const CREATE_ATTEMPTS = 5;

/** The two transports of one peer on one media node. After a reset of the media, `Media` makes a new `Transports`. */
export class Transports {
  readonly send: types.Transport;
  readonly receive: types.Transport;
  /**
   * Resolves when the request with the DTLS parameters of the receiving transport is sent. Consumers may be resumed
   * after that.
   */
  readonly receiveConnecting: Promise<void>;
  /** Resolves when the receiving transport is connected. */
  readonly receiveConnected: Promise<void>;
  readonly #closing: PromiseWithResolvers<never> = Promise.withResolvers();
  readonly #options: TransportsOptions;
  readonly #recoveries: TransportRecovery[];
  /** With credentials that are newer than those of the connections; null if there are none. */
  #renewed: readonly IceServer[] | null = null;
  #closed = false;

  constructor(options: TransportsOptions) {
    this.#options = options;
    const { device, transports } = options;
    // The rejection in `close` must not count as unhandled if no caller waits for this promise.
    this.#closing.promise.catch(() => {});
    this.send = device.createSendTransport(this.#transportOptions(transports.send));
    this.receive = device.createRecvTransport(this.#transportOptions(transports.receive));
    this.receiveConnecting = new Promise((resolve) => {
      this.receive.on('connect', ({ dtlsParameters }, callback) => {
        this.#connect(this.receive, dtlsParameters);
        callback();
        resolve();
      });
    });
    this.receiveConnected = new Promise((resolve) => {
      this.receive.on('connectionstatechange', (state) => {
        if (state === 'connected') resolve();
      });
    });
    this.send.on('connect', ({ dtlsParameters }, callback) => {
      this.#connect(this.send, dtlsParameters);
      callback();
    });
    this.send.on('produce', (request, callback, errback) => this.#produce(request, callback, errback));
    this.#recoveries = [this.send, this.receive].map((transport) => this.#recover(transport));
  }

  get closed(): boolean {
    return this.#closed;
  }

  /**
   * Makes a consumer on the receiving transport. Rejects with CallFailure `closed` if the transports close first.
   * mediasoup-client alone is not enough: after its `close`, a call that waits in its queue rejects, but a call whose
   * session description the browser is applying never settles.
   */
  consume(options: types.ConsumerOptions): Promise<types.Consumer> {
    return Promise.race([this.receive.consume(options), this.#closing.promise]);
  }

  /**
   * The next restart of ICE uses these servers. The connections do not get them before: with other servers than at its
   * last offer, a browser restarts ICE at the next offer, for example when a screen is shared.
   */
  renewIceServers(iceServers: readonly IceServer[]): void {
    this.#renewed = iceServers;
  }

  /** Called after a change of the network, because ICE notices a dead path late. */
  restartIce(): void {
    for (const recovery of this.#recoveries) recovery.restart();
  }

  /** Called when signaling is back. Makes the restarts that waited for signaling. */
  resumed(): void {
    for (const recovery of this.#recoveries) recovery.resumed();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#closing.reject(new CallFailure('closed'));
    for (const recovery of this.#recoveries) recovery.close();
    this.send.close();
    this.receive.close();
  }

  #transportOptions(parameters: TransportParameters): types.TransportOptions {
    const { certificate, iceServers, relayOnly } = this.#options;
    return {
      id: parameters.transportId,
      iceParameters: parameters.iceParameters,
      iceCandidates: parameters.iceCandidates.map((candidate) => ({ ...candidate, ip: candidate.address })),
      dtlsParameters: parameters.dtlsParameters,
      iceServers: iceServers.map((server) => ({ ...server })),
      iceTransportPolicy: relayOnly === true ? 'relay' : 'all',
      additionalSettings: certificate === null ? {} : { certificates: [certificate] },
    };
  }

  /** The caller does not wait for the answer, so that ICE starts while this request is under way. */
  #connect(transport: types.Transport, dtlsParameters: types.DtlsParameters): void {
    const { signaling, log, onBroken } = this.#options;
    const input = { transportId: transportIdSchema.parse(transport.id), dtlsParameters };
    signaling
      .requestUntilDone('transport:connect', input, () => !this.#closed)
      .catch((error: unknown) => {
        if (this.#closed) return;
        const failure = asFailure(error);
        log('error', 'transport not connected', { direction: transport.direction, code: failure.code });
        onBroken(failure);
      });
  }

  #produce(
    request: { kind: types.MediaKind; rtpParameters: types.RtpParameters; appData: types.AppData },
    callback: (answer: { id: string }) => void,
    errback: (error: Error) => void,
  ): void {
    const data = request.appData as PublicationData;
    const source: Source = sourceSchema.parse(data.source);
    const rtpParameters = sanitizeRtpParameters(request.rtpParameters);
    const input = { source, kind: request.kind, rtpParameters, paused: data.isPaused() };
    void this.#create(input, callback, errback);
  }

  async #create(
    input: RequestInput<'producer:create'>,
    callback: (answer: { id: string }) => void,
    errback: (error: Error) => void,
  ): Promise<void> {
    try {
      callback({ id: await this.#createUntilAnswered(input) });
    } catch (error) {
      const failure = asFailure(error);
      // `conflict`: the server has a producer that this client does not know, because the answer to an earlier attempt
      // was lost.
      const isOutOfStep = failure.code === 'transport_not_found' || failure.code === 'conflict';
      if (!this.#closed && isOutOfStep) this.#options.onBroken(failure);
      errback(failure);
    }
  }

  /**
   * Repeats the request with the same parameters. If the server made the producer and only its answer was lost, the
   * server recognizes the producer by these parameters. Another `produce` of mediasoup-client would have different
   * parameters.
   */
  async #createUntilAnswered(input: RequestInput<'producer:create'>): Promise<string> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const needed = () => !this.#closed;
        return (await this.#options.signaling.requestUntilDone('producer:create', input, needed)).producerId;
      } catch (error) {
        const failure = asFailure(error);
        if (!failure.retryable || attempt === CREATE_ATTEMPTS || this.#closed) throw failure;
        await within(backoffMs(attempt), this.#closing.promise);
      }
    }
  }

  async #applyIceServers(transport: types.Transport): Promise<void> {
    if (this.#renewed === null || this.#closed) return;
    try {
      await transport.updateIceServers({ iceServers: this.#renewed.map((server) => ({ ...server })) });
    } catch (error) {
      // mediasoup-client refuses this in Firefox. If no path is found without TURN, `Media` reopens with new servers.
      this.#options.log('info', 'ICE servers not renewed', { message: asFailure(error).message });
    }
  }

  #logState({ direction }: types.Transport, state: types.ConnectionState): void {
    if (state === 'connected') this.#options.log('info', 'transport connected', { direction });
    if (state === 'disconnected' || state === 'failed')
      this.#options.log('warn', 'transport not connected', { direction, state });
  }

  #recover(transport: types.Transport): TransportRecovery {
    const transportId: TransportId = transportIdSchema.parse(transport.id);
    const recovery = new TransportRecovery({
      restart: async () => {
        const { iceParameters } = await this.#options.signaling.request('transport:restart-ice', {
          transportId,
        });
        await this.#applyIceServers(transport);
        if (!this.#closed) await transport.restartIce({ iceParameters });
      },
      onBroken: (failure) => this.#options.onBroken(failure),
      log: this.#options.log,
    });
    transport.on('connectionstatechange', (state) => {
      this.#logState(transport, state);
      recovery.handleState(state);
      this.#options.onConnectionChanged();
    });
    return recovery;
  }
}
