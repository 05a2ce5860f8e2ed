import { fromTransportParametersMessage, type media } from '@parley/proto/media-rpc';
import type { DtlsParameters, IceCandidate, RtpParameters, TransportParameters } from '@parley/proto/rtp';
import { Audio, PeerConnection, Video, type Track } from 'node-datachannel';

type Direction = 'send' | 'receive';

const RTP_HEADER_BYTES = 12;
const RTCP_TYPES = { first: 192, last: 223, payloadFeedback: 206 } as const;
const PLI_FORMAT = 1;
const LEVEL_EXTENSION_BYTES = 8;

/**
 * The other end of one transport, without a browser: real ICE, DTLS and SRTP by libdatachannel. It sends the RTP packets
 * of one producer that the test makes, or receives those of one or more consumers.
 */
export class WebRtcEnd {
  readonly packets: Buffer[] = [];
  readonly #connection: PeerConnection;
  readonly #track: Track;
  readonly #parameters: RtpParameters;
  readonly #sections: readonly RtpParameters[];
  readonly #direction: Direction;
  /** Kept, or they would be collected. */
  readonly #others: readonly Track[];
  readonly #timestamps = new Map<number, number>();
  #plis = 0;

  /** @param others What else is received on the transport. */
  constructor(direction: Direction, parameters: RtpParameters, others: readonly RtpParameters[] = []) {
    this.#direction = direction;
    this.#parameters = parameters;
    this.#sections = [parameters, ...others];
    this.#connection = new PeerConnection('test', { iceServers: [] });
    const [track, ...tracks] = this.#sections.map((one) =>
      this.#connection.addTrack(section(direction, one)),
    );
    this.#track = track as Track;
    for (const one of [this.#track, ...tracks]) one.onMessage((packet) => this.#handle(packet));
    this.#others = tracks;
  }

  get open(): boolean {
    return [this.#track, ...this.#others].every((track) => track.isOpen());
  }

  /** The packets of one consumer. */
  packetsOf({ encodings }: RtpParameters): Buffer[] {
    const ssrc = encodings?.[0]?.ssrc;
    return this.packets.filter((packet) => packet.readUInt32BE(8) === ssrc);
  }

  get plis(): number {
    return this.#plis;
  }

  /** Begins ICE over UDP, through the port of a relay if given. Resolves to the parameters for ConnectTransport. */
  async answer(
    transport: media.TransportParameters | null | undefined,
    { relayPort }: { relayPort?: number } = {},
  ): Promise<DtlsParameters> {
    const parameters = fromTransportParametersMessage(transport);
    parameters.iceCandidates = parameters.iceCandidates
      .filter((candidate) => candidate.protocol === 'udp')
      .map((candidate) => ({ ...candidate, port: relayPort ?? candidate.port }));
    const { promise, resolve } = Promise.withResolvers<string>();
    this.#connection.onLocalDescription((sdp) => {
      const value = /a=fingerprint:sha-256 (\S+)/i.exec(sdp)?.[1];
      if (value !== undefined) resolve(value);
    });
    this.#connection.setRemoteDescription(describe(parameters, this.#direction, this.#sections), 'offer');
    return { role: 'client', fingerprints: [{ algorithm: 'sha-256', value: await promise }] };
  }

  /** One RTP packet on each SSRC. `level` is the loudness in dBov below 0, for audio. */
  send(
    payload: Buffer,
    { sequenceNumber = 0, level }: { sequenceNumber?: number; level?: number } = {},
  ): void {
    for (const { ssrc } of this.#parameters.encodings ?? []) {
      const timestamp = (this.#timestamps.get(ssrc ?? 0) ?? 0) + 960;
      this.#timestamps.set(ssrc ?? 0, timestamp);
      const head = rtpHeader(
        this.#parameters.codecs[0]?.payloadType ?? 0,
        sequenceNumber,
        timestamp,
        ssrc ?? 0,
      );
      const extension = level === undefined ? Buffer.alloc(0) : levelExtension(level);
      if (extension.length > 0) head.writeUInt8(0x90, 0);
      if (this.open) this.#track.sendMessageBinary(Buffer.concat([head, extension, payload]));
    }
  }

  /** An RTCP sender report for each SSRC. mediasoup moves a consumer between layers only after those. */
  sendReports(): void {
    for (const [ssrc, timestamp] of this.#timestamps) {
      if (this.open) this.#track.sendMessageBinary(senderReport(ssrc, timestamp));
    }
  }

  close(): void {
    this.#connection.close();
  }

  #handle(packet: Buffer): void {
    const type = packet.readUInt8(1);
    if (type < RTCP_TYPES.first || type > RTCP_TYPES.last) this.packets.push(packet);
    else this.#countPlis(packet);
  }

  #countPlis(compound: Buffer): void {
    for (let at = 0; at + 4 <= compound.length; at += (compound.readUInt16BE(at + 2) + 1) * 4) {
      const isPayloadFeedback = compound.readUInt8(at + 1) === RTCP_TYPES.payloadFeedback;
      if (isPayloadFeedback && (compound.readUInt8(at) & 0x1f) === PLI_FORMAT) this.#plis++;
    }
  }
}

/** A VP8 frame in one packet. mediasoup reads its descriptor and whether it is a key frame. */
export function vp8Frame(isKeyFrame: boolean): Buffer {
  return Buffer.concat([Buffer.from([0x10, isKeyFrame ? 0x00 : 0x01]), Buffer.alloc(100, 7)]);
}

export function opusFrame(): Buffer {
  return Buffer.alloc(60, 7);
}

function section(direction: Direction, { mid = '0', codecs, encodings }: RtpParameters): Audio | Video {
  const codec = codecs[0];
  if (!codec) throw new Error('no codec');
  const towards = direction === 'send' ? 'SendOnly' : 'RecvOnly';
  const media = codec.mimeType.startsWith('audio/') ? new Audio(mid, towards) : new Video(mid, towards);
  if (media instanceof Audio) media.addOpusCodec(codec.payloadType);
  else media.addVP8Codec(codec.payloadType);
  if (direction === 'send')
    for (const { ssrc } of encodings ?? []) if (ssrc !== undefined) media.addSSRC(ssrc, 'test');
  return media;
}

function describe(
  { iceParameters, iceCandidates, dtlsParameters }: TransportParameters,
  direction: Direction,
  sections: readonly RtpParameters[],
): string {
  const fingerprint = dtlsParameters.fingerprints.find(({ algorithm }) => algorithm === 'sha-256')?.value;
  const transport = [
    `a=ice-ufrag:${iceParameters.usernameFragment}`,
    `a=ice-pwd:${iceParameters.password}`,
    `a=fingerprint:sha-256 ${fingerprint}`,
    'a=setup:actpass',
    ...iceCandidates.map(candidateLine),
    'a=end-of-candidates',
  ];
  return [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'a=ice-lite',
    `a=group:BUNDLE ${sections.map(({ mid = '0' }) => mid).join(' ')}`,
    ...sections.flatMap((parameters) => [...mediaLines(direction, parameters), ...transport]),
    '',
  ].join('\r\n');
}

function mediaLines(direction: Direction, { mid = '0', codecs, encodings }: RtpParameters): string[] {
  const [codec] = codecs;
  const [type, name] = codec?.mimeType.split('/') ?? [];
  const ssrcs =
    direction === 'receive' ? (encodings ?? []).map(({ ssrc }) => `a=ssrc:${ssrc} cname:test`) : [];
  return [
    `m=${type} 9 UDP/TLS/RTP/SAVPF ${codec?.payloadType}`,
    'c=IN IP4 127.0.0.1',
    `a=mid:${mid}`,
    `a=${direction === 'send' ? 'recvonly' : 'sendonly'}`,
    'a=rtcp-mux',
    `a=rtpmap:${codec?.payloadType} ${name}/${codec?.clockRate}${codec?.channels === 2 ? '/2' : ''}`,
    ...ssrcs,
  ];
}

function candidateLine({ foundation, priority, address, port }: IceCandidate): string {
  return `a=candidate:${foundation} 1 UDP ${priority} ${address} ${port} typ host`;
}

function rtpHeader(payloadType: number, sequenceNumber: number, timestamp: number, ssrc: number): Buffer {
  const header = Buffer.alloc(RTP_HEADER_BYTES);
  header.writeUInt8(0x80, 0);
  header.writeUInt8(0x80 | payloadType, 1);
  header.writeUInt16BE(sequenceNumber & 0xffff, 2);
  header.writeUInt32BE(timestamp >>> 0, 4);
  header.writeUInt32BE(ssrc, 8);
  return header;
}

/** The one-byte header extension with the audio level of the packet (RFC 6464). */
function levelExtension(level: number): Buffer {
  const extension = Buffer.alloc(LEVEL_EXTENSION_BYTES);
  extension.writeUInt16BE(0xbede, 0);
  extension.writeUInt16BE(1, 2);
  extension.writeUInt8(10 << 4, 4);
  extension.writeUInt8(0x80 | level, 5);
  return extension;
}

function senderReport(ssrc: number, timestamp: number): Buffer {
  const NTP_EPOCH_OFFSET_S = 2_208_988_800;
  const seconds = Date.now() / 1000 + NTP_EPOCH_OFFSET_S;
  const report = Buffer.alloc(28);
  report.writeUInt8(0x80, 0);
  report.writeUInt8(200, 1);
  report.writeUInt16BE(6, 2);
  report.writeUInt32BE(ssrc, 4);
  report.writeUInt32BE(Math.floor(seconds), 8);
  report.writeUInt32BE(Math.floor((seconds % 1) * 2 ** 32), 12);
  report.writeUInt32BE(timestamp >>> 0, 16);
  return report;
}
