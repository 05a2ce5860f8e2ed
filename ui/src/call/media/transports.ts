import type { TransportId } from '@parley/proto/ids';
import type { RequestInput } from '@parley/proto/requests';
import type { IceServer, Source, TransportParameters } from '@parley/proto/rtp';
import { transportIdSchema } from '@parley/proto/ids';
import { sourceSchema } from '@parley/proto/rtp';
import type { Device, types } from 'mediasoup-client';
import { backoffMs } from '../base/time/backoff.ts';
import { asFailure, CallFailure } from '../base/call-failure.ts';
import { within } from '../base/time/deadline.ts';
import type { ClientLog } from '../base/log.ts';
import type { PublicationData } from '../send/publication.ts';
import { sanitizeRtpParameters } from '../base/rtp-sanitizer.ts';
import { silentPicture } from './silent-picture.ts';
import type { SignalingClient } from '../signaling/signaling-client.ts';

export type TransportsOptions = {
  device: Device;
  /** Without `send` for a person whose role may send nothing. */
  transports: { send?: TransportParameters | undefined; receive: TransportParameters };
  iceServers: readonly IceServer[];
  /** Whether media may go only through a TURN server. */
  relayOnly?: boolean;
  certificate: RTCCertificate | null;
  signaling: Pick<SignalingClient, 'request' | 'requestUntilDone'>;
  /** These transports cannot be repaired. The owner must make new ones. */
  onBroken: (failure: CallFailure) => void;
  onConnectionChanged: () => void;
  log: ClientLog;
};
export type TransportsOwner = Pick<
  TransportsOptions,
  'signaling' | 'onBroken' | 'onConnectionChanged' | 'log'
>;

const CREATE_ATTEMPTS = 5;

/** The transports of one peer on one media node: one to receive, and one to send if the person may. After a reset of the media, `Media` makes a new `Transports`. */
export class Transports {
  readonly receive: types.Transport;
  /**
   * Resolves when the request with the DTLS parameters of the receiving transport is sent. Consumers may be resumed
   * after that.
   */
  readonly receiveConnecting: Promise<void>;
  /** Resolves when the receiving transport is connected. */
  readonly receiveConnected: Promise<void>;
  readonly #closing: PromiseWithResolvers<never> = Promise.withResolvers();
  #options: TransportsOptions;
  #send: types.Transport | null;
  /** The ICE servers with credentials that are newer than those of the connections; null if there are none. */
  #renewed: readonly IceServer[] | null = null;
  #receiveBegun = false;
  /** What failed and the next owner repeats: the server may not have the DTLS parameters. */
  readonly #toRepeat: (() => void)[] = [];
  #closed = false;

  constructor(options: TransportsOptions) {
    this.#options = options;
    const { device, transports } = options;
    // The rejection in `close` must not count as unhandled if no caller waits for this promise.
    this.#closing.promise.catch(() => {});
    this.#send = transports.send === undefined ? null : this.#makeSend(transports.send);
    this.receive = device.createRecvTransport(this.#transportOptions(transports.receive));
    this.receiveConnecting = new Promise((resolve) => {
      this.receive.on('connect', ({ dtlsParameters }, callback) => {
        this.#receiveBegun = true;
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
    this.#watch(this.receive);
  }

  /** Null while the person's role may send nothing. */
  get send(): types.Transport | null {
    return this.#send;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Whether the receiving transport connects or is connected: what the server sends now may arrive before it is set up. */
  get receiveBegun(): boolean {
    return this.#receiveBegun;
  }

  /** Whether these are the transports of this offer. */
  isOf({ send, receive }: TransportsOptions['transports']): boolean {
    return !this.#closed && this.#send?.id === send?.transportId && this.receive.id === receive.transportId;
  }

  /** Makes the transport to send on, for a person who may send from now on. */
  openSend(parameters: TransportParameters, iceServers: readonly IceServer[]): types.Transport {
    this.#options = { ...this.#options, iceServers };
    this.#send = this.#makeSend(parameters);
    return this.#send;
  }

  /** Closes the transport to send on, with its producers. */
  closeSend(): void {
    const send = this.#send;
    this.#send = null;
    send?.close();
    this.#options.onConnectionChanged();
  }

  /** Gives the transports another owner. */
  handOver(owner: TransportsOwner): void {
    this.#options = { ...this.#options, ...owner };
    for (const repeat of this.#toRepeat.splice(0)) repeat();
  }

  /** Connects the receiving transport before there is anything to receive. Never rejects: a failure is reported to the owner of that time. */
  async warmUp(): Promise<void> {
    try {
      await this.consume(silentPicture(this.#options.device));
    } catch (error) {
      if (!this.#closed) this.#options.onBroken(asFailure(error));
    }
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

  /** The transport to send on first, if there is one. */
  get all(): readonly types.Transport[] {
    return this.#send === null ? [this.receive] : [this.#send, this.receive];
  }

  /** The states of the transports that have begun: a transport in the state `new` has no path yet. */
  get begunStates(): types.ConnectionState[] {
    return this.#begun.map(({ connectionState }) => connectionState);
  }

  /** Looks for other paths. Rejects with CallFailure. */
  async restartIce(): Promise<void> {
    await Promise.all(this.#begun.map((transport) => this.#restartIce(transport)));
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#closing.reject(new CallFailure('closed'));
    this.#send?.close();
    this.receive.close();
  }

  #makeSend(parameters: TransportParameters): types.Transport {
    const transport = this.#options.device.createSendTransport(this.#transportOptions(parameters));
    transport.on('connect', ({ dtlsParameters }, callback) => {
      this.#connect(transport, dtlsParameters);
      callback();
    });
    transport.on('produce', (request, callback, errback) =>
      this.#produce(transport, request, callback, errback),
    );
    this.#watch(transport);
    return transport;
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
    const { signaling, log } = this.#options;
    const input = { transportId: transportIdSchema.parse(transport.id), dtlsParameters };
    signaling
      .requestUntilDone('transport:connect', input, () => !transport.closed)
      .catch((error: unknown) => {
        if (transport.closed) return;
        // The join was quicker than the request of the lobby.
        if (this.#options.signaling !== signaling) return this.#connect(transport, dtlsParameters);
        const failure = asFailure(error);
        log('error', 'transport not connected', { direction: transport.direction, code: failure.code });
        this.#toRepeat.push(() => this.#connect(transport, dtlsParameters));
        this.#options.onBroken(failure);
      });
  }

  #produce(
    transport: types.Transport,
    request: { kind: types.MediaKind; rtpParameters: types.RtpParameters; appData: types.AppData },
    callback: (answer: { id: string }) => void,
    errback: (error: Error) => void,
  ): void {
    const data = request.appData as PublicationData;
    const source: Source = sourceSchema.parse(data.source);
    const rtpParameters = sanitizeRtpParameters(request.rtpParameters);
    const input = { source, kind: request.kind, rtpParameters, paused: data.isPaused() };
    void this.#create(transport, input, callback, errback);
  }

  async #create(
    transport: types.Transport,
    input: RequestInput<'producer:create'>,
    callback: (answer: { id: string }) => void,
    errback: (error: Error) => void,
  ): Promise<void> {
    try {
      callback({ id: await this.#createUntilAnswered(transport, input) });
    } catch (error) {
      const failure = asFailure(error);
      // `conflict`: the server has a producer that this client does not know, because the answer to an earlier attempt
      // was lost.
      const isOutOfStep = failure.code === 'transport_not_found' || failure.code === 'conflict';
      if (!transport.closed && isOutOfStep) this.#options.onBroken(failure);
      errback(failure);
    }
  }

  /**
   * Repeats the request with the same parameters. If the server made the producer and only its answer was lost, the
   * server recognizes the producer by these parameters. Another `produce` of mediasoup-client would have different
   * parameters.
   */
  async #createUntilAnswered(
    transport: types.Transport,
    input: RequestInput<'producer:create'>,
  ): Promise<string> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const needed = () => !transport.closed;
        return (await this.#options.signaling.requestUntilDone('producer:create', input, needed)).producerId;
      } catch (error) {
        const failure = asFailure(error);
        if (!failure.retryable || attempt === CREATE_ATTEMPTS || transport.closed) throw failure;
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

  get #begun(): types.Transport[] {
    return this.all.filter(({ connectionState }) => connectionState !== 'new');
  }

  async #restartIce(transport: types.Transport): Promise<void> {
    const transportId: TransportId = transportIdSchema.parse(transport.id);
    try {
      const request = { transportId };
      const { iceParameters } = await this.#options.signaling.request('transport:restart-ice', request);
      await this.#applyIceServers(transport);
      if (!transport.closed) await transport.restartIce({ iceParameters });
    } catch (error) {
      // The person may send nothing any more.
      if (this.#closed || !transport.closed) throw error;
    }
  }

  #watch(transport: types.Transport): void {
    transport.on('connectionstatechange', (state) => {
      this.#logState(transport, state);
      this.#options.onConnectionChanged();
    });
  }
}
