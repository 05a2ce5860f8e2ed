import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { encodeStun, isBindingAnswered, STUN_COOKIE } from '@parley/common/ice';
import { captureLogger, silentLogger } from '@parley/common/testing';
import { ProbeServer } from '../../src/network/probe-server.ts';

type Options = Parameters<typeof ProbeServer.create>[0];

const TRANSACTION = Buffer.from('0102030405060708090a0b0c', 'hex');
const NEXT = Buffer.alloc(12, 0xee);
const REQUEST = encodeStun(0x0001, TRANSACTION, []);
const ANSWER_TIMEOUT_MS = 10_000;
const QUIET_MS = 150;

const MANY = { burst: 1_000, perSecond: 1_000 };
const RATES = { perClient: MANY, total: MANY, lookedAt: MANY };

const servers: ProbeServer[] = [];
const sockets: Socket[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  for (const socket of sockets.splice(0)) socket.close();
});

async function start(options: Partial<Options> = {}): Promise<ProbeServer> {
  const server = await ProbeServer.create({
    listenIps: ['127.0.0.1'],
    port: 0,
    announced: () => ['198.51.100.7'],
    logger: silentLogger,
    ...options,
  });
  servers.push(server);
  return server;
}

async function client(address = '127.0.0.1'): Promise<Socket> {
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
  sockets.push(socket);
  socket.bind(0, address);
  await once(socket, 'listening');
  return socket;
}

/** The answer. */
async function ask(socket: Socket, port: number, message = REQUEST, to = '127.0.0.1'): Promise<Buffer> {
  const answered = once(socket, 'message', { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
  socket.send(message, port, to);
  const [answer] = (await answered) as [Buffer];
  return answer;
}

/** Whether nothing is answered to a message, where nothing else can be asked that would be. */
async function isSilent(socket: Socket, port: number): Promise<boolean> {
  const answered = once(socket, 'message', { signal: AbortSignal.timeout(QUIET_MS) });
  socket.send(REQUEST, port, '127.0.0.1');
  return answered.then(
    () => false,
    () => true,
  );
}

/** The address in a success with the transaction of the request. */
function mappedAddress(answer: Buffer): { family: number; port: number; address: string } {
  expect(answer.readUInt16BE(0)).toBe(0x0101);
  expect(answer.readUInt16BE(2)).toBe(answer.length - 20);
  expect(answer.subarray(4, 20)).toEqual(REQUEST.subarray(4, 20));
  expect(answer.readUInt16BE(20)).toBe(0x0020);
  const value = answer.subarray(24, 24 + answer.readUInt16BE(22));
  const address = value.subarray(4).map((byte, index) => byte ^ answer.readUInt8(4 + index));
  return {
    family: value.readUInt8(1),
    port: value.readUInt16BE(2) ^ (STUN_COOKIE >>> 16),
    address: Buffer.from(address).toString('hex'),
  };
}

describe('the probe of a region', () => {
  test("answers a STUN binding request at once, with an address that is nobody's", async () => {
    const server = await start();
    const answer = await ask(await client(), server.port);
    expect(mappedAddress(answer)).toEqual({ family: 1, port: 9, address: 'c0000201' });
    // 20 bytes ask: with the headers of IP and UDP the answer is a quarter larger.
    expect(answer).toHaveLength(32);
  });

  test('answers over IPv6 too, at the same port', async () => {
    const server = await start({ listenIps: ['127.0.0.1', '::1'] });
    const answer = await ask(await client('::1'), server.port, REQUEST, '::1');
    expect(mappedAddress(answer)).toMatchObject({
      family: 2,
      port: 9,
      address: `20010db8${'0'.repeat(23)}1`,
    });
    expect(mappedAddress(await ask(await client(), server.port))).toMatchObject({ family: 1 });
  });

  test('is found by the question of the doctor, over both, while it is open', async () => {
    const server = await start({ listenIps: ['127.0.0.1', '::1'] });
    const { port } = server;
    const found = (timeoutMs: number) =>
      Promise.all(['127.0.0.1', '::1'].map((address) => isBindingAnswered({ address, port }, timeoutMs)));
    expect(await found(ANSWER_TIMEOUT_MS)).toEqual([true, true]);
    server.close();
    expect(await found(QUIET_MS)).toEqual([false, false]);
  });

  test('answers IPv4 as such where IPv6 listens for both', async () => {
    const server = await start({ listenIps: ['::'] });
    expect(mappedAddress(await ask(await client(), server.port))).toMatchObject({ family: 1 });
  });

  test.each<[string, Buffer]>([
    ['nothing', Buffer.alloc(0)],
    ['less than a header', REQUEST.subarray(0, 19)],
    ['another length than it says', Buffer.concat([REQUEST, Buffer.alloc(4)])],
    ['another cookie', Buffer.concat([REQUEST.subarray(0, 4), Buffer.alloc(16)])],
    ['a request for a relay', encodeStun(0x0003, TRANSACTION, [])],
    ['an answer, as another server would send it', encodeStun(0x0101, TRANSACTION, [])],
    ['media', Buffer.alloc(1200, 0x80)],
  ])('says nothing to %s, and goes on', async (_what, message) => {
    const server = await start();
    const socket = await client();
    socket.send(message, server.port, '127.0.0.1');
    // One socket takes messages in their order, so the first answer would be that to the first message.
    const answer = await ask(socket, server.port, encodeStun(0x0001, NEXT, []));
    expect(answer.subarray(8, 20)).toEqual(NEXT);
  });

  test('answers a client so often only, and all together', async () => {
    const rates = {
      ...RATES,
      perClient: { burst: 2, perSecond: 0.01 },
      total: { burst: 3, perSecond: 0.01 },
    };
    const { port } = await start({ rates });
    const [one, two] = [await client(), await client('127.0.0.2')];
    await ask(one, port);
    await ask(one, port);
    let more = 0;
    one.on('message', () => (more += 1));
    one.send(REQUEST, port, '127.0.0.1');
    // It takes the messages of both in their order.
    await ask(two, port);
    expect(more).toBe(0);
    expect(await isSilent(two, port)).toBe(true);
  });

  test('closes its port for a while when it is flooded, with whatever it is, and answers again', async () => {
    const log = captureLogger();
    const rates = { ...RATES, lookedAt: { burst: 3, perSecond: 0.01 } };
    const { port } = await start({ rates, restMs: 100, logger: log.logger });
    const socket = await client();
    await ask(socket, port);
    for (let index = 0; index < 9; index += 1) socket.send('flood', port, '127.0.0.1');
    const answered = once(socket, 'message', { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
    const again = setInterval(() => socket.send(REQUEST, port, '127.0.0.1'), 50);
    await answered.finally(() => clearInterval(again));
    expect(log.lines).toMatchObject([{ msg: 'probes rest' }]);
  });

  test('stays closed if it is closed while it rests', async () => {
    const server = await start({ rates: { ...RATES, lookedAt: { burst: 1, perSecond: 0.01 } }, restMs: 10 });
    const socket = await client();
    await ask(socket, server.port);
    socket.send(REQUEST, server.port, '127.0.0.1');
    await setImmediate();
    server.close();
    expect(await isSilent(socket, server.port)).toBe(true);
  });

  test('is at the addresses that browsers send media to, four at most, as they are now', async () => {
    let announced = ['198.51.100.7', '2001:db8::7'];
    const server = await start({ announced: () => announced });
    const { port } = server;
    expect(server.addresses).toEqual([
      { host: '198.51.100.7', port },
      { host: '2001:db8::7', port },
    ]);
    announced = ['a', 'b', 'c', 'd', 'e'];
    expect(server.addresses.map(({ host }) => host)).toEqual(['a', 'b', 'c', 'd']);
  });

  test('shares its port with other media nodes of the machine, and goes on when one of them ends', async () => {
    const first = await start();
    const second = await start({ port: first.port });
    expect(second.port).toBe(first.port);
    first.close();
    expect(await ask(await client(), second.port)).toHaveLength(32);
  });

  test('does not start at a port of another program', async () => {
    const other = await client();
    const { port } = other.address();
    await expect(start({ port })).rejects.toThrow(`cannot listen on 127.0.0.1 port ${port}, UDP, for probes`);
  });

  test('answers nothing after it was closed, twice if need be', async () => {
    const server = await start();
    server.close();
    server.close();
    expect(await isSilent(await client(), server.port)).toBe(true);
  });
});
