import { ROUTER_RTP_CAPABILITIES } from '@parley/proto/router-rtp-capabilities';
import { GrpcClient, type GrpcTrust } from '@parley/common/grpc';
import { createLogger } from '@parley/common/logging';
import { createMetrics } from '@parley/common/service';
import { opusParameters } from '@parley/common/testing';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { ROOT } from '../scripts/lib/paths.mjs';
import { Launcher } from '../tests/harness/servers/launcher.ts';
import { MediaService, toRtpCapabilitiesMessage, toRtpParametersMessage } from '@parley/proto/media-rpc';
import { describeMachine } from './machine.ts';
import type { Report } from './report.ts';
import { RpcClient } from './rpc-client.ts';
import { percentile, round } from './summary.ts';

const WARM_UP = 1_000;
const ROUNDS = 5;
const CALLS_PER_ROUND = 2_000;
/** Calls in progress while calls a second are counted. */
const IN_FLIGHT = 16;
const COUNTED_PER_ROUND = 8_000;
const AIM = { p50Ms: 0.25, p99Ms: 1.5, timesUnary: 2.5 };

const PEER = { roomId: 'bench', peerId: 'bench-peer' };
const ECHO = 'bare loopback TCP';
const FIND_ALONE = 'media: FindPeer, alone';
const FIND_EXCHANGED = 'media: FindPeer, over the exchange';
const PAUSE_ALONE = 'media: SetProducerPaused, in a worker, alone';
const PAUSE_EXCHANGED = 'media: SetProducerPaused, in a worker, over the exchange';
const SECURED = 'bare gRPC over mutual TLS, empty handler';

type Call = () => Promise<unknown>;
type Figures = { p50Ms: number; p99Ms: number; maxMs: number; perSecond: number };
type Samples = { times: number[]; rates: number[] };
type MediaClient = GrpcClient<typeof MediaService>;

/** Measures round trips between this process, in place of signaling, and the running media service. */
export async function measureRpc(): Promise<Report> {
  const launcher = await Launcher.start({ env: { LOG_LEVEL: 'info' } });
  const trust = { certificates: launcher.certificates('signaling') };
  const media = GrpcClient.create(MediaService, `127.0.0.1:${launcher.ports.MEDIA_GRPC_PORT}`, {
    ...trust,
    logger: createLogger({ service: 'bench', level: 'info' }),
    metrics: createMetrics('bench'),
  });
  const plain = await startBaseline({ secret: 'none' });
  const secured = await startBaseline(trust, join(launcher.dataDir, 'tls', 'media'));
  const echo = await startEcho();
  try {
    const pause = await preparePause(media);
    const find = (alone: boolean) => media.call('findPeer', PEER, { alone });
    const calls: Record<string, Call> = {
      [ECHO]: () => echo.ask(),
      'bare gRPC, empty handler': () => plain.client.getStatus(),
      [SECURED]: () => secured.client.getStatus(),
      'media: GetStatus, alone': () => media.call('getStatus', {}, { alone: true }),
      [FIND_ALONE]: () => find(true),
      [FIND_EXCHANGED]: () => find(false),
      [PAUSE_ALONE]: () => pause(true),
      [PAUSE_EXCHANGED]: () => pause(false),
    };
    const figures = await measureAll(calls);
    return describe(figures);
  } finally {
    echo.close();
    plain.close();
    secured.close();
    media.close();
    await launcher.stop();
  }
}

/** Measures all calls in turns, so that other work of the machine affects all of them alike. */
async function measureAll(calls: Record<string, Call>): Promise<Record<string, Figures>> {
  const samples = new Map<string, Samples>(
    Object.keys(calls).map((name) => [name, { times: [], rates: [] }]),
  );
  for (const call of Object.values(calls)) await time(call, WARM_UP);
  for (let turn = 0; turn < ROUNDS; turn += 1) {
    for (const [name, call] of Object.entries(calls)) {
      samples.get(name)?.times.push(...(await time(call, CALLS_PER_ROUND)));
      // The echo answers bytes, not calls: it cannot have several in progress.
      if (call !== calls[ECHO]) samples.get(name)?.rates.push(await count(call, COUNTED_PER_ROUND));
    }
  }
  return Object.fromEntries([...samples].map(([name, { times, rates }]) => [name, figuresOf(times, rates)]));
}

async function time(call: Call, calls: number): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < calls; index += 1) {
    const from = performance.now();
    await call();
    times.push(performance.now() - from);
  }
  return times;
}

/** Calls a second with `IN_FLIGHT` in progress. */
async function count(call: Call, calls: number): Promise<number> {
  const from = performance.now();
  let begun = 0;
  const caller = async (): Promise<void> => {
    while (begun < calls) {
      begun += 1;
      await call();
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, caller));
  return (calls * 1_000) / (performance.now() - from);
}

function figuresOf(times: readonly number[], rates: readonly number[]): Figures {
  return {
    p50Ms: round(percentile(times, 0.5), 3),
    p99Ms: round(percentile(times, 0.99), 3),
    maxMs: round(percentile(times, 1), 3),
    perSecond: rates.length === 0 ? 0 : round(percentile(rates, 0.5)),
  };
}

/** Makes a producer on the node. The returned call pauses and resumes it in turn, which goes to the worker and back. */
async function preparePause(client: MediaClient): Promise<(alone: boolean) => Promise<unknown>> {
  client.stream('watch', { roomId: PEER.roomId });
  await client.call('openPeer', {
    ...PEER,
    rtpCapabilities: toRtpCapabilitiesMessage(ROUTER_RTP_CAPABILITIES),
  });
  const { producerId } = await client.call('produce', {
    ...PEER,
    source: 'SOURCE_MICROPHONE',
    kind: 'MEDIA_KIND_AUDIO',
    rtpParameters: toRtpParametersMessage(opusParameters()),
    paused: false,
  });
  let paused = false;
  return (alone) => {
    paused = !paused;
    return client.call('setProducerPaused', { ...PEER, producerId, paused }, { alone });
  };
}

async function startBaseline(
  trust: GrpcTrust,
  ...folder: readonly string[]
): Promise<{ client: RpcClient; close: () => void }> {
  const child = spawn(process.execPath, [join(ROOT, 'bench', 'rpc-baseline.ts'), ...folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const client = new RpcClient(`127.0.0.1:${Number(line.toString())}`, trust);
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
  const rows = Object.entries(figures).map(([name, { p50Ms, p99Ms, maxMs, perSecond }]) => [
    name,
    p50Ms,
    p99Ms,
    maxMs,
    perSecond === 0 ? '' : perSecond,
  ]);
  const ratios = [
    ratio(figures, FIND_EXCHANGED, FIND_ALONE),
    ratio(figures, FIND_EXCHANGED, SECURED),
    ratio(figures, PAUSE_EXCHANGED, PAUSE_ALONE),
  ];
  return {
    name: 'rpc',
    machine: describeMachine(),
    figures: { calls: figures, ratios, aim: AIM, callsPerKind: ROUNDS * CALLS_PER_ROUND },
    tables: [
      {
        title: 'gRPC round trip to the media service',
        columns: ['call', 'p50, ms', 'p99, ms', 'max, ms', 'calls a second'],
        rows,
        notes: [
          `Times of one call at a time, ${ROUNDS * CALLS_PER_ROUND} of each, in turns of ${CALLS_PER_ROUND}. Calls a second with ${IN_FLIGHT} in progress: the median of ${ROUNDS} turns. \`FindPeer\` needs no worker. Calls to media are made by the client that signaling has.`,
        ],
      },
      {
        title: 'Over the exchange, beside a call that goes alone',
        columns: ['call', 'beside', 'p50, times', 'calls a second, times'],
        rows: ratios.map(({ call, beside, p50, perSecond }) => [call, beside, p50, perSecond]),
        notes: [
          `Aim: p50 ${AIM.p50Ms} ms, p99 ${AIM.p99Ms} ms, ${AIM.timesUnary} times the calls a second of the same call alone.`,
        ],
      },
    ],
  };
}

type Ratio = { call: string; beside: string; p50: number; perSecond: number };

function ratio(figures: Record<string, Figures>, call: string, beside: string): Ratio {
  const [mine, other] = [figures[call], figures[beside]];
  if (mine === undefined || other === undefined) throw new Error(`not measured: ${call} or ${beside}`);
  return {
    call,
    beside,
    p50: round(mine.p50Ms / other.p50Ms, 2),
    perSecond: round(mine.perSecond / other.perSecond, 2),
  };
}
