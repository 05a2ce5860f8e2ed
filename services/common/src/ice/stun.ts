import { createHmac, randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { crc32 } from 'node:zlib';

/* STUN messages (RFC 8489), and the one question that an ICE-lite server answers: a binding request signed with its password (RFC 8445). */

export const STUN_COOKIE = 0x2112a442;
export const STUN_HEADER_BYTES = 20;
export const STUN_TRANSACTION_BYTES = 12;

const FINGERPRINT_XOR = 0x5354554e;
const INTEGRITY_BYTES = 24;
const FINGERPRINT_BYTES = 8;
const BINDING_REQUEST = 0x0001;
const ANSWERS: Readonly<Record<number, StunAnswer>> = { 0x0101: 'success', 0x0111: 'error' };
const ATTRIBUTES = {
  username: 0x0006,
  integrity: 0x0008,
  priority: 0x0024,
  useCandidate: 0x0025,
  fingerprint: 0x8028,
  controlling: 0x802a,
} as const;
/** The priority of a peer-reflexive candidate: type preference 110, no preference among addresses. */
const PRIORITY = 0x6effffff;
const UDP_ATTEMPTS = 3;

export type StunAnswer = 'success' | 'error';
export type StunAttribute = readonly [type: number, value: Buffer];

type UdpTarget = { readonly address: string; readonly port: number };
export type IceTarget = UdpTarget & {
  readonly usernameFragment: string;
  readonly password: string;
};

type CheckOptions = {
  timeoutMs: number;
  /** Nominates this path, as a browser does with the path that it chose. */
  nominate?: boolean;
};

/** Resolves with undefined when no answer comes in time. Sends a few requests, because packets may be lost. */
export function checkOverUdp(target: IceTarget, options: CheckOptions): Promise<StunAnswer | undefined> {
  return askOverUdp(target, () => bindingRequest(target, options), options.timeoutMs);
}

/** Whether a STUN server answers at a UDP address, which may be a name. Sends a few requests, because packets may be lost. */
export async function isBindingAnswered(target: UdpTarget, timeoutMs: number): Promise<boolean> {
  const request = () => encodeStun(BINDING_REQUEST, randomBytes(STUN_TRANSACTION_BYTES), []);
  return (await askOverUdp(target, request, timeoutMs)) === 'success';
}

function askOverUdp(
  { address, port }: UdpTarget,
  request: () => Buffer,
  timeoutMs: number,
): Promise<StunAnswer | undefined> {
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
  return new Promise((resolve) => {
    const send = () => socket.send(request(), port, address, () => {});
    const timer = setInterval(send, timeoutMs / UDP_ATTEMPTS);
    const end = (answer: StunAnswer | undefined) => {
      clearInterval(timer);
      clearTimeout(deadline);
      socket.close();
      resolve(answer);
    };
    const deadline = setTimeout(() => end(undefined), timeoutMs);
    socket.on('error', () => {});
    socket.on('message', (message) => {
      const answer = readAnswer(message);
      if (answer !== undefined) end(answer);
    });
    send();
  });
}

/** Sends a check over TCP, where the length of a message comes before the message (RFC 4571). */
export function checkOverTcp(target: IceTarget, options: CheckOptions): Promise<StunAnswer | undefined> {
  const socket = connect({ host: target.address, port: target.port });
  return new Promise((resolve) => {
    const end = (answer: StunAnswer | undefined) => {
      clearTimeout(deadline);
      socket.destroy();
      resolve(answer);
    };
    const deadline = setTimeout(() => end(undefined), options.timeoutMs);
    socket.once('error', () => end(undefined));
    socket.once('close', () => end(undefined));
    socket.once('connect', () => {
      const request = bindingRequest(target, options);
      const length = Buffer.alloc(2);
      length.writeUInt16BE(request.length);
      socket.write(Buffer.concat([length, request]));
    });
    socket.once('data', (answer: Buffer) => end(readAnswer(answer.subarray(2))));
  });
}

/** @param transaction 12 bytes that the answer repeats. */
export function encodeStun(type: number, transaction: Buffer, attributes: readonly StunAttribute[]): Buffer {
  return encode(type, transaction, attributes, 0);
}

/** Encodes a message with MESSAGE-INTEGRITY as its last attribute. */
export function encodeSignedStun(
  type: number,
  transaction: Buffer,
  attributes: readonly StunAttribute[],
  key: string | Buffer,
): Buffer {
  const integrity = createHmac('sha1', key)
    .update(encode(type, transaction, attributes, INTEGRITY_BYTES))
    .digest();
  return encodeStun(type, transaction, [...attributes, [ATTRIBUTES.integrity, integrity]]);
}

function bindingRequest({ usernameFragment, password }: IceTarget, { nominate }: CheckOptions): Buffer {
  const priority = Buffer.alloc(4);
  priority.writeUInt32BE(PRIORITY);
  const attributes: StunAttribute[] = [
    [ATTRIBUTES.username, Buffer.from(`${usernameFragment}:parley`)],
    [ATTRIBUTES.priority, priority],
    [ATTRIBUTES.controlling, randomBytes(8)],
  ];
  if (nominate === true) attributes.push([ATTRIBUTES.useCandidate, Buffer.alloc(0)]);
  const transaction = randomBytes(STUN_TRANSACTION_BYTES);
  const signed = encodeSignedStun(BINDING_REQUEST, transaction, attributes, password);
  signed.writeUInt16BE(signed.length - STUN_HEADER_BYTES + FINGERPRINT_BYTES, 2);
  const fingerprint = Buffer.alloc(4);
  fingerprint.writeUInt32BE((crc32(signed) ^ FINGERPRINT_XOR) >>> 0);
  return Buffer.concat([signed, encodeAttribute([ATTRIBUTES.fingerprint, fingerprint])]);
}

function readAnswer(message: Buffer): StunAnswer | undefined {
  return message.length < STUN_HEADER_BYTES ? undefined : ANSWERS[message.readUInt16BE(0)];
}

/** @param coming Bytes of the checks that follow. Each check covers a header whose length already counts that check. */
function encode(
  type: number,
  transaction: Buffer,
  attributes: readonly StunAttribute[],
  coming: number,
): Buffer {
  const body = Buffer.concat(attributes.map(encodeAttribute));
  const header = Buffer.alloc(STUN_HEADER_BYTES);
  header.writeUInt16BE(type, 0);
  header.writeUInt16BE(body.length + coming, 2);
  header.writeUInt32BE(STUN_COOKIE, 4);
  transaction.copy(header, 8);
  return Buffer.concat([header, body]);
}

function encodeAttribute([type, value]: StunAttribute): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
}
