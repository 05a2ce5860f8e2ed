// Writes log files as a busy system would: node bench/logs/generate.ts <folder> <lines>
import { once } from 'node:events';
import { createWriteStream, mkdirSync, utimesSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';

const FILE_BYTES = 32 * 1024 * 1024;
const INSTANCES = [
  ['browser', 1],
  ['gateway', 1],
  ['signaling', 2],
  ['media', 2],
] as const;
const MESSAGES = [
  'peer joined',
  'transport connected',
  'producer created',
  'consumer created',
  'layers changed',
  'peer left',
];

type Output = {
  service: string;
  instance: string;
  stream: WriteStream;
  path: string;
  bytes: number;
  count: number;
};

/** Lines of joins that go through all services, evenly spread until now. The trace of join n is n in hexadecimal. */
export async function generateLogs(directory: string, lines: number, stepMs = 2): Promise<void> {
  const start = Date.now() - lines * stepMs;
  const outputs = INSTANCES.flatMap(([service, count]) =>
    Array.from({ length: count }, (_, n) => begin(directory, service, `host${n}-1`, start, 1)),
  );
  for (let n = 0; n < lines; n += 1) {
    const at = Math.floor(pseudoRandom(n) * outputs.length);
    const time = start + n * stepMs;
    let output = outputs[at];
    if (output === undefined) continue;
    if (output.bytes > FILE_BYTES) {
      await finish(output, time);
      output = begin(directory, output.service, output.instance, time, output.count + 1);
      outputs[at] = output;
    }
    const text = `${lineOf(n, time, output.service)}\n`;
    output.bytes += text.length;
    if (!output.stream.write(text)) await once(output.stream, 'drain');
  }
  for (const output of outputs) await finish(output, Date.now());
}

function begin(directory: string, service: string, instance: string, time: number, count: number): Output {
  mkdirSync(join(directory, service), { recursive: true });
  const stamp = new Date(time).toISOString().replace(/[-:.]/g, '');
  const path = join(directory, service, `${instance}.${stamp}.${count}.ndjson`);
  return {
    service,
    instance,
    path,
    bytes: 0,
    count,
    stream: createWriteStream(path, { highWaterMark: 1024 * 1024 }),
  };
}

async function finish({ stream, path }: Output, time: number): Promise<void> {
  await new Promise<void>((resolve) => stream.end(resolve));
  utimesSync(path, time / 1000, time / 1000);
}

function lineOf(n: number, time: number, service: string): string {
  const join = Math.floor(n / 40);
  return JSON.stringify({
    level: n % 1000 === 0 ? 'error' : n % 50 === 0 ? 'warn' : 'info',
    time: new Date(time).toISOString(),
    service,
    pid: 1,
    traceId: join.toString(16).padStart(32, '0'),
    room: `room-${Math.floor(join / 6)}`,
    peer: `peer-${join}`,
    n,
    bitrate: Math.floor(pseudoRandom(n + 1) * 2_000_000),
    msg: MESSAGES[n % MESSAGES.length],
  });
}

/** The number for an n is always the same, so that two runs measure the same. */
function pseudoRandom(n: number): number {
  const x = Math.sin(n + 1) * 43_758.545_3;
  return x - Math.floor(x);
}

if (process.argv[1] === import.meta.filename) {
  const [directory, lines] = process.argv.slice(2);
  if (directory === undefined || !(Number(lines) > 0)) throw new Error('usage: generate.ts <folder> <lines>');
  await generateLogs(directory, Number(lines));
}
