import type { RequestInput } from '@parley/proto/requests';
import type { DtlsParameters, RtpParameters, TransportParameters } from '@parley/proto/rtp';
import { Audio, cleanup, PeerConnection, type IceServer, type Track } from 'node-datachannel';

const MID = '0';
const RTP_HEADER_BYTES = 12;
const PACKET_INTERVAL_MS = 20;
const SAMPLES_PER_PACKET = 960;
const PACKET_BYTES = RTP_HEADER_BYTES + 40;
const TIME_BYTES = 8;
const FLOOD_TICK_MS = 5;

/** Which way packets go. */
export type MediaPath = {
  /** The TURN server that all of them go through. Without one they go straight to the node. */
  relay?: IceServer | undefined;
  /** The address of this machine that they are sent from. */
  from?: string;
};

/** What is known of a packet that was received. `sentAt`: when another endpoint of this process has sent it, by `performance.now()`. */
export type ReceivedPacket = { ssrc: number; sentAt: number };

export type Flood = { bitsPerSecond: number; packetBytes: number };

/** The payload type of opus in the router, and therefore in every consumer. Producers here use the same one. */
export const OPUS_PAYLOAD_TYPE = 100;

export type OfferedTransport = Pick<
  TransportParameters,
  'iceParameters' | 'iceCandidates' | 'dtlsParameters'
>;

type Direction = 'send' | 'receive';

/** A peer that has joined, and asks signaling to connect its transports. */
type Connecting = {
  request(name: 'transport:connect', input: RequestInput<'transport:connect'>): Promise<unknown>;
};

/**
 * One end of a real ICE, DTLS and SRTP connection to the media node, without a browser. It either sends opus packets or
 * counts those that it receives.
 */
export class RtpEndpoint {
  readonly #connection: PeerConnection;
  readonly #track: Track;
  readonly #direction: Direction;
  readonly #ssrc: number;
  #timer: NodeJS.Timeout | undefined;
  #sequenceNumber = 0;
  received = 0;
  /** Bytes of the packets that were received or sent, with their headers. */
  bytes = 0;
  /** Called for each packet that is received. */
  onReceived: (packet: ReceivedPacket) => void = () => undefined;

  constructor(direction: Direction, ssrc: number, { relay, from }: MediaPath = {}) {
    this.#connection = new PeerConnection('test', {
      ...(from !== undefined && { bindAddress: from }),
      iceServers: relay === undefined ? [] : [relay],
      iceTransportPolicy: relay === undefined ? 'all' : 'relay',
    });
    const audio = new Audio(MID, direction === 'send' ? 'SendOnly' : 'RecvOnly');
    audio.addOpusCodec(OPUS_PAYLOAD_TYPE);
    if (direction === 'send') audio.addSSRC(ssrc, 'test');
    this.#track = this.#connection.addTrack(audio);
    this.#track.onMessage((packet) => this.#count(packet));
    this.#direction = direction;
    this.#ssrc = ssrc;
    if (direction === 'send') this.setSending(true);
  }

  /** Connects to the transport of the peer that leads in the direction of this endpoint. */
  async connect(
    peer: Connecting,
    transports: Readonly<Record<Direction, TransportParameters>>,
  ): Promise<void> {
    const transport = transports[this.#direction];
    const dtlsParameters = await this.answer(transport);
    await peer.request('transport:connect', { transportId: transport.transportId, dtlsParameters });
  }

  /** Connects to a transport of the node. Resolves with the parameters for `transport:connect`. */
  async answer(transport: OfferedTransport): Promise<DtlsParameters> {
    const fingerprint = new Promise<string>((resolve) => {
      this.#connection.onLocalDescription((sdp) => {
        const value = fingerprintOf(sdp);
        if (value) resolve(value);
      });
    });
    this.#connection.setRemoteDescription(
      describeTransport(transport, this.#direction === 'send' ? 'recvonly' : 'sendonly'),
      'offer',
    );
    return { role: 'client', fingerprints: [{ algorithm: 'sha-256', value: await fingerprint }] };
  }

  /** Starts or stops sending. A sender sends from the beginning. */
  setSending(on: boolean): void {
    clearInterval(this.#timer);
    if (on) this.#timer = setInterval(() => this.#send(), PACKET_INTERVAL_MS);
  }

  /** Sends as much as no microphone does, until `close` or `setSending`. */
  flood({ bitsPerSecond, packetBytes }: Flood): void {
    clearInterval(this.#timer);
    const perTick = Math.ceil((bitsPerSecond * FLOOD_TICK_MS) / (8000 * packetBytes));
    this.#timer = setInterval(() => {
      for (let sent = 0; sent < perTick; sent += 1) this.#send(packetBytes);
    }, FLOOD_TICK_MS);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#connection.close();
  }

  #send(packetBytes = PACKET_BYTES): void {
    if (!this.#track.isOpen()) return;
    const packet = Buffer.alloc(packetBytes, 7);
    packet.writeUInt8(0x80, 0);
    packet.writeUInt8(OPUS_PAYLOAD_TYPE, 1);
    packet.writeUInt16BE(this.#sequenceNumber & 0xffff, 2);
    packet.writeUInt32BE((this.#sequenceNumber * SAMPLES_PER_PACKET) % 2 ** 32, 4);
    packet.writeUInt32BE(this.#ssrc, 8);
    packet.writeDoubleBE(performance.now(), packetBytes - TIME_BYTES);
    this.#sequenceNumber += 1;
    this.bytes += packetBytes;
    this.#track.sendMessageBinary(packet);
  }

  #count(packet: Buffer): void {
    if (packet.length <= RTP_HEADER_BYTES || (packet.readUInt8(1) & 0x7f) !== OPUS_PAYLOAD_TYPE) return;
    this.received += 1;
    this.bytes += packet.length;
    // The node may have put extensions before the payload, so the time is at the end.
    this.onReceived({
      ssrc: packet.readUInt32BE(8),
      sentAt: packet.readDoubleBE(packet.length - TIME_BYTES),
    });
  }
}

/** Ends the threads of all endpoints, which keep the process running. No endpoint can be used after this. */
export function releaseEndpoints(): void {
  cleanup();
}

/** RTP parameters that fit what an endpoint sends. */
export function endpointParameters(ssrc: number): RtpParameters {
  return {
    mid: MID,
    codecs: [{ mimeType: 'audio/opus', payloadType: OPUS_PAYLOAD_TYPE, clockRate: 48_000, channels: 2 }],
    encodings: [{ ssrc }],
    rtcp: { cname: 'test' },
  };
}

/** The fingerprint of the certificate of the end that the description describes. */
export function fingerprintOf(sdp: string): string | undefined {
  return /a=fingerprint:sha-256 (\S+)/i.exec(sdp)?.[1];
}

/** A transport of the node as an offer with one stream of sound. */
export function describeTransport(
  { iceParameters, iceCandidates, dtlsParameters }: OfferedTransport,
  direction: 'sendonly' | 'recvonly',
): string {
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
