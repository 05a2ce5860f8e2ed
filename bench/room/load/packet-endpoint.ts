import type { DtlsParameters } from '@parley/proto/rtp';
import { Audio, PeerConnection, type Track } from 'node-datachannel';
import {
  describeTransport,
  fingerprintOf,
  OPUS_PAYLOAD_TYPE,
  type OfferedTransport,
} from '../../../tests/harness/peer/rtp-endpoint.ts';

const MID = '0';

/**
 * One end of ICE, DTLS and SRTP that carries all packets of a person in one direction, sound and pictures. It has one media section, whatever
 * they are: an endpoint with many would look for the right one with each packet.
 */
export class PacketEndpoint {
  readonly #connection = new PeerConnection('bench', { iceServers: [] });
  readonly #track: Track;
  readonly #direction: 'send' | 'receive';

  constructor(direction: 'send' | 'receive', onPacket: (packet: Buffer) => void = () => undefined) {
    this.#direction = direction;
    const audio = new Audio(MID, direction === 'send' ? 'SendOnly' : 'RecvOnly');
    audio.addOpusCodec(OPUS_PAYLOAD_TYPE);
    if (direction === 'send') audio.addSSRC(1, 'bench');
    this.#track = this.#connection.addTrack(audio);
    this.#track.onMessage(onPacket);
  }

  get connected(): boolean {
    return this.#track.isOpen();
  }

  /** Connects to a transport of the node. Resolves with the parameters for `transport:connect`. */
  async answer(transport: OfferedTransport): Promise<DtlsParameters> {
    const fingerprint = new Promise<string>((resolve) => {
      this.#connection.onLocalDescription((sdp) => {
        const value = fingerprintOf(sdp);
        if (value !== undefined) resolve(value);
      });
    });
    const offered = this.#direction === 'send' ? 'recvonly' : 'sendonly';
    this.#connection.setRemoteDescription(describeTransport(transport, offered), 'offer');
    return { role: 'client', fingerprints: [{ algorithm: 'sha-256', value: await fingerprint }] };
  }

  /** Without effect before it is connected. */
  send(packet: Buffer): void {
    if (this.#track.isOpen()) this.#track.sendMessageBinary(packet);
  }

  close(): void {
    this.#connection.close();
  }
}
