import {
  fromTransportParametersMessage,
  toDtlsParametersMessage,
  toRtpCapabilitiesMessage,
  toRtpParametersMessage,
  type media,
} from '@parley/proto/media-rpc';
import { ROUTER_RTP_CAPABILITIES } from '@parley/proto/router-rtp-capabilities';
import { endpointParameters, OPUS_PAYLOAD_TYPE } from '../../../tests/harness/peer/rtp-endpoint.ts';
import { RpcClient } from '../../rpc-client.ts';
import { answerTransport } from './answer-transport.ts';
import type { ServerClient } from './server-client.ts';
import type { TimedEndpoint } from './endpoint.ts';

const ROOM = 'bench';
const RTP_CAPABILITIES = toRtpCapabilitiesMessage(ROUTER_RTP_CAPABILITIES);

/** Parley's media node, called as signaling calls it. */
export class ParleyClient implements ServerClient {
  readonly payloadType = OPUS_PAYLOAD_TYPE;
  readonly #client: RpcClient;
  #people = 0;

  constructor(address: string, secret: string) {
    this.#client = new RpcClient(address, { secret });
    this.#client.watch(ROOM);
  }

  async openSender(endpoint: TimedEndpoint): Promise<string> {
    const peer = this.#nextPeer();
    const { sendTransport } = await this.#client.openPeer({ ...peer, rtpCapabilities: RTP_CAPABILITIES });
    const { producerId } = await this.#client.produce({
      ...peer,
      source: 'SOURCE_MICROPHONE',
      kind: 'MEDIA_KIND_AUDIO',
      rtpParameters: toRtpParametersMessage(endpointParameters(endpoint.ssrc)),
      paused: false,
    });
    await this.#connect(peer, endpoint, sendTransport, 'recvonly');
    return producerId;
  }

  async openReceiver(endpoint: TimedEndpoint, from: readonly string[]): Promise<void> {
    const peer = this.#nextPeer();
    const { receiveTransport } = await this.#client.openPeer({ ...peer, rtpCapabilities: RTP_CAPABILITIES });
    const items = from.map((producerId) => ({ producerId }));
    const { results } = await this.#client.consume({ ...peer, items });
    const consumerIds = results.map(({ consumer }) => {
      if (!consumer) throw new Error('the media node made no consumer');
      return consumer.consumerId;
    });
    await this.#connect(peer, endpoint, receiveTransport, 'sendonly');
    await this.#client.setConsumersPaused({ ...peer, consumerIds, paused: false });
  }

  close(): void {
    this.#client.close();
  }

  async #connect(
    peer: { roomId: string; peerId: string },
    endpoint: TimedEndpoint,
    message: media.TransportParameters | null,
    direction: 'sendonly' | 'recvonly',
  ): Promise<void> {
    const transport = fromTransportParametersMessage(message);
    const dtlsParameters = await answerTransport(endpoint, transport, direction);
    await this.#client.connectTransport({
      ...peer,
      transportId: transport.transportId,
      dtlsParameters: toDtlsParametersMessage(dtlsParameters),
    });
  }

  #nextPeer(): { roomId: string; peerId: string } {
    return { roomId: ROOM, peerId: `person-${(this.#people += 1)}` };
  }
}
