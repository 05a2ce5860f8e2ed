const RTP_HEADER_BYTES = 12;
const RTP_VERSION = 0x80;
const HAS_EXTENSION = 0x10;
const MARKER = 0x80;
const LARGE_SEQUENCE = 2 ** 16;
const LARGE_TIMESTAMP = 2 ** 32;
const SENDER_REPORT_BYTES = 28;
const SENDER_REPORT = 200;
/** Seconds from the epoch of NTP to that of Unix. */
const NTP_OFFSET_S = 2_208_988_800;
const CLOCK_PER_MS = { audio: 48, video: 90 } as const;
/** One header extension with a header of one byte. */
const ONE_BYTE_EXTENSIONS = 0xbede;
/** The id that `opusParameters` gives to the level of sound. */
const LEVEL_ID = 10;
const LEVEL_BYTES = 8;
/** -dBov, with the mark of a voice. */
const SPEECH_LEVEL = 0x80 | 30;
const SILENCE_LEVEL = 127;
/** A payload descriptor of VP8 with a long number of the picture, then a header that says it is a key frame: each packet is a picture by itself. */
const VP8_DESCRIPTOR = [0x90, 0x80];
const VP8_NUMBERS = 2 ** 15;
const VP8_LONG_NUMBER = 0x8000;

/** One RTP stream: what it sends is as large as that of a person, and as empty. The buffer of a packet is used again for the next. */
class PacketStream {
  readonly ssrc: number;
  readonly #clock: keyof typeof CLOCK_PER_MS;
  readonly #payloadType: number;
  protected sent = 0;

  constructor(ssrc: number, payloadType: number, clock: keyof typeof CLOCK_PER_MS) {
    this.ssrc = ssrc;
    this.#payloadType = payloadType;
    this.#clock = clock;
  }

  protected head(
    packet: Buffer,
    nowMs: number,
    { extended, marked }: Record<'extended' | 'marked', boolean>,
  ) {
    this.sent += 1;
    packet.writeUInt8(RTP_VERSION | (extended ? HAS_EXTENSION : 0), 0);
    packet.writeUInt8(this.#payloadType | (marked ? MARKER : 0), 1);
    packet.writeUInt16BE(this.sent % LARGE_SEQUENCE, 2);
    packet.writeUInt32BE(this.timestamp(nowMs), 4);
    packet.writeUInt32BE(this.ssrc, RTP_HEADER_BYTES - 4);
  }

  protected timestamp(nowMs: number): number {
    return Math.floor(nowMs * CLOCK_PER_MS[this.#clock]) % LARGE_TIMESTAMP;
  }
}

/** An open microphone. */
export class VoicePackets extends PacketStream {
  readonly #bytes: Record<'speech' | 'silence', Buffer>;

  constructor(ssrc: number, payloadType: number, payloadBytes: Record<'speech' | 'silence', number>) {
    super(ssrc, payloadType, 'audio');
    const make = (bytes: number) => Buffer.alloc(RTP_HEADER_BYTES + LEVEL_BYTES + bytes, 7);
    this.#bytes = { speech: make(payloadBytes.speech), silence: make(payloadBytes.silence) };
  }

  next(nowMs: number, speaks: boolean): Buffer {
    const packet = this.#bytes[speaks ? 'speech' : 'silence'];
    this.head(packet, nowMs, { extended: true, marked: false });
    packet.writeUInt16BE(ONE_BYTE_EXTENSIONS, RTP_HEADER_BYTES);
    packet.writeUInt16BE(1, RTP_HEADER_BYTES + 2);
    packet.writeUInt8(LEVEL_ID << 4, RTP_HEADER_BYTES + 4);
    packet.writeUInt8(speaks ? SPEECH_LEVEL : SILENCE_LEVEL, RTP_HEADER_BYTES + 5);
    packet.writeUInt16BE(0, RTP_HEADER_BYTES + 6);
    return packet;
  }
}

/** One simulcast layer of a camera. */
export class LayerPackets extends PacketStream {
  readonly #packet: Buffer;
  readonly #report = Buffer.alloc(SENDER_REPORT_BYTES);

  constructor(ssrc: number, payloadType: number, payloadBytes: number) {
    super(ssrc, payloadType, 'video');
    this.#packet = Buffer.alloc(RTP_HEADER_BYTES + payloadBytes);
    this.#packet.set(VP8_DESCRIPTOR, RTP_HEADER_BYTES);
  }

  next(nowMs: number): Buffer {
    this.head(this.#packet, nowMs, { extended: false, marked: true });
    const number = VP8_LONG_NUMBER + (this.sent % VP8_NUMBERS);
    this.#packet.writeUInt16BE(number, RTP_HEADER_BYTES + VP8_DESCRIPTOR.length);
    return this.#packet;
  }

  /** Without it the node cannot go from one layer to another, because it does not know how their times compare. */
  report(nowMs: number): Buffer {
    const seconds = (performance.timeOrigin + nowMs) / 1_000 + NTP_OFFSET_S;
    this.#report.writeUInt8(RTP_VERSION, 0);
    this.#report.writeUInt8(SENDER_REPORT, 1);
    this.#report.writeUInt16BE(SENDER_REPORT_BYTES / 4 - 1, 2);
    this.#report.writeUInt32BE(this.ssrc, 4);
    this.#report.writeUInt32BE(Math.floor(seconds), 8);
    this.#report.writeUInt32BE(Math.floor((seconds % 1) * LARGE_TIMESTAMP), 12);
    this.#report.writeUInt32BE(this.timestamp(nowMs), 16);
    this.#report.writeUInt32BE(this.sent, 20);
    this.#report.writeUInt32BE(0, 24);
    return this.#report;
  }
}

/** Whether what arrived is RTCP, which comes on the same way as RTP. */
export function isRtcp(packet: Buffer): boolean {
  const type = packet.readUInt8(1) & 0x7f;
  return type >= 64 && type < 96;
}

/** The bytes behind the RTP header and its extensions, which a node changes. */
export function payloadBytesOf(packet: Buffer): number {
  const first = packet.readUInt8(0);
  const sources = (first & 0x0f) * 4;
  const at = RTP_HEADER_BYTES + sources;
  if ((first & HAS_EXTENSION) === 0) return packet.length - at;
  return packet.length - at - 4 - packet.readUInt16BE(at + 2) * 4;
}
