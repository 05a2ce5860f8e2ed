import { ROUTER_RTP_CAPABILITIES } from '@parley/proto';
import { opusParameters } from '@parley/common/testing';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { ROOT } from '../scripts/lib/paths.mjs';
import { Launcher } from '../tests/harness/servers/launcher.ts';
import { toRtpCapabilitiesMessage, toRtpParametersMessage } from '@parley/proto/grpc';
import { describeMachine } from './machine.ts';
import type { Report } from './report.ts';
import { RpcClient } from './rpc-client.ts';
import { percentile, round } from './summary.ts';

const WARM_UP = 1_000;
const ROUNDS = 5;
const CALLS_PER_ROUND = 2_000;
const AIM = { p50Ms: 0.5, p99Ms: 3 };

type Call = () => Promise<unknown>;
type Figures = { p50Ms: number; p99Ms: number; maxMs: number };

/** Measures round trips between this process, in place of signaling, and the running media service. */
export async function measureRpc(): Promise<Report> {
  const launcher = await Launcher.start({ env: { LOG_LEVEL: 'info' } });
  const media = new RpcClient(`127.0.0.1:${launcher.ports.MEDIA_GRPC_PORT}`, {
    certificates: launcher.certificates('signaling'),
  });
  const baseline = await startBaseline();
  const echo = await startEcho();
  try {
    const pause = await preparePause(media);
    const calls: Record<string, Call> = {
      'bare loopback TCP': () => echo.ask(),
      'bare gRPC, empty handler': () => baseline.client.getStatus(),
      'media: GetStatus': () => media.getStatus(),
      'media: SetProducerPaused, in a worker': () => pause(),
    };
    const figures = await measureAll(calls);
    return describe(figures);
  } finally {
    echo.close();
    baseline.close();
    media.close();
    await launcher.stop();
  }
}

/** Measures all calls in turns, so that other work of the machine affects all of them alike. */
async function measureAll(calls: Record<string, Call>): Promise<Record<string, Figures>> {
  const times = new Map(Object.keys(calls).map((name) => [name, [] as number[]]));
  for (const call of Object.values(calls)) await time(call, WARM_UP);
  for (let turn = 0; turn < ROUNDS; turn += 1) {
    for (const [name, call] of Object.entries(calls))
      times.get(name)?.push(...(await time(call, CALLS_PER_ROUND)));
  }
  return Object.fromEntries([...times].map(([name, values]) => [name, summarizeTimes(values)]));
}

async function time(call: Call, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const from = performance.now();
    await call();
    times.push(performance.now() - from);
  }
  return times;
}

function summarizeTimes(times: readonly number[]): Figures {
  return {
    p50Ms: round(percentile(times, 0.5), 3),
    p99Ms: round(percentile(times, 0.99), 3),
    maxMs: round(percentile(times, 1), 3),
  };
}

/** Makes a producer on the node. The returned call pauses and resumes it in turn, which goes to the worker and back. */
async function preparePause(client: RpcClient): Promise<Call> {
  const peer = { roomId: 'bench', peerId: 'bench-peer' };
  client.watch(peer.roomId);
  await client.openPeer({ ...peer, rtpCapabilities: toRtpCapabilitiesMessage(ROUTER_RTP_CAPABILITIES) });
  const { producerId } = await client.produce({
    ...peer,
    source: 'SOURCE_MICROPHONE',
    kind: 'MEDIA_KIND_AUDIO',
    rtpParameters: toRtpParametersMessage(opusParameters()),
    paused: false,
  });
  let paused = false;
  return () => {
    paused = !paused;
    return client.setProducerPaused({ ...peer, producerId, paused });
  };
}

async function startBaseline(): Promise<{ client: RpcClient; close: () => void }> {
  const child = spawn(process.execPath, [join(ROOT, 'bench', 'rpc-baseline.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const client = new RpcClient(`127.0.0.1:${Number(line.toString())}`, { secret: 'none' });
  const close = (): void => {
    client.close();
    child.stdin.end();
  };
  return { client, close };
}

/** The lower limit of a round trip: one byte there and back over loopback, within this process. */
async function startEcho(): Promise<{ ask: Call; close: () => void }> {
  const server = createServer((socket) => socket.setNoDelay(true).pipe(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket: Socket = createConnection((server.address() as AddressInfo).port, '127.0.0.1').setNoDelay(
    true,
  );
  await once(socket, 'connect');
  const ask = async (): Promise<void> => {
    socket.write('x');
    await once(socket, 'data');
  };
  const close = (): void => {
    socket.destroy();
    server.close();
  };
  return { ask, close };
}

function describe(figures: Record<string, Figures>): Report {
  const rows = Object.entries(figures).map(([name, { p50Ms, p99Ms, maxMs }]) => [name, p50Ms, p99Ms, maxMs]);
  return {
    name: 'rpc',
    machine: describeMachine(),
    figures: { calls: figures, aim: AIM, callsPerKind: ROUNDS * CALLS_PER_ROUND },
    tables: [
      {
        title: 'gRPC round trip to the media service',
        columns: ['call', 'p50, ms', 'p99, ms', 'max, ms'],
        rows,
        notes: [
          `One call at a time, ${ROUNDS * CALLS_PER_ROUND} of each, in turns of ${CALLS_PER_ROUND}. Aim: p50 ${AIM.p50Ms} ms, p99 ${AIM.p99Ms} ms.`,
        ],
      },
    ],
  };
}
