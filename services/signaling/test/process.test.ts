import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { GrpcClient } from '@parley/common/grpc';
import { createMetrics } from '@parley/common/service';
import { freePort, silentLogger, waitFor } from '@parley/common/testing';
import { RoomService } from '@parley/proto/room-rpc';
import { TestClient } from './support/test-client.ts';
import {
  JOIN_TOKEN_SECRET,
  MEDIA_GRPC_SECRET,
  SIGNALING_GRPC_SECRET,
  TestBackend,
} from './support/test-signaling.ts';
import { microphone } from './support/rtp.ts';

const MAIN = path.resolve(import.meta.dirname, '../src/main.ts');

describe('the signaling process', () => {
  let backend: TestBackend;
  const processes: ChildProcess[] = [];

  beforeAll(async () => {
    backend = await TestBackend.start();
  }, 180_000);
  afterAll(() => backend.stop());
  afterEach(async () => {
    for (const child of processes.splice(0)) {
      if (child.exitCode === null && child.signalCode === null) {
        const exited = once(child, 'exit');
        child.kill('SIGKILL');
        await exited;
      }
    }
  });

  const run = (env: Record<string, string>) => {
    const { NODE_OPTIONS: _own, ...inherited } = process.env;
    const child = spawn(process.execPath, [MAIN], {
      env: { ...inherited, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    processes.push(child);
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    return { child, output: () => output };
  };

  /** Ready, with one person in the given room or in a new one. */
  const start = async (room?: string) => {
    const [socketPort, grpcPort, adminPort] = [await freePort(), await freePort(), await freePort()];
    const service = run({
      MEDIA_GRPC_SECRET,
      SIGNALING_GRPC_SECRET,
      JOIN_TOKEN_SECRET,
      DATABASE_URL: backend.postgres.databaseUrl,
      MEDIA_ADDRESSES: backend.media.address,
      SIGNALING_PORT: String(socketPort),
      SIGNALING_GRPC_PORT: String(grpcPort),
      SIGNALING_ADMIN_PORT: String(adminPort),
    });
    await waitFor(async () => (await fetch(`http://127.0.0.1:${adminPort}/readyz`)).ok, {
      timeoutMs: 20_000,
      what: 'signaling is ready',
    });
    const rooms = GrpcClient.create(RoomService, `127.0.0.1:${grpcPort}`, {
      secret: SIGNALING_GRPC_SECRET,
      logger: silentLogger,
      metrics: createMetrics('test'),
    });
    const code = room ?? (await rooms.call('createRoom', { title: '' })).room?.code;
    const { token } = await rooms.call('authorizeJoin', { code, displayName: 'Ada' });
    rooms.close();
    const client = await (await TestClient.connect(`http://127.0.0.1:${socketPort}`, { token })).join();
    return { ...service, client, token };
  };

  test('says everything that is wrong with its configuration in one message, and ends', async () => {
    const { child, output } = run({
      MEDIA_GRPC_SECRET: 'short',
      JOIN_TOKEN_SECRET: '',
      DATABASE_URL: 'mysql://x',
      SIGNALING_PORT: '99999',
    });
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(1);
    for (const name of [
      'MEDIA_GRPC_SECRET',
      'SIGNALING_GRPC_SECRET',
      'JOIN_TOKEN_SECRET',
      'DATABASE_URL',
      'SIGNALING_PORT',
    ])
      expect(output()).toContain(name);
    expect(output()).not.toContain('short');
  });

  test('on SIGTERM notifies its clients, releases their media, ends their attendance and exits in order', async () => {
    const { child, client, output } = await start();
    await client.request('producer:create', microphone());
    expect(await backend.media.counts()).toMatchObject({ peers: 1, producers: 1 });
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await client.notified('session:ended')).toEqual({ reason: 'server-stopping' });
    expect(await exited).toEqual([0, null]);
    expect(client.malformed).toEqual([]);
    expect(await backend.media.counts()).toMatchObject({ rooms: 0, peers: 0, transports: 0 });
    expect(output()).not.toMatch(/"level":"(error|fatal)"/);
  });

  test('killed and started again, it closes the media that the call before left on the node', async () => {
    const first = await start();
    await first.client.request('producer:create', microphone());
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');
    expect(await backend.media.counts()).toMatchObject({ peers: 1 });
    const second = await start(first.client.snapshot.room.code);
    expect(second.client.snapshot.peers).toEqual([]);
    await waitFor(async () => (await backend.media.counts()).producers === 0);
    expect(await backend.media.counts()).toMatchObject({ rooms: 1, peers: 1, transports: 2 });
    await second.client.request('producer:create', microphone());
    first.client.close();
    second.client.close();
  });

  test('never logs a token, a secret or an address of the media', async () => {
    const { output, client, token, child } = await start();
    const { transportId } = client.transports.send;
    await client.request('transport:restart-ice', { transportId });
    await client.request('room:leave', {});
    child.kill('SIGTERM');
    await once(child, 'exit');
    for (const secret of [
      token,
      client.resumeSecret,
      MEDIA_GRPC_SECRET,
      SIGNALING_GRPC_SECRET,
      JOIN_TOKEN_SECRET,
      client.transports.send.iceParameters.password,
      client.snapshot.room.code,
    ]) {
      expect(output()).not.toContain(secret);
    }
    const lines = output()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const joined = lines.find(({ msg }) => msg === 'peer joined');
    expect(joined).toMatchObject({
      peerId: client.peerId,
      roomCode: expect.stringMatching(/^room-[0-9a-f]{16}$/),
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });
});
