import { spawn, type ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import path from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { GrpcClient } from '@parley/common/grpc';
import { encodeStun } from '@parley/common/ice';
import { createMetrics } from '@parley/common/service';
import { freePorts, silentLogger, waitFor } from '@parley/common/testing';
import { MediaService } from '@parley/proto/media-rpc';
import { TestPeer, TestWatch } from './support/test-node.ts';
import { workerBinForTest } from './support/worker-bin.ts';

const MAIN = path.resolve(import.meta.dirname, '../src/main.ts');
const SECRET = 'a secret of this test that is long enough';

let child: ChildProcess | undefined;
const clients: GrpcClient<typeof MediaService>[] = [];

afterEach(() => {
  for (const client of clients.splice(0)) client.close();
  child?.kill('SIGKILL');
});

async function exitCode(): Promise<number | null> {
  if (!child) throw new Error('not started');
  if (child.exitCode === null) await once(child, 'exit');
  return child.exitCode;
}

type Running = { output: () => string; admin: (path: string) => Promise<Response>; grpcPort: () => number };

async function start(env: Record<string, string> = {}): Promise<Running> {
  const rtcPort = await freePorts(2);
  let output = '';
  child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env['PATH'] ?? '',
      MEDIASOUP_WORKER_BIN: workerBinForTest(),
      MEDIA_GRPC_SECRET: SECRET,
      MEDIA_WORKERS: '2',
      MEDIA_GRPC_PORT: '0',
      MEDIA_ADMIN_PORT: '0',
      MEDIA_RTC_PORT_BASE: String(rtcPort),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (output += String(data)));
  /** The log says which ports the system chose. */
  const portOf = (name: string) => {
    const port = new RegExp(`"${name}":(\\d+)`).exec(output)?.[1];
    if (port === undefined) throw new Error(`not listening yet: ${output}`);
    return Number(port);
  };
  return {
    output: () => output,
    grpcPort: () => portOf('grpcPort'),
    admin: (where) => Promise.resolve().then(() => fetch(`http://127.0.0.1:${portOf('adminPort')}${where}`)),
  };
}

function clientOf({ grpcPort }: Running, secret = SECRET): GrpcClient<typeof MediaService> {
  const options = { secret, logger: silentLogger, metrics: createMetrics('test') };
  const client = GrpcClient.create(MediaService, `127.0.0.1:${grpcPort()}`, options);
  clients.push(client);
  return client;
}

test('the service becomes ready, serves calls and metrics, and stops its workers on SIGTERM', async () => {
  const running = await start();
  await waitFor(async () => (await running.admin('/readyz')).ok);
  const client = clientOf(running);
  const watch = new TestWatch(client.stream('watch', { roomId: 'room' }));
  await watch.first('state');
  await new TestPeer(client, 'room', 'alice').open();
  const { workers } = await client.call('getStatus', {});
  const metrics = await (await running.admin('/metrics')).text();
  expect(metrics).toMatch(/parley_media_peers\{.*\} 1/);

  child?.kill('SIGTERM');
  const code = await exitCode();

  expect(code).toBe(0);
  expect(watch.all('peerClosed')).toEqual([{ peerId: 'alice', reason: 'PEER_CLOSE_REASON_ROOM_CLOSED' }]);
  for (const { pid } of workers) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});

test('the service is not ready while no worker answers', async () => {
  const running = await start({ MEDIA_WORKERS: '1' });
  await waitFor(async () => (await running.admin('/readyz')).ok);
  const client = clientOf(running);
  const [worker] = (await client.call('getStatus', {})).workers;
  process.kill(worker?.pid ?? 0, 'SIGSTOP');
  await waitFor(async () => (await running.admin('/readyz')).status === 503);
  expect((await running.admin('/healthz')).ok).toBe(true);
  await waitFor(async () => (await running.admin('/readyz')).ok);
});

test('a node with a region says where that is, and where browsers can measure how far', async () => {
  const running = await start({ REGION: 'eu-west', MEDIA_PROBE_PORT: '0' });
  await waitFor(async () => (await running.admin('/readyz')).ok);
  const { region, probes } = await clientOf(running).call('getStatus', {});
  expect([region, probes]).toEqual(['eu-west', [{ host: '127.0.0.1', port: expect.any(Number) }]]);
  const socket = createSocket('udp4');
  socket.send(encodeStun(0x0001, Buffer.alloc(12, 7), []), probes[0]?.port ?? 0, '127.0.0.1');
  const [answer] = (await once(socket, 'message')) as [Buffer];
  socket.close();
  expect(answer.readUInt16BE(0)).toBe(0x0101);
});

test('a node without a region has no probes', async () => {
  const running = await start();
  await waitFor(async () => (await running.admin('/readyz')).ok);
  expect(await clientOf(running).call('getStatus', {})).toMatchObject({ region: '', probes: [] });
});

test('a caller without the secret is refused', async () => {
  const running = await start();
  await waitFor(async () => (await running.admin('/readyz')).ok);
  const client = clientOf(running, 'another secret that is as long as the real one');
  await expect(client.call('getStatus', {})).rejects.toMatchObject({ code: 'unauthenticated' });
});

test('a broken configuration is one message and exit code 1', async () => {
  const running = await start({ MEDIA_GRPC_SECRET: 'short', MEDIA_WORKERS: '0' });
  const code = await exitCode();
  expect(code).toBe(1);
  expect(running.output()).toContain('MEDIA_GRPC_SECRET: must have at least 32 characters');
  expect(running.output()).toContain('MEDIA_WORKERS: must be a whole number');
});

test('a media port that is taken is one message and exit code 1', async () => {
  const first = await start({ MEDIA_WORKERS: '1' });
  await waitFor(async () => (await first.admin('/readyz')).ok);
  const firstChild = child;
  const [worker] = (await clientOf(first).call('getStatus', {})).workers;
  const second = await start({ MEDIA_WORKERS: '1', MEDIA_RTC_PORT_BASE: String(worker?.rtcPort) });
  const code = await exitCode();
  expect(code).toBe(1);
  expect(second.output()).toContain(`cannot listen on 127.0.0.1 port ${worker?.rtcPort}`);
  firstChild?.kill('SIGKILL');
});
