import { createHmac, randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { crc32 } from 'node:zlib';
import type { rtp } from '@parley/proto/grpc';

const COOKIE = 0x2112a442;
const FINGERPRINT_XOR = 0x5354554e;
const HEADER_BYTES = 20;
const ATTRIBUTES = {
  username: 0x06,
  integrity: 0x08,
  priority: 0x24,
  useCandidate: 0x25,
  fingerprint: 0x8028,
  controlling: 0x802a,
};
const ANSWERS: Record<number, StunAnswer> = { 0x0101: 'success', 0x0111: 'error' };

export type StunAnswer = 'success' | 'error';

/** What a browser's ICE sends to nominate a path, by hand: one binding request over TCP, and the answer to it. */
export async function checkOverTcp(port: number, ice: rtp.IceParameters): Promise<StunAnswer | undefined> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const request = bindingRequest(ice);
  // RFC 4571: each packet follows its length.
  const length = Buffer.alloc(2);
  length.writeUInt16BE(request.length);
  socket.write(Buffer.concat([length, request]));
  const [answer] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return ANSWERS[answer.readUInt16BE(2)];
}

export async function checkOverUdp(port: number, ice: rtp.IceParameters): Promise<StunAnswer | undefined> {
  const socket = createSocket('udp4');
  socket.send(bindingRequest(ice), port, '127.0.0.1');
  const [answer] = (await once(socket, 'message')) as [Buffer];
  socket.close();
  return ANSWERS[answer.readUInt16BE(0)];
}

function bindingRequest({ usernameFragment, password }: rtp.IceParameters): Buffer {
  const attributes = Buffer.concat([
    attribute(ATTRIBUTES.username, Buffer.from(`${usernameFragment}:test`)),
    attribute(ATTRIBUTES.priority, Buffer.from([0x6e, 0xff, 0xff, 0xff])),
    attribute(ATTRIBUTES.controlling, randomBytes(8)),
    attribute(ATTRIBUTES.useCandidate, Buffer.alloc(0)),
  ]);
  const transaction = randomBytes(12);
  // Both checks cover a header whose length already counts them.
  const signed = Buffer.concat([header(attributes.length + 24, transaction), attributes]);
  const integrity = attribute(ATTRIBUTES.integrity, createHmac('sha1', password).update(signed).digest());
  const whole = Buffer.concat([header(attributes.length + 32, transaction), attributes, integrity]);
  const fingerprint = Buffer.alloc(4);
  fingerprint.writeUInt32BE((crc32(whole) ^ FINGERPRINT_XOR) >>> 0);
  return Buffer.concat([whole, attribute(ATTRIBUTES.fingerprint, fingerprint)]);
}

function header(length: number, transaction: Buffer): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES);
  bytes.writeUInt16BE(0x0001, 0);
  bytes.writeUInt16BE(length, 2);
  bytes.writeUInt32BE(COOKIE, 4);
  transaction.copy(bytes, 8);
  return bytes;
}

function attribute(type: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
}
