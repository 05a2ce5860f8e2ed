import { createHash, randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import {
  encodeSignedStun,
  encodeStun,
  STUN_COOKIE,
  STUN_HEADER_BYTES,
  STUN_TRANSACTION_BYTES,
  type StunAttribute,
} from '@parley/common/ice';

const METHODS = { allocate: 0x0003, refresh: 0x0004, createPermission: 0x0008, channelBind: 0x0009 } as const;
const SEND_INDICATION = 0x0016;
const DATA_INDICATION = 0x0017;
const ERROR_CLASS = 0x0110;
const ATTRIBUTES = {
  username: 0x0006,
  error: 0x0009,
  channel: 0x000c,
  lifetime: 0x000d,
  peer: 0x0012,
  data: 0x0013,
  realm: 0x0014,
  nonce: 0x0015,
  family: 0x0017,
  transport: 0x0019,
} as const;
const UDP = 17;
const FIRST_CHANNEL = 0x4000;
const ALLOCATION_MISMATCH = 437;
const STALE_NONCE = 438;
const RESEND_MS = 500;

export type TurnCredentials = { username: string; credential: string };
/** What an address sent to the relay. `from` is its port. */
export type RelayedPacket = { from: number; data: string };
type Attributes = Map<number, Buffer>;

/** A TURN client over UDP that can send requests which no browser sends. It has at most one allocation. */
export class TurnClient {
  readonly received: RelayedPacket[] = [];
  #socket: Socket = this.#open();
  readonly #port: number;
  readonly #host: string;
  readonly credentials: TurnCredentials;
  #realm = '';
  #nonce: Buffer = Buffer.alloc(0);

  constructor(host: string, port: number, credentials: TurnCredentials) {
    this.#host = host;
    this.#port = port;
    this.credentials = credentials;
  }

  /** Asks for a relay. Resolves with 0 if the server grants it, otherwise with the error code. */
  async allocate(family: 'IPv4' | 'IPv6' = 'IPv4'): Promise<number> {
    const wanted: StunAttribute[] = [[ATTRIBUTES.transport, Buffer.from([UDP, 0, 0, 0])]];
    if (family === 'IPv6') wanted.push([ATTRIBUTES.family, Buffer.from([2, 0, 0, 0])]);
    let challenge = await this.#ask(METHODS.allocate, wanted, false);
    // Another client used this port a minute ago, and its allocation still exists. Take another port, as browsers do.
    while (errorOf(challenge) === ALLOCATION_MISMATCH) {
      this.#socket.close();
      this.#socket = this.#open();
      challenge = await this.#ask(METHODS.allocate, wanted, false);
    }
    this.#realm = challenge.get(ATTRIBUTES.realm)?.toString() ?? '';
    this.#nonce = challenge.get(ATTRIBUTES.nonce) ?? Buffer.alloc(0);
    if (errorOf(challenge) !== 401) throw new Error(`a stranger was answered ${errorOf(challenge)}`);
    return errorOf(await this.#ask(METHODS.allocate, wanted, true));
  }

  /** Keeps the relay for so many seconds from now on. Resolves with 0, or with the error code. */
  async refresh(seconds: number): Promise<number> {
    const lifetime = Buffer.alloc(4);
    lifetime.writeUInt32BE(seconds);
    return errorOf(await this.#ask(METHODS.refresh, [[ATTRIBUTES.lifetime, lifetime]], true));
  }

  /** Asks to exchange packets with an address. Resolves with 0 if the server allows it, otherwise with the error code. */
  async permit(address: string): Promise<number> {
    const transaction = randomBytes(STUN_TRANSACTION_BYTES);
    const peer = xorAddress(address, 0, transaction);
    return errorOf(await this.#ask(METHODS.createPermission, [[ATTRIBUTES.peer, peer]], true, transaction));
  }

  async bindChannel(address: string, port: number): Promise<number> {
    const channel = Buffer.alloc(4);
    channel.writeUInt16BE(FIRST_CHANNEL, 0);
    const transaction = randomBytes(STUN_TRANSACTION_BYTES);
    const attributes: StunAttribute[] = [
      [ATTRIBUTES.channel, channel],
      [ATTRIBUTES.peer, xorAddress(address, port, transaction)],
    ];
    return errorOf(await this.#ask(METHODS.channelBind, attributes, true, transaction));
  }

  /** Sends data to an address through the relay. The server does not confirm it. */
  send(address: string, port: number, data: string): void {
    const transaction = randomBytes(STUN_TRANSACTION_BYTES);
    const attributes: StunAttribute[] = [
      [ATTRIBUTES.peer, xorAddress(address, port, transaction)],
      [ATTRIBUTES.data, Buffer.from(data)],
    ];
    this.#socket.send(encodeStun(SEND_INDICATION, transaction, attributes), this.#port, this.#host);
  }

  close(): void {
    this.#socket.close();
  }

  #open(): Socket {
    return createSocket('udp4').on('message', (packet: Buffer) => {
      if (packet.length < STUN_HEADER_BYTES || packet.readUInt16BE(0) !== DATA_INDICATION) return;
      const attributes = parse(packet);
      const from = (attributes.get(ATTRIBUTES.peer)?.readUInt16BE(2) ?? 0) ^ (STUN_COOKIE >>> 16);
      this.received.push({ from, data: attributes.get(ATTRIBUTES.data)?.toString() ?? '' });
    });
  }

  async #ask(
    method: number,
    attributes: StunAttribute[],
    signed: boolean,
    transaction = randomBytes(STUN_TRANSACTION_BYTES),
  ): Promise<Attributes> {
    const answer = await this.#askOnce(method, attributes, signed, transaction);
    if (!signed || errorOf(answer) !== STALE_NONCE) return answer;
    // A request that was sent twice gets two nonces, and only the later one counts.
    this.#nonce = answer.get(ATTRIBUTES.nonce) ?? this.#nonce;
    return this.#askOnce(method, attributes, signed, transaction);
  }

  async #askOnce(
    method: number,
    attributes: StunAttribute[],
    signed: boolean,
    transaction: Buffer,
  ): Promise<Attributes> {
    const packet = signed
      ? this.#sign(method, transaction, attributes)
      : encodeStun(method, transaction, attributes);
    const resend = (): void => this.#socket.send(packet, this.#port, this.#host);
    const timer = setInterval(resend, RESEND_MS);
    resend();
    try {
      return await new Promise((resolve, reject) => {
        const stop = setTimeout(() => reject(new Error('the TURN server does not answer')), 10_000);
        const look = (answer: Buffer): void => {
          if (answer.length < STUN_HEADER_BYTES || !answer.subarray(8, STUN_HEADER_BYTES).equals(transaction))
            return;
          clearTimeout(stop);
          this.#socket.off('message', look);
          resolve(parse(answer));
        };
        this.#socket.on('message', look);
      });
    } finally {
      clearInterval(timer);
    }
  }

  #sign(method: number, transaction: Buffer, attributes: StunAttribute[]): Buffer {
    const { username, credential } = this.credentials;
    const whole: StunAttribute[] = [
      ...attributes,
      [ATTRIBUTES.username, Buffer.from(username)],
      [ATTRIBUTES.realm, Buffer.from(this.#realm)],
      [ATTRIBUTES.nonce, this.#nonce],
    ];
    const key = createHash('md5').update(`${username}:${this.#realm}:${credential}`).digest();
    return encodeSignedStun(method, transaction, whole, key);
  }
}

function errorOf(answer: Attributes): number {
  const error = answer.get(ATTRIBUTES.error);
  return error ? (error[2] ?? 0) * 100 + (error[3] ?? 0) : 0;
}

function parse(answer: Buffer): Attributes {
  const found: Attributes = new Map();
  for (let at = STUN_HEADER_BYTES; at + 4 <= answer.length;) {
    const length = answer.readUInt16BE(at + 2);
    found.set(answer.readUInt16BE(at), answer.subarray(at + 4, at + 4 + length));
    at += 4 + length + ((4 - (length % 4)) % 4);
  }
  const isRefused = (answer.readUInt16BE(0) & ERROR_CLASS) === ERROR_CLASS;
  if (isRefused && !found.has(ATTRIBUTES.error)) throw new Error('a refusal without a code');
  return found;
}

/** XOR-PEER-ADDRESS: the address is XORed with the STUN cookie, and for IPv6 also with the transaction id. */
function xorAddress(address: string, port: number, transaction: Buffer): Buffer {
  const plain = isIPv6(address) ? ipv6Bytes(address) : Buffer.from(address.split('.').map(Number));
  const cookie = Buffer.alloc(4);
  cookie.writeUInt32BE(STUN_COOKIE);
  const key = Buffer.concat([cookie, transaction]);
  const bytes = plain.map((byte, index) => byte ^ (key[index] ?? 0));
  const head = Buffer.from([0, isIPv6(address) ? 2 : 1, 0, 0]);
  head.writeUInt16BE(port ^ (STUN_COOKIE >>> 16), 2);
  return Buffer.concat([head, bytes]);
}

function ipv6Bytes(address: string): Buffer {
  const mapped = /^::ffff:(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  if (mapped)
    return Buffer.concat([
      Buffer.alloc(10),
      Buffer.from([255, 255]),
      Buffer.from(mapped.slice(1).map(Number)),
    ]);
  const [head = '', tail = ''] = address.split('::');
  const groups = (part: string): number[] =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const left = groups(head);
  const right = groups(tail);
  const all = [...left, ...Array.from({ length: 8 - left.length - right.length }, () => 0), ...right];
  const bytes = Buffer.alloc(16);
  all.forEach((group, index) => bytes.writeUInt16BE(group, index * 2));
  return bytes;
}
