import { Audio, PeerConnection, type Track } from 'node-datachannel';
import { PACKET_BYTES } from '../cases.ts';

const MID = '0';
const RTP_HEADER_BYTES = 12;
/** The time of sending is at the end of each packet, because a server may put header extensions before the payload. */
const SENT_AT_BYTES = 8;
const SAMPLES_PER_PACKET = 960;
const LARGE_SEQUENCE = 2 ** 16;
const LARGE_TIMESTAMP = 2 ** 32;
const GATHERING_TIMEOUT_MS = 10_000;

/** One end of ICE, DTLS and SRTP, as little as it can be. Each packet says when it was sent, on the clock of this process. */
export class TimedEndpoint {
  readonly ssrc: number;
  readonly #connection: PeerConnection;
  readonly #track: Track;
  readonly #packet = Buffer.alloc(PACKET_BYTES, 7);
  #sent = 0;

  /** @param onReceived Receives how long the packet was under way, in milliseconds. */
  constructor(
    direction: 'send' | 'receive',
    { ssrc, payloadType }: { ssrc: number; payloadType: number },
    onReceived: (tookMs: number) => void = () => undefined,
  ) {
    this.ssrc = ssrc;
    this.#connection = new PeerConnection('bench', { iceServers: [] });
    const audio = new Audio(MID, direction === 'send' ? 'SendOnly' : 'RecvOnly');
    audio.addOpusCodec(payloadType);
    if (direction === 'send') audio.addSSRC(ssrc, 'bench');
    this.#track = this.#connection.addTrack(audio);
    this.#track.onMessage((packet) => {
      // RTCP is shorter than what is sent here.
      if (packet.length >= PACKET_BYTES)
        onReceived(performance.now() - packet.readDoubleBE(packet.length - SENT_AT_BYTES));
    });
    this.#packet.writeUInt8(0x80, 0);
    this.#packet.writeUInt8(payloadType, 1);
    this.#packet.writeUInt32BE(ssrc, RTP_HEADER_BYTES - 4);
  }

  /** Resolves with an offer that has all candidates. */
  async offer(): Promise<string> {
    return this.#describeAfter(() => this.#connection.setLocalDescription('offer'));
  }

  accept(answer: string): void {
    this.#connection.setRemoteDescription(answer, 'answer');
  }

  /** Resolves with an answer that has all candidates. */
  async answer(offer: string): Promise<string> {
    return this.#describeAfter(() => this.#connection.setRemoteDescription(offer, 'offer'));
  }

  get connected(): boolean {
    return this.#track.isOpen();
  }

  send(): void {
    const number = (this.#sent += 1);
    this.#packet.writeUInt16BE(number % LARGE_SEQUENCE, 2);
    this.#packet.writeUInt32BE((number * SAMPLES_PER_PACKET) % LARGE_TIMESTAMP, 4);
    this.#packet.writeDoubleBE(performance.now(), PACKET_BYTES - SENT_AT_BYTES);
    this.#track.sendMessageBinary(this.#packet);
  }

  close(): void {
    this.#connection.close();
  }

  async #describeAfter(begin: () => void): Promise<string> {
    const gathered = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('no candidates were found')), GATHERING_TIMEOUT_MS);
      this.#connection.onGatheringStateChange((state) => {
        if (state !== 'complete') return;
        clearTimeout(timer);
        resolve();
      });
    });
    begin();
    await gathered;
    const description = this.#connection.localDescription();
    if (description === null) throw new Error('the connection has no description');
    return description.sdp;
  }
}
