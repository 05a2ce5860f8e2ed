import { createHmac, randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { crc32 } from 'node:zlib';

/* The one STUN message that an ICE-lite server answers: a binding request signed with its password (RFC 8445, RFC 8489). */

const MAGIC_COOKIE = 0x2112a442;
const FINGERPRINT_XOR = 0x5354554e;
const HEADER_BYTES = 20;
const INTEGRITY_BYTES = 24;
const FINGERPRINT_BYTES = 8;
const BINDING_REQUEST = 0x0001;
const BINDING_SUCCESS = 0x0101;
const UDP_ATTEMPTS = 3;

export interface IceTarget {
  readonly address: string;
  readonly port: number;
  readonly usernameFragment: string;
  readonly password: string;
}

/** Whether the server answers over UDP. Asks a few times, as packets may be lost. */
export function answersOverUdp(target: IceTarget, timeoutMs: number): Promise<boolean> {
  const socket = createSocket(target.address.includes(':') ? 'udp6' : 'udp4');
  return new Promise((resolve) => {
    const send = () => socket.send(bindingRequest(target), target.port, target.address, () => {});
    const timer = setInterval(send, timeoutMs / UDP_ATTEMPTS);
    const end = (answered: boolean) => {
      clearInterval(timer);
      clearTimeout(deadline);
      socket.close();
      resolve(answered);
    };
    const deadline = setTimeout(() => end(false), timeoutMs);
    socket.on('error', () => {});
    socket.on('message', (answer) => {
      if (isSuccess(answer)) end(true);
    });
    send();
  });
}

/** Whether the server answers over TCP, where each message follows its length (RFC 4571). */
export function answersOverTcp(target: IceTarget, timeoutMs: number): Promise<boolean> {
  const socket = connect({ host: target.address, port: target.port });
  return new Promise((resolve) => {
    const end = (answered: boolean) => {
      clearTimeout(deadline);
      socket.destroy();
      resolve(answered);
    };
    const deadline = setTimeout(() => end(false), timeoutMs);
    socket.once('error', () => end(false));
    socket.once('close', () => end(false));
    socket.once('connect', () => {
      const request = bindingRequest(target);
      const length = Buffer.alloc(2);
      length.writeUInt16BE(request.length);
      socket.write(Buffer.concat([length, request]));
    });
    socket.once('data', (answer: Buffer) => end(isSuccess(answer.subarray(2))));
  });
}

function isSuccess(answer: Buffer): boolean {
  return answer.length >= HEADER_BYTES && answer.readUInt16BE(0) === BINDING_SUCCESS;
}

function bindingRequest({ usernameFragment, password }: IceTarget): Buffer {
  const transaction = randomBytes(12);
  const attributes = Buffer.concat([
    attribute(0x0006, Buffer.from(`${usernameFragment}:doctor`)),
    attribute(0x0024, Buffer.from([0x6e, 0xff, 0xff, 0xff])),
    attribute(0x802a, randomBytes(8)),
  ]);
  // Each check covers a header whose length counts that check already.
  const signed = Buffer.concat([header(attributes.length + INTEGRITY_BYTES, transaction), attributes]);
  const integrity = attribute(0x0008, createHmac('sha1', password).update(signed).digest());
  const length = attributes.length + INTEGRITY_BYTES + FINGERPRINT_BYTES;
  const whole = Buffer.concat([header(length, transaction), attributes, integrity]);
  const fingerprint = Buffer.alloc(4);
  fingerprint.writeUInt32BE((crc32(whole) ^ FINGERPRINT_XOR) >>> 0);
  return Buffer.concat([whole, attribute(0x8028, fingerprint)]);
}

function header(length: number, transaction: Buffer): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES);
  bytes.writeUInt16BE(BINDING_REQUEST, 0);
  bytes.writeUInt16BE(length, 2);
  bytes.writeUInt32BE(MAGIC_COOKIE, 4);
  transaction.copy(bytes, 8);
  return bytes;
}

function attribute(type: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
}
