import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { connect, isIP } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { encodeStun, STUN_HEADER_BYTES, STUN_TRANSACTION_BYTES } from './stun.ts';

/* Whether a TURN server listens: it answers a request without credentials with the realm that it wants them for (RFC 8656). */

const ALLOCATE = 0x0003;
const ALLOCATE_ERROR = 0x0113;
const REQUESTED_TRANSPORT = 0x0019;
const UDP_RELAY = Buffer.from([17, 0, 0, 0]);
const UDP_ATTEMPTS = 3;
const DEFAULT_PORTS = { turn: 3478, turns: 5349 } as const;

export type TurnDoor = {
  readonly host: string;
  readonly port: number;
  readonly transport: 'udp' | 'tcp' | 'tls';
  /** The name that TLS asks for, if it is not the host. */
  readonly servername?: string;
};

/** Reads a URL as browsers take it; undefined for one of another kind. */
export function parseTurnUrl(url: string): TurnDoor | undefined {
  const [, scheme, bracketed, plain, port, transport] =
    /^(turns?):(?:\[([^\]]*)\]|([^:?[\]]+))(?::(\d+))?(?:\?transport=(udp|tcp))?$/.exec(url) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined || (scheme !== 'turn' && scheme !== 'turns')) return undefined;
  const chosen = scheme === 'turns' ? 'tls' : transport === 'tcp' ? 'tcp' : 'udp';
  return { host, port: Number(port ?? DEFAULT_PORTS[scheme]), transport: chosen };
}

/** Whether a TURN server answers there in time. Accepts every certificate. */
export function answersAsTurn(door: TurnDoor, timeoutMs: number): Promise<boolean> {
  const transaction = randomBytes(STUN_TRANSACTION_BYTES);
  const request = encodeStun(ALLOCATE, transaction, [[REQUESTED_TRANSPORT, UDP_RELAY]]);
  const isAnswer = (message: Buffer): boolean =>
    message.length >= STUN_HEADER_BYTES &&
    message.readUInt16BE(0) === ALLOCATE_ERROR &&
    message.subarray(8, STUN_HEADER_BYTES).equals(transaction);
  return door.transport === 'udp'
    ? askByDatagram(door, request, isAnswer, timeoutMs)
    : askByStream(door, request, isAnswer, timeoutMs);
}

type IsAnswer = (message: Buffer) => boolean;

function askByDatagram(
  { host, port }: TurnDoor,
  request: Buffer,
  isAnswer: IsAnswer,
  timeoutMs: number,
): Promise<boolean> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  return new Promise((resolve) => {
    const send = () => socket.send(request, port, host, () => {});
    const timer = setInterval(send, timeoutMs / UDP_ATTEMPTS);
    const end = (answered: boolean) => {
      clearInterval(timer);
      clearTimeout(deadline);
      socket.close();
      resolve(answered);
    };
    const deadline = setTimeout(() => end(false), timeoutMs);
    socket.on('error', () => {});
    socket.on('message', (message) => {
      if (isAnswer(message)) end(true);
    });
    send();
  });
}

function askByStream(
  { host, port, transport, servername = host }: TurnDoor,
  request: Buffer,
  isAnswer: IsAnswer,
  timeoutMs: number,
): Promise<boolean> {
  const name = isIP(servername) === 0 ? { servername } : {};
  const socket =
    transport === 'tls'
      ? connectTls({ host, port, rejectUnauthorized: false, ...name }, () => socket.write(request))
      : connect({ host, port }, () => socket.write(request));
  return new Promise((resolve) => {
    const end = (answered: boolean) => {
      clearTimeout(deadline);
      socket.destroy();
      resolve(answered);
    };
    const deadline = setTimeout(() => end(false), timeoutMs);
    let received = Buffer.alloc(0);
    socket.on('error', () => end(false));
    socket.on('close', () => end(false));
    socket.on('data', (part: Buffer) => {
      received = Buffer.concat([received, part]);
      if (received.length >= STUN_HEADER_BYTES) end(isAnswer(received));
    });
  });
}
