import { once } from 'node:events';
import type { types } from 'mediasoup';
import { Audio, PeerConnection } from 'node-datachannel';
import type { Track } from 'node-datachannel';

const MID = '0';
const OPUS_PAYLOAD_TYPE = 100;
const RTP_HEADER_BYTES = 12;

export const OPUS: types.RouterRtpCodecCapability = {
  kind: 'audio',
  mimeType: 'audio/opus',
  preferredPayloadType: OPUS_PAYLOAD_TYPE,
  clockRate: 48_000,
  channels: 2,
};

/** Whether the packet is RTP of our codec, and not one of the RTCP packets beside it. */
export function isOpus(packet: Buffer): boolean {
  return packet.length > RTP_HEADER_BYTES && (packet.readUInt8(1) & 0x7f) === OPUS_PAYLOAD_TYPE;
}

/** A WebRTC endpoint without a browser, joined by ICE, DTLS and SRTP to a mediasoup transport. */
export class MediaPeer {
  readonly #connection: PeerConnection;
  readonly #track: Track;
  #sequenceNumber = 0;

  /** Connects and resolves when both ends have finished the DTLS handshake. */
  static async connect(
    transport: types.WebRtcTransport,
    direction: 'send' | 'receive',
    ssrc: number,
  ): Promise<MediaPeer> {
    const peer = new MediaPeer(direction, ssrc);
    const answered = peer.#answer(transport, direction);
    await transport.connect({ dtlsParameters: { role: 'client', fingerprints: [await answered] } });
    while (transport.dtlsState !== 'connected') await once(transport, 'dtlsstatechange');
    return peer;
  }

  private constructor(direction: 'send' | 'receive', ssrc: number) {
    this.#connection = new PeerConnection('peer', { iceServers: [] });
    const audio = new Audio(MID, direction === 'send' ? 'SendOnly' : 'RecvOnly');
    audio.addOpusCodec(OPUS_PAYLOAD_TYPE);
    if (direction === 'send') audio.addSSRC(ssrc, 'parley');
    this.#track = this.#connection.addTrack(audio);
  }

  sendPacket(ssrc: number): void {
    const packet = Buffer.alloc(RTP_HEADER_BYTES + 40);
    packet.writeUInt8(0x80, 0);
    packet.writeUInt8(OPUS_PAYLOAD_TYPE, 1);
    packet.writeUInt16BE(this.#sequenceNumber & 0xffff, 2);
    packet.writeUInt32BE(this.#sequenceNumber * 960, 4);
    packet.writeUInt32BE(ssrc, 8);
    this.#sequenceNumber += 1;
    if (this.#track.isOpen()) this.#track.sendMessageBinary(packet);
  }

  onPacket(listener: (packet: Buffer) => void): void {
    this.#track.onMessage(listener);
  }

  close(): void {
    this.#connection.close();
  }

  #answer(transport: types.WebRtcTransport, direction: 'send' | 'receive'): Promise<types.DtlsFingerprint> {
    const answered = new Promise<types.DtlsFingerprint>((resolve) => {
      this.#connection.onLocalDescription((sdp) => {
        const value = /a=fingerprint:sha-256 (\S+)/i.exec(sdp)?.[1];
        if (value) resolve({ algorithm: 'sha-256', value });
      });
    });
    this.#connection.setRemoteDescription(
      offerOf(transport, direction === 'send' ? 'recvonly' : 'sendonly'),
      'offer',
    );
    return answered;
  }
}

function offerOf(transport: types.WebRtcTransport, direction: string): string {
  const { iceParameters, iceCandidates, dtlsParameters } = transport;
  const fingerprint = dtlsParameters.fingerprints.find(({ algorithm }) => algorithm === 'sha-256');
  const candidates = iceCandidates
    .filter(({ protocol }) => protocol === 'udp')
    .map((one) => `a=candidate:${one.foundation} 1 UDP ${one.priority} ${one.address} ${one.port} typ host`);
  return [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'a=ice-lite',
    `a=group:BUNDLE ${MID}`,
    `m=audio 9 UDP/TLS/RTP/SAVPF ${OPUS_PAYLOAD_TYPE}`,
    'c=IN IP4 127.0.0.1',
    `a=mid:${MID}`,
    `a=${direction}`,
    'a=rtcp-mux',
    `a=rtpmap:${OPUS_PAYLOAD_TYPE} opus/48000/2`,
    `a=ice-ufrag:${iceParameters.usernameFragment}`,
    `a=ice-pwd:${iceParameters.password}`,
    `a=fingerprint:sha-256 ${fingerprint?.value}`,
    'a=setup:actpass',
    ...candidates,
    'a=end-of-candidates',
    '',
  ].join('\r\n');
}
