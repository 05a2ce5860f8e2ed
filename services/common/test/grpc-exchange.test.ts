import { Server, ServerCredentials, type ServerDuplexStream } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ParleyError } from '@parley/proto/errors';
import type { exchange } from '@parley/proto/grpc';
import { MediaService } from '@parley/proto/media-rpc';
import type { GrpcClient, GrpcService } from '@parley/common/grpc';
import { newTraceId } from '@parley/common/logging';
import { freePort, startMuteServer, waitFor } from '../src/testing/index.ts';
import { ExchangeServer, type FindPeer } from './support/exchange.ts';

/** As many calls as a client has in progress on one exchange. */
const CALLS_MAX = 1024;
const MIB = 1024 * 1024;

type Client = GrpcClient<typeof MediaService>;
type Answer = { open: boolean };

let server: ExchangeServer;
let client: Client;

beforeEach(async () => {
  server = await ExchangeServer.start();
  client = server.connect();
});

afterEach(() => server.closeAll());

function ask(peerId: string, options: { timeoutMs?: number; alone?: boolean } = {}) {
  return client.call('findPeer', { roomId: 'room', peerId }, options);
}

/** Each call of FindPeer waits until the test answers it. */
function holdCalls(): { asked: string[]; answer: (peerId: string) => void; answerAll: () => void } {
  const held = new Map<string, (answer: Answer) => void>();
  const asked: string[] = [];
  let isHeld = true;
  server.findPeer = ({ peerId }) => {
    asked.push(peerId);
    return isHeld ? new Promise((resolve) => held.set(peerId, resolve)) : { open: true };
  };
  return {
    asked,
    answer: (peerId) => held.get(peerId)?.({ open: true }),
    answerAll: () => {
      isHeld = false;
      for (const resolve of held.values()) resolve({ open: true });
    },
  };
}

describe('calls over an exchange', () => {
  test('share one stream, begin in the order in which they were made, and each gets its own answer', async () => {
    const seen: string[] = [];
    server.findPeer = ({ peerId }) => {
      seen.push(peerId);
      return { open: Number(peerId) % 2 === 0 };
    };
    const ids = Array.from({ length: 3000 }, (_unused, index) => String(index));
    const answers = await Promise.all(ids.map((id) => ask(id)));
    expect(answers.map(({ open }) => open)).toEqual(ids.map((id) => Number(id) % 2 === 0));
    expect(seen).toEqual(ids);
    expect(await server.openExchanges()).toBe(1);
  });

  test('are answered as they end: a slow one holds up no other', async () => {
    const calls = holdCalls();
    const [slow, quick] = [ask('slow'), ask('quick')];
    await waitFor(() => calls.asked.length === 2);
    calls.answer('quick');
    await expect(quick).resolves.toEqual({ open: true });
    calls.answer('slow');
    await expect(slow).resolves.toEqual({ open: true });
  });

  test('open no exchange if they go alone', async () => {
    await expect(ask('a', { alone: true })).resolves.toEqual({ open: true });
    expect(await server.openExchanges()).toBe(0);
  });

  test('carry large messages beside small ones', async () => {
    const large = 'x'.repeat(900_000);
    server.openPeer = ({ origin }) => ({ sendTransport: { transportId: origin } });
    const [first, , second] = await Promise.all([
      client.call('openPeer', { origin: large }),
      ask('small'),
      client.call('openPeer', { origin: large }),
    ]);
    expect([first.sendTransport?.transportId, second.sendTransport?.transportId]).toEqual([large, large]);
  });

  test('carry the trace id of each call into its log lines', async () => {
    server.findPeer = (_request, { logger }) => {
      logger.info('asked');
      return { open: true };
    };
    const ids = [newTraceId(), newTraceId()];
    await Promise.all(ids.map((traceId) => client.call('findPeer', {}, { traceId })));
    await client.call('findPeer', {}, { traceId: 'forged" trace' });
    const logged = server.captured.lines.map((line) => line['traceId']);
    expect(logged.slice(0, 2)).toEqual(ids);
    expect(logged[2]).toMatch(/^[0-9a-f]{32}$/);
  });

  test('are measured one by one, by method and code, on both sides', async () => {
    await Promise.all([ask('a'), ask('b')]);
    server.openPeer = () => {
      throw new ParleyError('at_capacity');
    };
    await client.call('openPeer', {}).catch(() => undefined);
    const text = await server.metrics.registry.metrics();
    for (const side of ['server', 'client']) {
      const count = `parley_grpc_${side}_call_seconds_count{service="test",method="MediaService`;
      expect(text).toContain(`${count}/FindPeer",code="ok"} 2`);
      expect(text).toContain(`${count}/OpenPeer",code="at_capacity"} 1`);
    }
  });

  test(`are at most ${CALLS_MAX} at a time; the others wait in the client`, async () => {
    const calls = holdCalls();
    const asked = Promise.all(
      Array.from({ length: CALLS_MAX + 100 }, (_unused, index) => ask(String(index))),
    );
    await waitFor(() => calls.asked.length >= CALLS_MAX);
    // What was sent before the answer to this has arrived as well.
    await client.call('setHand', {}, { alone: true });
    expect(calls.asked.length).toBe(CALLS_MAX);
    calls.answer('0');
    await waitFor(() => calls.asked.length === CALLS_MAX + 1);
    calls.answerAll();
    expect(await asked).toHaveLength(CALLS_MAX + 100);
  });

  test('are never carried out if they gave up while they waited in the client', async () => {
    const calls = holdCalls();
    const before = Promise.all(Array.from({ length: CALLS_MAX }, (_unused, index) => ask(String(index))));
    await waitFor(() => calls.asked.length === CALLS_MAX);
    await expect(ask('late', { timeoutMs: 20 })).rejects.toMatchObject({ code: 'timeout' });
    calls.answerAll();
    await before;
    await ask('next');
    expect(calls.asked).not.toContain('late');
  });
});

test('a call that takes too long is cancelled on the server', async () => {
  const received: exchange.Call[] = [];
  const grpc = new Server();
  grpc.addService(
    { Exchange: MediaService.service.Exchange },
    {
      Exchange: (call: ServerDuplexStream<exchange.ExchangeRequest, unknown>) =>
        call.on('data', ({ calls }: exchange.ExchangeRequest) => received.push(...calls)),
    },
  );
  const port = await new Promise<number>((resolve) => {
    grpc.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (_error, bound) => resolve(bound));
  });
  const call = server.connect({ port }).call('findPeer', {}, { timeoutMs: 1_500 });
  await waitFor(() => received.length === 1);
  expect(received[0]).toMatchObject({ method: 'FindPeer', cancelled: false });
  expect(received[0]?.timeoutMs).toBeGreaterThan(0);
  expect(received[0]?.timeoutMs).toBeLessThanOrEqual(1_500);
  await expect(call).rejects.toMatchObject({ code: 'timeout' });
  await waitFor(() => received.length === 2);
  expect(received[1]).toMatchObject({ number: received[0]?.number, cancelled: true, method: '' });
  grpc.forceShutdown();
});

describe('a call over an exchange fails as a call alone does', () => {
  type Case = (alone: boolean) => Promise<unknown>;
  const failing = (fail: FindPeer): Case => {
    return (alone) => {
      server.findPeer = fail;
      return ask('a', { alone });
    };
  };
  const during = (act: () => void | Promise<void>): Case => {
    return async (alone) => {
      const calls = holdCalls();
      const call = ask('a', { alone });
      await waitFor(() => calls.asked.length === 1);
      await Promise.all([act(), call]);
    };
  };

  const CASES: [string, string, Case][] = [
    [
      'an error of the handler',
      'room_not_found',
      failing(() => Promise.reject(new ParleyError('room_not_found'))),
    ],
    [
      'its message and its pause',
      'at_capacity',
      failing(() =>
        Promise.reject(new ParleyError('at_capacity', 'Größe: 5 % 你好\n', { retryAfterMs: 12_000 })),
      ),
    ],
    [
      'an unknown error',
      'internal',
      failing(() => {
        throw new TypeError('secret detail');
      }),
    ],
    ['a response that is none', 'internal', failing(() => 5 as unknown as Answer)],
    [
      'a request that is none',
      'internal',
      (alone) => client.call('openPeer', 5 as unknown as object, { alone }),
    ],
    [
      'a request that is too large',
      'payload_too_large',
      (alone) => client.call('findPeer', { peerId: 'x'.repeat(MIB) }, { alone }),
    ],
    [
      'a response that is too large',
      'payload_too_large',
      (alone) => {
        server.openPeer = () => ({ sendTransport: { transportId: 'x'.repeat(MIB) } });
        return client.call('openPeer', {}, { alone });
      },
    ],
    [
      'an answer that comes too late',
      'timeout',
      (alone) => {
        server.findPeer = () => new Promise(() => undefined);
        return ask('a', { alone, timeoutMs: 50 });
      },
    ],
    [
      'a wrong secret',
      'unauthenticated',
      (alone) => server.connect({ secret: 'wrong' }).call('findPeer', {}, { alone }),
    ],
    [
      'nobody that listens',
      'unavailable',
      async (alone) => server.connect({ port: await freePort() }).call('findPeer', {}, { alone }),
    ],
    [
      'a host that never answers',
      'timeout',
      async (alone) => {
        const mute = await startMuteServer();
        const port = Number(mute.address.split(':')[1]);
        return server
          .connect({ port, timeoutMs: 100 })
          .call('findPeer', {}, { alone })
          .finally(() => mute.close());
      },
    ],
    ['a server that vanishes during the call', 'unavailable', during(() => server.close(0))],
    ['a client that closes during the call', 'closed', during(() => client.close())],
    [
      'a client that is closed',
      'closed',
      (alone) => {
        client.close();
        return ask('a', { alone });
      },
    ],
  ];

  test.each(CASES)('%s', async (_what, code, run) => {
    const failureOf = (alone: boolean) =>
      run(alone).then(
        () => 'no failure',
        (error: ParleyError) => [error.name, error.code, error.message, error.retryAfterMs],
      );
    const overExchange = await failureOf(false);
    await server.closeAll();
    server = await ExchangeServer.start();
    client = server.connect();
    expect(overExchange).toEqual(await failureOf(true));
    expect(overExchange[1]).toBe(code);
  });

  test('and leaves the other calls alone', async () => {
    const calls = holdCalls();
    const other = ask('other');
    await waitFor(() => calls.asked.length === 1);
    server.openPeer = () => ({ sendTransport: { transportId: 'x'.repeat(MIB) } });
    await expect(client.call('openPeer', {})).rejects.toMatchObject({ code: 'payload_too_large' });
    await expect(client.call('openPeer', { origin: 'x'.repeat(MIB) })).rejects.toMatchObject({
      code: 'payload_too_large',
    });
    await expect(ask('late', { timeoutMs: 50 })).rejects.toMatchObject({ code: 'timeout' });
    calls.answer('other');
    await expect(other).resolves.toEqual({ open: true });
    expect(await server.openExchanges()).toBe(1);
  });
});

describe('an exchange that breaks', () => {
  test('fails every call on it once, and the next call opens another one', async () => {
    const calls = holdCalls();
    const { port } = server;
    const broken = Promise.allSettled(Array.from({ length: 50 }, (_unused, index) => ask(String(index))));
    await waitFor(() => calls.asked.length === 50);
    await server.close(0);
    const codes = (await broken).map(
      (outcome) => outcome.status === 'rejected' && (outcome.reason as ParleyError).code,
    );
    expect(new Set(codes)).toEqual(new Set(['unavailable']));
    calls.answerAll();
    await server.listen(port);
    await waitFor(() => ask('again'));
    expect(new Set(calls.asked).size).toBe(51);
    expect(calls.asked.filter((peerId) => peerId !== 'again')).toHaveLength(50);
    expect(await server.openExchanges()).toBe(1);
  });

  test('is found again by a client that knew no server before', async () => {
    const port = await freePort();
    const early = server.connect({ port });
    await expect(early.call('findPeer', {})).rejects.toMatchObject({ code: 'unavailable' });
    await server.close(0);
    await server.listen(port);
    await waitFor(() => early.call('findPeer', {}));
  });
});

describe('a server that stops', () => {
  test('answers the calls in progress, refuses those that come, and then ends the exchange', async () => {
    const calls = holdCalls();
    const call = ask('a');
    await waitFor(() => calls.asked.length === 1);
    // Longer than a test may take: it must not come to its end by force.
    const closing = server.close(600_000);
    await expect(ask('late')).rejects.toMatchObject({ code: 'unavailable' });
    calls.answer('a');
    await expect(call).resolves.toEqual({ open: true });
    await closing;
    expect(calls.asked).toEqual(['a']);
  });

  test('is not held up by an exchange on which nothing is said', async () => {
    await ask('a');
    await server.close(600_000);
    await expect(ask('b')).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('a server without an exchange', () => {
  test('gets its calls one by one, each once', async () => {
    const { Exchange: _none, ...older } = MediaService.service;
    const old = await ExchangeServer.start({ service: older } as unknown as GrpcService);
    const seen: string[] = [];
    old.findPeer = ({ peerId }) => {
      seen.push(peerId);
      return { open: true };
    };
    const caller = old.connect();
    const ids = Array.from({ length: 20 }, (_unused, index) => String(index));
    await Promise.all(ids.slice(0, 10).map((peerId) => caller.call('findPeer', { peerId })));
    for (const peerId of ids.slice(10)) await caller.call('findPeer', { peerId });
    expect(seen.toSorted()).toEqual(ids.toSorted());
    old.findPeer = () => Promise.reject(new ParleyError('room_not_found'));
    await expect(caller.call('findPeer', {})).rejects.toMatchObject({ code: 'room_not_found' });
    await old.closeAll();
  });
});
