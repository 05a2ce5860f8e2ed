import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, expect, test } from '@jest/globals';
import { freePorts, waitFor } from '@parley/common/testing';
import { ROUTER_RTP_CAPABILITIES } from '@parley/proto/router-rtp-capabilities';
import { UNOFFERED_HEADER_EXTENSIONS } from '@parley/proto/rtp';
import type { MediaWorker } from '../../src/worker/media-worker.ts';
import type { WorkerPool, WorkerPoolOptions } from '../../src/worker/worker-pool.ts';
import { createTestPool } from '../support/test-node.ts';

let pool: WorkerPool | undefined;

afterEach(async () => {
  pool?.close();
  await pool?.whenEnded();
  pool = undefined;
});

async function create(options: Partial<WorkerPoolOptions> = {}): Promise<WorkerPool> {
  pool = await createTestPool(options);
  return pool;
}

function only(of: WorkerPool): MediaWorker {
  const [worker] = of.workers;
  if (!worker) throw new Error('no worker');
  return worker;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('every worker is a process of its own with one port of its own', async () => {
  const base = await freePorts(2);
  const { workers } = await create({ count: 2, rtcPortBase: base });
  expect(workers.map((worker) => worker.rtcPort)).toEqual([base, base + 1]);
  expect(new Set(workers.map((worker) => worker.pid)).size).toBe(2);
  expect(await workers[0]?.dumpWebRtcServer()).toMatchObject({
    udpSockets: [{ port: base }],
    tcpServers: [{ port: base }],
  });
});

test('a router has the capabilities that clients load their device with', async () => {
  const router = await only(await create()).createRouter();
  const { codecs, headerExtensions } = router.rtpCapabilities;
  const offered = headerExtensions.filter(({ uri }) => !UNOFFERED_HEADER_EXTENSIONS.includes(uri));
  expect(offered.length).toBeLessThan(headerExtensions.length);
  expect({ codecs, headerExtensions: offered }).toEqual(ROUTER_RTP_CAPABILITIES);
});

test('a port that is taken fails the start, and no process is left', async () => {
  const base = await freePorts(2);
  const socket = createSocket('udp4').bind(base + 1, '127.0.0.1');
  await once(socket, 'listening');
  await expect(create({ count: 2, rtcPortBase: base })).rejects.toThrow(
    `cannot listen on 127.0.0.1 port ${base + 1}`,
  );
  socket.close();
});

test('a worker that is killed is replaced at once, on the same port', async () => {
  const of = await create();
  const killed = only(of);
  const died = once(of, 'worker-died');
  process.kill(killed.pid, 'SIGKILL');
  expect((await died)[1]).toBe('exited');
  expect(killed.closed).toBe(true);
  expect(await of.whenHealthy(2000)).toBe(true);
  expect(only(of).rtcPort).toBe(killed.rtcPort);
  expect(only(of).pid).not.toBe(killed.pid);
});

test('a worker that dies again and again is replaced with growing delays', async () => {
  const of = await create();
  const gapsMs: number[] = [];
  for (let death = 0; death < 3; death++) {
    const started = once(of, 'worker-started');
    process.kill(only(of).pid, 'SIGKILL');
    const atMs = performance.now();
    await started;
    gapsMs.push(performance.now() - atMs);
  }
  // The backoff is 250 ms, then 500 ms, and its jitter takes at most half; a timer may fire 1 ms early.
  expect(gapsMs[1]).toBeGreaterThanOrEqual(124);
  expect(gapsMs[2]).toBeGreaterThanOrEqual(249);
});

test('a frozen worker is noticed, reported unhealthy, killed and replaced', async () => {
  const of = await create();
  const frozen = only(of);
  const died = once(of, 'worker-died');
  process.kill(frozen.pid, 'SIGSTOP');
  await waitFor(() => !frozen.healthy);
  expect(frozen.closed).toBe(false);
  expect((await died)[1]).toBe('frozen');
  expect(isRunning(frozen.pid)).toBe(false);
  expect(await of.whenHealthy(2000)).toBe(true);
});

test('a worker that stalls for a moment is healthy again afterwards', async () => {
  const of = await create({ health: { tickMs: 50, unhealthyAfterTicks: 2, frozenAfterTicks: 1000 } });
  const worker = only(of);
  process.kill(worker.pid, 'SIGSTOP');
  await waitFor(() => !worker.healthy);
  process.kill(worker.pid, 'SIGCONT');
  await waitFor(() => worker.healthy);
  expect(of.workers).toEqual([worker]);
});

test('the CPU of a worker is measured', async () => {
  const worker = only(
    await create({ health: { tickMs: 20, unhealthyAfterTicks: 100, frozenAfterTicks: 1000 } }),
  );
  const busy = Array.from({ length: 200 }, () => worker.createRouter());
  await Promise.all(busy);
  await waitFor(() => worker.cpu > 0);
  expect(worker.cpu).toBeLessThanOrEqual(1);
});

test('closing the pool ends every process, a frozen one too, and starts no other', async () => {
  const of = await create({
    count: 2,
    health: { tickMs: 1000, unhealthyAfterTicks: 100, frozenAfterTicks: 1000 },
  });
  const pids = of.workers.map((worker) => worker.pid);
  process.kill(pids[0] as number, 'SIGSTOP');
  of.close();
  of.close();
  await of.whenEnded();
  expect(pids.map(isRunning)).toEqual([false, false]);
  expect(of.workers).toEqual([]);
  expect(await of.whenHealthy(10_000)).toBe(false);
});

test('a closed worker refuses to make routers', async () => {
  const of = await create();
  const worker = only(of);
  of.close();
  await expect(worker.createRouter()).rejects.toMatchObject({ code: 'closed' });
});

test('mediasoup does not end the workers by itself when this process gets SIGTERM or SIGINT', async () => {
  const before = process.listenerCount('SIGTERM');
  await create();
  expect(process.listenerCount('SIGTERM')).toBe(before);
});
