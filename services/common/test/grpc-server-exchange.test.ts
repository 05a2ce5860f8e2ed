import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { MediaService } from '@parley/proto/media-rpc';
import { waitFor } from '../src/testing/index.ts';
import { GrpcServerExchange } from '../src/grpc/grpc-server-exchange.ts';
import { ExchangeServer, findPeerCall, RawExchange } from './support/exchange.ts';

/** Handlers that a server lets run for one exchange. */
const UNFINISHED_MAX = 2048;

let server: ExchangeServer;
let raw: RawExchange;

beforeEach(async () => {
  server = await ExchangeServer.start();
  raw = server.open();
});

afterEach(() => server.closeAll());

async function failureOf(number: number) {
  const answer = await waitFor(() => raw.answerTo(number));
  return [answer.failure?.status, answer.failure?.code];
}

describe('the server of an exchange', () => {
  test('answers each call of a message', async () => {
    raw.send(findPeerCall(7), findPeerCall(3), findPeerCall(0));
    await waitFor(() => raw.answers.length === 3);
    const { FindPeer } = MediaService.service;
    for (const number of [7, 3, 0]) {
      const { response = Buffer.from('none') } = raw.answerTo(number) ?? {};
      expect(FindPeer.responseDeserialize(response)).toEqual({ open: true });
    }
  });

  test.each([
    'NoSuchMethod',
    '',
    'Watch',
    'Link',
    'Exchange',
    'constructor',
    '/parley.room.v1.RoomService/GetRoom',
  ])('refuses the method %j and nothing else', async (method) => {
    raw.send({ ...findPeerCall(1), method }, findPeerCall(2));
    expect(await failureOf(1)).toEqual([status.UNIMPLEMENTED, '']);
    await waitFor(() => raw.answerTo(2)?.response);
  });

  test('refuses a request that is not of its method, and nothing else', async () => {
    raw.send({ ...findPeerCall(1), request: Buffer.from([0xff, 0xff]) }, findPeerCall(2));
    expect(await failureOf(1)).toEqual([status.INTERNAL, 'internal']);
    await waitFor(() => raw.answerTo(2)?.response);
  });

  test('ends an exchange whose messages are none, and answers on others', async () => {
    const other = server.open();
    other.send(findPeerCall(1));
    raw.sendBytes(Buffer.from([0xff, 0xff]));
    expect((await raw.ended).code).toBe(status.INTERNAL);
    other.send(findPeerCall(2));
    await waitFor(() => other.answers.length === 2);
  });

  test('ends an exchange with a message beyond 1 MiB', async () => {
    raw.send({ ...findPeerCall(1), request: Buffer.alloc(1024 * 1024) });
    expect((await raw.ended).code).toBe(status.RESOURCE_EXHAUSTED);
  });

  test('ends an exchange with two calls of one number, and carries out no further call of it', async () => {
    const asked: string[] = [];
    server.findPeer = ({ peerId }) => {
      asked.push(peerId);
      return new Promise(() => undefined);
    };
    raw.send(
      findPeerCall(1, { peerId: 'a' }),
      findPeerCall(1, { peerId: 'b' }),
      findPeerCall(2, { peerId: 'c' }),
    );
    const { code, metadata } = await raw.ended;
    expect([code, metadata.get('parley-error-code')]).toEqual([status.INVALID_ARGUMENT, ['invalid_request']]);
    expect(asked).toEqual(['a']);
    await waitFor(async () => (await server.openExchanges()) === 0);
  });

  test('does not answer a call that was cancelled, whose number may then be used again', async () => {
    const held = new Map<string, () => void>();
    server.findPeer = ({ peerId }) =>
      new Promise((resolve) => held.set(peerId, () => resolve({ open: peerId === 'second' })));
    raw.send(findPeerCall(1, { peerId: 'first' }));
    await waitFor(() => held.has('first'));
    raw.send({ number: 1, cancelled: true }, { number: 99, cancelled: true });
    raw.send(findPeerCall(1, { peerId: 'second' }));
    await waitFor(() => held.has('second'));
    held.get('first')?.();
    held.get('second')?.();
    const { response } = await waitFor(() => raw.answerTo(1));
    expect(MediaService.service.FindPeer.responseDeserialize(response as Buffer)).toEqual({ open: true });
    expect(raw.answers).toHaveLength(1);
  });

  test('answers a call at its deadline with timeout', async () => {
    server.findPeer = () => new Promise(() => undefined);
    raw.send({ ...findPeerCall(1), timeoutMs: 20 }, { ...findPeerCall(2), timeoutMs: 4_000_000_000 });
    expect(await failureOf(1)).toEqual([status.DEADLINE_EXCEEDED, 'timeout']);
    expect(raw.answers).toHaveLength(1);
  });

  test(`lets ${UNFINISHED_MAX} handlers run at a time, those of cancelled calls included`, async () => {
    let running = 0;
    server.findPeer = () => {
      running += 1;
      return new Promise(() => undefined);
    };
    const numbers = Array.from({ length: UNFINISHED_MAX }, (_unused, index) => index);
    for (const number of numbers) raw.send(findPeerCall(number), { number, cancelled: true });
    raw.send(findPeerCall(UNFINISHED_MAX));
    expect(await failureOf(UNFINISHED_MAX)).toEqual([status.UNAVAILABLE, 'unavailable']);
    expect(running).toBe(UNFINISHED_MAX);
  });

  test('reads no further call while its answers are not read, and goes on when they are', async () => {
    const total = 3000;
    let asked = 0;
    server.openPeer = () => {
      asked += 1;
      return { sendTransport: { transportId: 'x'.repeat(50_000) } };
    };
    await waitFor(async () => (await server.openExchanges()) === 1);
    raw.pause();
    const call = { ...findPeerCall(0), method: 'OpenPeer', request: Buffer.alloc(0) };
    for (let number = 0; number < total; number += 1) raw.send({ ...call, number });
    // It stands still if it begins nothing while another client is answered many times.
    const other = server.connect();
    await waitFor(async () => {
      const before = asked;
      for (let turn = 0; turn < 50; turn += 1) await other.call('findPeer', {}, { alone: true });
      return before > 0 && asked === before;
    });
    expect(asked).toBeLessThan(total);
    raw.resume();
    await waitFor(() => raw.answers.length === total);
  });

  /** Sends a call. Resolves, when its handler runs, with what ends it. */
  async function heldCall(): Promise<PromiseWithResolvers<{ open: boolean }>> {
    const answer = Promise.withResolvers<{ open: boolean }>();
    const asked = Promise.withResolvers<void>();
    server.findPeer = () => {
      asked.resolve();
      return answer.promise;
    };
    raw.send(findPeerCall(1));
    await asked.promise;
    return answer;
  }

  test('ends an exchange when its client does, after the calls in progress', async () => {
    const answer = await heldCall();
    raw.finish();
    answer.resolve({ open: true });
    expect((await raw.ended).code).toBe(status.OK);
    expect(raw.answerTo(1)?.response).toBeDefined();
    await waitFor(async () => (await server.openExchanges()) === 0);
  });

  test('forgets an exchange whose client is gone, and a handler that ends later harms nobody', async () => {
    const answer = await heldCall();
    raw.close();
    await waitFor(async () => (await server.openExchanges()) === 0);
    answer.resolve({ open: true });
    await expect(server.connect().call('findPeer', {})).resolves.toEqual({ open: true });
  });
});

test('a call that the caller of an exchange may not make is refused by itself, and its handler does not run', async () => {
  const answered: string[] = [];
  const methodOf = (name: string) => ({
    path: `/parley.media.v1.MediaService/${name}`,
    answer: () => {
      answered.push(name);
      return Promise.resolve({ response: Buffer.alloc(0), error: undefined });
    },
  });
  const grpc = new Server();
  grpc.addService(
    { Exchange: MediaService.service.Exchange },
    {
      Exchange: (call: ConstructorParameters<typeof GrpcServerExchange>[0]) =>
        new GrpcServerExchange(call, {
          methods: new Map(['FindPeer', 'OpenPeer'].map((name) => [name, methodOf(name)])),
          mayCall: (path) => path.endsWith('/FindPeer'),
          onEnd: () => undefined,
        }),
    },
  );
  const port = await new Promise<number>((resolve) => {
    grpc.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (_error, bound) => resolve(bound));
  });
  const stranger = new RawExchange(port);
  stranger.send({ ...findPeerCall(1), method: 'OpenPeer' }, findPeerCall(2));
  await waitFor(() => stranger.answers.length === 2);
  expect(stranger.answerTo(1)?.failure).toMatchObject({
    status: status.PERMISSION_DENIED,
    code: 'forbidden',
  });
  expect(answered).toEqual(['FindPeer']);
  stranger.close();
  grpc.forceShutdown();
});
