import type { GrpcCallOptions } from '@parley/common/grpc';
import { isErrorCode, ParleyError } from '@parley/proto/errors';
import {
  producerIdSchema,
  type ConsumerId,
  type PeerId,
  type ProducerId,
  type RoomCode,
  type TraceId,
  type TransportId,
} from '@parley/proto/ids';
import type { ConsumeResult } from '@parley/proto/requests';
import type {
  DtlsParameters,
  IceParameters,
  MediaKind,
  PreferredLayers,
  RtpCapabilities,
  RtpParameters,
  Source,
  TransportParameters,
} from '@parley/proto/rtp';
import {
  fromConsumerParametersMessage,
  fromIceParametersMessage,
  fromTransportParametersMessage,
  toDtlsParametersMessage,
  toMediaKindMessage,
  toPreferredLayersMessage,
  toRtpCapabilitiesMessage,
  toRtpParametersMessage,
  toSourceMessage,
  type media,
} from '@parley/proto/media-rpc';
import type { RemoteNode } from './remote-node.ts';

type RemotePeerOptions = { node: RemoteNode; code: RoomCode; peerId: PeerId; traceId: TraceId };
type ProduceOptions = { source: Source; kind: MediaKind; rtpParameters: RtpParameters; paused: boolean };
type ConsumeOptions = {
  producerId: ProducerId;
  preferredLayers?: PreferredLayers | undefined;
  resumed?: boolean | undefined;
  /** The media node that the peer of the producer is on; null if that is not known. */
  home: string | null;
};
type ConsumerLayers = {
  consumerId: ConsumerId;
  preferredLayers: PreferredLayers;
  priority?: number | undefined;
};

/** Short, because a peer waits to be back. */
const HELD_TIMEOUT_MS = 1_000;

/** `send` is absent for a peer that only receives. */
export type Transports = { send?: TransportParameters; receive: TransportParameters };
export type Opening = {
  rtpCapabilities: RtpCapabilities;
  /** Names where the client comes from, see `networkName`. */
  network: string;
  /** No transport to send on is made. */
  receiveOnly: boolean;
};

/**
 * Signaling's proxy of the media of one peer on its node, with the method names of mediasoup. It holds no state: the node
 * is the source of truth, and refuses ids of other peers.
 */
export class RemotePeer {
  readonly node: RemoteNode;
  readonly #ids: { roomId: RoomCode; peerId: PeerId };
  readonly #options: GrpcCallOptions;

  constructor({ node, code, peerId, traceId }: RemotePeerOptions) {
    this.node = node;
    this.#ids = { roomId: code, peerId };
    this.#options = { traceId };
  }

  /** Makes the peer's transports. A pending release of the same peer is done first. */
  async open({ rtpCapabilities, network, receiveOnly }: Opening): Promise<Transports> {
    await this.node.settle(this.#ids.roomId, this.#ids.peerId);
    const capabilities = toRtpCapabilitiesMessage(rtpCapabilities);
    const request = { ...this.#ids, rtpCapabilities: capabilities, origin: network, receiveOnly };
    const response = await this.node.call('openPeer', request, this.#options);
    const receive = fromTransportParametersMessage(response.receiveTransport);
    // A node of an older version makes both in any case.
    return receiveOnly
      ? { receive }
      : { send: fromTransportParametersMessage(response.sendTransport), receive };
  }

  /** Makes the transport to send on, or answers with the one that there is. */
  async openSendTransport(): Promise<TransportParameters> {
    const { transport } = await this.node.call('openSendTransport', this.#ids, this.#options);
    return fromTransportParametersMessage(transport);
  }

  /** Closes the transport to send on, with its producers. */
  async closeSendTransport(): Promise<void> {
    await this.node.call('closeSendTransport', this.#ids, this.#options);
  }

  /** Resolves when the node has closed everything of the peer. */
  async close(): Promise<void> {
    await this.node.call('closePeer', this.#ids, this.#options);
  }

  /** Whether the node has the media of the peer; undefined if it does not say so in time. Never rejects. */
  async isHeld(): Promise<boolean | undefined> {
    try {
      const options = { ...this.#options, timeoutMs: HELD_TIMEOUT_MS };
      return (await this.node.call('findPeer', this.#ids, options)).open;
    } catch {
      return undefined;
    }
  }

  /** Asks the node to free what it holds of the peer. Retried until the node answers. */
  release(): void {
    this.node.release(this.#ids.roomId, this.#ids.peerId);
  }

  /** The node keeps the voice of a person with a raised hand among those that it forwards. */
  async setHand(raised: boolean): Promise<void> {
    await this.node.call('setHand', { ...this.#ids, raised }, this.#options);
  }

  async connectTransport(transportId: TransportId, dtlsParameters: DtlsParameters): Promise<void> {
    const request = { ...this.#ids, transportId, dtlsParameters: toDtlsParametersMessage(dtlsParameters) };
    await this.node.call('connectTransport', request, this.#options);
  }

  async restartIce(transportId: TransportId): Promise<IceParameters> {
    const response = await this.node.call('restartIce', { ...this.#ids, transportId }, this.#options);
    return fromIceParametersMessage(response.iceParameters);
  }

  async produce({ source, kind, rtpParameters, paused }: ProduceOptions): Promise<ProducerId> {
    const request = {
      ...this.#ids,
      source: toSourceMessage(source),
      kind: toMediaKindMessage(kind),
      rtpParameters: toRtpParametersMessage(rtpParameters),
      paused,
    };
    const response = await this.node.call('produce', request, this.#options);
    return producerIdSchema.parse(response.producerId);
  }

  async pauseProducer(producerId: ProducerId): Promise<void> {
    await this.node.call('setProducerPaused', { ...this.#ids, producerId, paused: true }, this.#options);
  }

  /** Like `pauseProducer`. A producer that is gone is silent too. */
  async silenceProducer(producerId: ProducerId): Promise<void> {
    await this.pauseProducer(producerId).catch((error: unknown) => {
      if (!(error instanceof ParleyError) || error.code !== 'producer_not_found') throw error;
    });
  }

  async resumeProducer(producerId: ProducerId): Promise<void> {
    await this.node.call('setProducerPaused', { ...this.#ids, producerId, paused: false }, this.#options);
  }

  async closeProducer(producerId: ProducerId): Promise<void> {
    await this.node.call('closeProducer', { ...this.#ids, producerId }, this.#options);
  }

  /** One result for each item, in order. Consumers start paused unless asked otherwise. The node gets producers of other nodes from there. */
  async consume(items: readonly ConsumeOptions[]): Promise<ConsumeResult[]> {
    if (items.length === 0) return [];
    const request = {
      ...this.#ids,
      items: items.map(({ producerId, preferredLayers, resumed = false, home }) => ({
        producerId,
        resumed,
        home: home === null || home === this.node.id ? '' : home,
        ...(preferredLayers && { preferredLayers: toPreferredLayersMessage(preferredLayers) }),
      })),
    };
    const { results } = await this.node.call('consume', request, this.#options);
    if (results.length !== items.length)
      throw new Error('The media node answered for other producers than were asked.');
    return results.map(toConsumeResult);
  }

  async pauseConsumers(consumerIds: readonly ConsumerId[]): Promise<void> {
    await this.node.call(
      'setConsumersPaused',
      { ...this.#ids, consumerIds: [...consumerIds], paused: true },
      this.#options,
    );
  }

  async resumeConsumers(consumerIds: readonly ConsumerId[]): Promise<void> {
    await this.node.call(
      'setConsumersPaused',
      { ...this.#ids, consumerIds: [...consumerIds], paused: false },
      this.#options,
    );
  }

  async closeConsumers(consumerIds: readonly ConsumerId[]): Promise<void> {
    await this.node.call('closeConsumers', { ...this.#ids, consumerIds: [...consumerIds] }, this.#options);
  }

  async setPreferredLayers(layers: readonly ConsumerLayers[]): Promise<void> {
    const messages = layers.map(({ consumerId, preferredLayers, priority }) => {
      const message = { consumerId, preferredLayers: toPreferredLayersMessage(preferredLayers) };
      return priority === undefined ? message : { ...message, priority };
    });
    await this.node.call('setConsumerLayers', { ...this.#ids, layers: messages }, this.#options);
  }

  async requestKeyFrames(consumerIds: readonly ConsumerId[]): Promise<void> {
    await this.node.call('requestKeyFrames', { ...this.#ids, consumerIds: [...consumerIds] }, this.#options);
  }
}

function toConsumeResult(result: media.ConsumeResult): ConsumeResult {
  const producerId = producerIdSchema.parse(result.producerId);
  if (result.consumer)
    return { status: 'created', producerId, consumer: fromConsumerParametersMessage(result.consumer) };
  const { code, message } = result.failure ?? { code: 'internal', message: '' };
  const error = isErrorCode(code)
    ? new ParleyError(code, message === '' ? undefined : message)
    : new ParleyError('internal');
  return { status: 'failed', producerId, error: error.toBody() };
}
