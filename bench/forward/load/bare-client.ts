import { endpointParameters, OPUS_PAYLOAD_TYPE } from '../../../tests/harness/peer/rtp-endpoint.ts';
import type { BareRequests } from '../bare/requests.ts';
import { answerTransport } from './answer-transport.ts';
import type { ServerClient } from './server-client.ts';
import type { TimedEndpoint } from './endpoint.ts';

/** The process with mediasoup and nothing else. */
export class BareClient implements ServerClient {
  readonly payloadType = OPUS_PAYLOAD_TYPE;
  readonly #origin: string;

  constructor(port: number) {
    this.#origin = `http://127.0.0.1:${port}`;
  }

  async openSender(endpoint: TimedEndpoint): Promise<string> {
    const rtpParameters = endpointParameters(endpoint.ssrc);
    const { transport, producerId } = await this.#ask('send', { rtpParameters });
    await this.#connect(endpoint, transport, 'recvonly');
    return producerId;
  }

  async openReceiver(endpoint: TimedEndpoint, from: readonly string[]): Promise<void> {
    const { transport } = await this.#ask('receive', { producerIds: from });
    await this.#connect(endpoint, transport, 'sendonly');
    await this.#ask('resume', { transportId: transport.transportId });
  }

  close(): void {
    // Each request has a connection of its own.
  }

  async #connect(
    endpoint: TimedEndpoint,
    transport: BareRequests['receive']['answer']['transport'],
    direction: 'sendonly' | 'recvonly',
  ): Promise<void> {
    const dtlsParameters = await answerTransport(endpoint, transport, direction);
    await this.#ask('connect', { transportId: transport.transportId, dtlsParameters });
  }

  async #ask<N extends keyof BareRequests>(
    name: N,
    question: BareRequests[N]['question'],
  ): Promise<BareRequests[N]['answer']> {
    const response = await fetch(`${this.#origin}/${name}`, {
      method: 'POST',
      body: JSON.stringify(question),
    });
    if (!response.ok) throw new Error(`${name} failed: ${await response.text()}`);
    return (await response.json()) as BareRequests[N]['answer'];
  }
}
