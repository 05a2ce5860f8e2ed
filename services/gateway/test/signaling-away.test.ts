import net from 'node:net';
import { Server } from '@grpc/grpc-js';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { StaticRegistry, type ServiceInstance } from '@parley/common/discovery';
import { Readiness } from '@parley/common/service';
import { freePort, silentLogger, startMuteServer, waitFor } from '@parley/common/testing';
import { TRACE_HEADER } from '@parley/proto/rest';
import { RoomOwner, startGateway, type Gateway } from './gateway-harness.ts';

/** Addresses that the test changes. */
class ChangingRegistry extends StaticRegistry {
  #listeners = new Set<() => void>();
  #addresses: readonly string[];

  constructor(addresses: readonly string[]) {
    super({});
    this.#addresses = addresses;
  }

  change(addresses: readonly string[]): void {
    this.#addresses = addresses;
    for (const listener of this.#listeners) listener();
  }

  override list(): readonly ServiceInstance[] {
    return this.#addresses.map((address) => ({ id: address, address }));
  }

  override onChange(_service: string, listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

describe('when signaling', () => {
  const closers: (() => Promise<void>)[] = [];

  afterEach(async () => {
    for (const close of closers.splice(0).toReversed()) await close();
  });

  async function owner(port = 0): Promise<RoomOwner> {
    const made = await RoomOwner.create(port);
    closers.push(() => made.close());
    return made;
  }

  /** Signaling as it was before it served grpc.health.v1, which is the first service that a server adds. */
  async function ownerWithoutHealth(): Promise<RoomOwner> {
    const spy = jest.spyOn(Server.prototype, 'addService').mockImplementationOnce(() => undefined);
    try {
      return await owner();
    } finally {
      spy.mockRestore();
    }
  }

  async function gateway(
    signaling: string[],
    options: { secret?: string; attemptTimeoutMs?: number } = {},
  ): Promise<Gateway> {
    const made = await startGateway({ signaling, ...options });
    closers.push(() => made.close());
    return made;
  }

  const make = async (edge: Gateway) => {
    const response = await edge.post('/api/rooms', {});
    return [response.status, ((await response.json()) as { error?: { code: string } }).error?.code];
  };

  test('has several instances, they take turns', async () => {
    const owners = [await owner(), await owner()];
    const edge = await gateway(owners.map((one) => one.address));
    for (let index = 0; index < 6; index++) expect(await make(edge)).toEqual([201, undefined]);
    expect(owners.map((one) => one.rooms.size)).toEqual([3, 3]);
  });

  test('has lost an instance, the next one answers and no request fails', async () => {
    const alive = await owner();
    const dead = await owner();
    const edge = await gateway([dead.address, alive.address]);
    await make(edge);
    await dead.close();
    for (let index = 0; index < 4; index++) expect(await make(edge)).toEqual([201, undefined]);
    await expect(edge.rooms.check()).resolves.toBeUndefined();
  });

  test('has an instance that accepts and never answers, the next one answers', async () => {
    const mute = await startMuteServer();
    closers.push(async () => mute.close());
    const alive = await owner();
    const edge = await gateway([mute.address, alive.address], {
      attemptTimeoutMs: 1_000,
    });
    expect(await make(edge)).toEqual([201, undefined]);
    expect(await make(edge)).toEqual([201, undefined]);
  });

  test('has a frozen instance, the check does not wait for it', async () => {
    const frozen = await startMuteServer();
    closers.push(async () => frozen.close());
    const edge = await gateway([frozen.address, (await owner()).address], { attemptTimeoutMs: 120_000 });
    for (let turn = 0; turn < 3; turn++) await expect(edge.rooms.check()).resolves.toBeUndefined();
  });

  test('is away, the answer is unavailable until it is back', async () => {
    const port = await freePort();
    const edge = await gateway([`127.0.0.1:${port}`]);
    expect(await make(edge)).toEqual([503, 'unavailable']);
    await expect(edge.rooms.check()).rejects.toMatchObject({ code: 'unavailable' });
    await owner(port);
    await waitFor(async () => (await make(edge))[0] === 201);
    await expect(edge.rooms.check()).resolves.toBeUndefined();
  });

  test('reports that it is not ready, the gateway stays ready, because signaling still answers', async () => {
    const unready = await owner();
    unready.readiness.markStopping();
    const edge = await gateway([unready.address]);
    await expect(edge.rooms.check()).resolves.toBeUndefined();
  });

  test('waits for a database that hangs, the gateway stays ready, because signaling still answers', async () => {
    const hung = await RoomOwner.create(0, { database: () => new Promise<void>(() => undefined) });
    closers.push(() => hung.close());
    const edge = await gateway([hung.address]);
    const readiness = new Readiness({
      checks: { signaling: () => edge.rooms.check() },
      logger: silentLogger,
    });
    await expect(readiness.isReady()).resolves.toBe(true);
    await expect(readiness.isReady()).resolves.toBe(true);
  });

  test('has no health service yet, the gateway is ready if its secret is accepted', async () => {
    const old = await ownerWithoutHealth();
    const edge = await gateway([old.address]);
    await expect(edge.rooms.check()).resolves.toBeUndefined();
    expect(old.calls.map(({ method }) => method)).toEqual(['getRoom']);
    const stranger = await gateway([old.address], { secret: 'another-secret-of-a-decent-length' });
    await expect(stranger.rooms.check()).rejects.toMatchObject({ code: 'internal' });
  });

  test('does not accept the secret of the gateway, the client gets an internal error and the gateway is not ready', async () => {
    const edge = await gateway([(await owner()).address], { secret: 'another-secret-of-a-decent-length' });
    expect(await make(edge)).toEqual([500, 'internal']);
    await expect(edge.rooms.check()).rejects.toMatchObject({ code: 'internal' });
  });

  test('answers while the gateway stops, the request in progress is served and no later one', async () => {
    const slow = await owner();
    const asked = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<void>();
    slow.override.createRoom = async () => {
      asked.resolve();
      await answer.promise;
      return { room: { code: 'abcd-efgh-jkm', title: '', createdAtMs: 1, peerCount: 0, peerLimit: 2 } };
    };
    const edge = await gateway([slow.address]);
    const request = edge.post('/api/rooms', {});
    await asked.promise;
    const closing = edge.closeServer();
    await waitFor(() =>
      edge.get('/api/healthz').then(
        () => false,
        () => true,
      ),
    );
    answer.resolve();
    const response = await request;
    expect(response.status).toBe(201);
    expect(response.headers.get(TRACE_HEADER)).toMatch(/^[0-9a-f]{32}$/);
    await response.text();
    await closing;
  });

  test('has an instance that leaves the registry, it still answers its request, and the next ones go to another instance', async () => {
    const leaving = await owner();
    const staying = await owner();
    const asked = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<void>();
    leaving.override.createRoom = async () => {
      asked.resolve();
      await answer.promise;
      return { room: { code: 'abcd-efgh-jkm', title: '', createdAtMs: 1, peerCount: 0, peerLimit: 2 } };
    };
    const registry = new ChangingRegistry([leaving.address]);
    const edge = await startGateway({ signaling: [], registry });
    closers.push(() => edge.close());
    const request = make(edge);
    await asked.promise;
    registry.change([staying.address]);
    expect(await make(edge)).toEqual([201, undefined]);
    expect(staying.rooms.size).toBe(1);
    answer.resolve();
    expect(await request).toEqual([201, undefined]);
    expect(staying.rooms.size).toBe(1);
  });

  test('is asked after its clients were closed, the call is refused', async () => {
    const edge = await gateway([(await owner()).address]);
    edge.signaling.close();
    edge.signaling.close();
    expect(edge.signaling.closed).toBe(true);
    await expect(edge.rooms.check()).rejects.toMatchObject({ code: 'closed' });
  });
});

describe('a request that is not valid HTTP', () => {
  test.each([
    ['garbage', 'garbage\r\n\r\n', 400, 'invalid_request'],
    [
      'a header that is far too long',
      `GET / HTTP/1.1\r\nhost: a\r\nx: ${'x'.repeat(40_000)}\r\n\r\n`,
      413,
      'payload_too_large',
    ],
  ])('because of %s is refused with the one error form', async (_what, bytes, status, code) => {
    const edge = await startGateway({ signaling: ['127.0.0.1:1'] });
    const socket = net.connect(edge.port, '127.0.0.1');
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    socket.on('error', () => undefined);
    socket.write(bytes);
    await waitFor(() => text.includes('}}'));
    expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(JSON.parse(text.slice(text.indexOf('{')))).toMatchObject({ error: { code } });
    socket.destroy();
    await edge.close();
  });
});
