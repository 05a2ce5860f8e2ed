import { encodeStun, STUN_COOKIE, STUN_HEADER_BYTES } from '@parley/common/ice';

const BINDING_REQUEST = 0x0001;
const BINDING_SUCCESS = 0x0101;
const XOR_MAPPED_ADDRESS = 0x0020;
/** The discard port. */
const PORT = 9;
/** 192.0.2.1 and 2001:db8::1, which documents use and no machine has. */
const ADDRESSES = {
  IPv4: { family: 1, bytes: Buffer.from('c0000201', 'hex') },
  IPv6: { family: 2, bytes: Buffer.from('20010db8000000000000000000000001', 'hex') },
} as const;
export type IpFamily = keyof typeof ADDRESSES;

/**
 * The answer to a STUN binding request (RFC 8489); undefined for anything else. It names an address that is nobody's. A browser that has
 * no NAT before it does not report the answer of a server that names the address which it knows itself, and nothing else shows that there was one.
 */
export function bindingAnswer(request: Buffer, family: IpFamily): Buffer | undefined {
  if (!isBindingRequest(request)) return undefined;
  const transaction = request.subarray(8, STUN_HEADER_BYTES);
  return encodeStun(BINDING_SUCCESS, transaction, [[XOR_MAPPED_ADDRESS, xorAddress(request, family)]]);
}

function isBindingRequest(message: Buffer): boolean {
  return (
    message.length >= STUN_HEADER_BYTES &&
    message.readUInt16BE(0) === BINDING_REQUEST &&
    message.readUInt16BE(2) === message.length - STUN_HEADER_BYTES &&
    message.readUInt32BE(4) === STUN_COOKIE
  );
}

/** Each byte is combined with that of the cookie and the transaction, which follow each other in the request. */
function xorAddress(request: Buffer, family: IpFamily): Buffer {
  const { family: number, bytes } = ADDRESSES[family];
  const value = Buffer.alloc(4 + bytes.length);
  value.writeUInt8(number, 1);
  value.writeUInt16BE(PORT ^ request.readUInt16BE(4), 2);
  for (const [index, byte] of bytes.entries())
    value.writeUInt8(byte ^ request.readUInt8(4 + index), 4 + index);
  return value;
}
