import { randomInt } from 'node:crypto';
import type { ProducerId } from '@parley/proto/ids';
import type { RawPeer } from './raw-peer.ts';
import { endpointParameters, RtpEndpoint, type Flood, type MediaPath } from './rtp-endpoint.ts';

/** The microphone of a peer that has joined: sends sound over real ICE, DTLS and SRTP until it is closed. */
export class Microphone {
  readonly producerId: ProducerId;
  readonly ssrc: number;
  readonly #endpoint: RtpEndpoint;

  static async open(peer: RawPeer, path: MediaPath = {}): Promise<Microphone> {
    const ssrc = randomInt(1, 0xffffffff);
    const endpoint = new RtpEndpoint('send', ssrc, path);
    try {
      return new Microphone(await connect(peer, endpoint, ssrc), ssrc, endpoint);
    } catch (error) {
      // The endpoint sends on a timer, which would keep the process running.
      endpoint.close();
      throw error;
    }
  }

  private constructor(producerId: ProducerId, ssrc: number, endpoint: RtpEndpoint) {
    this.producerId = producerId;
    this.ssrc = ssrc;
    this.#endpoint = endpoint;
  }

  /** Bytes that were sent, with their headers. */
  get bytes(): number {
    return this.#endpoint.bytes;
  }

  /** Sends as much as no microphone does, until it is closed. */
  flood(flood: Flood): void {
    this.#endpoint.flood(flood);
  }

  close(): void {
    this.#endpoint.close();
  }
}

async function connect(peer: RawPeer, endpoint: RtpEndpoint, ssrc: number): Promise<ProducerId> {
  await endpoint.connect(peer, peer.joined.transports);
  const { producerId } = await peer.request('producer:create', {
    source: 'microphone',
    kind: 'audio',
    rtpParameters: endpointParameters(ssrc),
    paused: false,
  });
  return producerId;
}
