// How long the log viewer takes, and how much memory: node bench/logs/measure.ts <folder made by generate.ts> <lines>
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const PASSWORD = 'only for this measurement';

type Searched = { lines: number; searchedMb: number };

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function search(origin: string, cookie: string, query: Record<string, string>): Promise<Searched> {
  const path = `/api/lines?${new URLSearchParams(query).toString()}`;
  const response = await fetch(`${origin}${path}`, { headers: { cookie } });
  const events = (await response.text()).trimEnd().split('\n');
  let lines = 0;
  let searchedMb = 0;
  for (const text of events) {
    const event = JSON.parse(text) as { lines?: unknown[]; end?: { progress: { searchedBytes: number } } };
    lines += event.lines?.length ?? 0;
    searchedMb = (event.end?.progress.searchedBytes ?? 0) / 1e6;
  }
  return { lines, searchedMb };
}

async function download(origin: string, cookie: string, query: string): Promise<Searched> {
  const response = await fetch(`${origin}/api/download?${query}`, { headers: { cookie } });
  let lines = 0;
  for await (const chunk of response.body ?? [])
    for (const byte of chunk as Uint8Array) if (byte === 10) lines += 1;
  return { lines, searchedMb: 0 };
}

/** User and system time of the service's process in seconds, and its resident memory, now and at most, in MB. */
function usage(pid: number): { cpu: number; rss: number; peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const megabytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return {
    cpu: (Number(fields[11]) + Number(fields[12])) / 100,
    rss: megabytes('VmRSS'),
    peak: megabytes('VmHWM'),
  };
}

async function measure(directory: string, lines: number): Promise<void> {
  const [port, adminPort] = [await freePort(), await freePort()];
  const main = join(import.meta.dirname, '..', '..', 'services', 'logs', 'src', 'main.ts');
  const flags = [
    '--disable-warning=ExperimentalWarning',
    '--max-semi-space-size=2',
    '--max-old-space-size=128',
  ];
  const env = {
    LOG_DIR: directory,
    LOG_LEVEL: 'silent',
    LOGS_PORT: String(port),
    LOGS_ADMIN_PORT: String(adminPort),
    LOGS_PASSWORD: PASSWORD,
    LOGS_SESSION_SECRET: 's'.repeat(32),
  };
  const service = spawn(process.execPath, [...flags, main], { env, stdio: 'inherit' });
  const origin = `http://127.0.0.1:${port}`;
  const isUp = () =>
    fetch(`${origin}/login`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isUp())) await delay(50);
  const body = new URLSearchParams({ password: PASSWORD });
  const login = await fetch(`${origin}/login`, { method: 'POST', body, redirect: 'manual' });
  const cookie = login.headers.get('set-cookie')?.split(';')[0] ?? '';
  const trace = Math.floor(lines / 80)
    .toString(16)
    .padStart(32, '0');
  const rare = `n":${Math.floor(lines / 2) + 1}`;
  const steps: [string, () => Promise<Searched>][] = [
    ['newest page', () => search(origin, cookie, {})],
    ['a trace, first time', () => search(origin, cookie, { trace, order: 'oldest' })],
    ['a trace, again', () => search(origin, cookie, { trace, order: 'oldest' })],
    ['one word that is in one line', () => search(origin, cookie, { q: rare })],
    ['a word that is nowhere', () => search(origin, cookie, { q: 'nowhere' })],
    ['newest errors', () => search(origin, cookie, { level: 'error' })],
    ['download of all warnings and errors', () => download(origin, cookie, 'order=oldest&level=warn')],
  ];
  const pid = service.pid ?? 0;
  for (const [name, step] of steps) {
    const before = usage(pid).cpu;
    const start = performance.now();
    const result = await step();
    const { cpu, rss, peak } = usage(pid);
    const seconds = ((performance.now() - start) / 1000).toFixed(2);
    const figures = [
      `${seconds} s`,
      `${(cpu - before).toFixed(2)} s CPU`,
      `${result.lines} lines`,
      `${result.searchedMb.toFixed(1)} MB`,
    ];
    process.stdout.write(
      `${name}: ${figures.join(', ')}; resident ${rss.toFixed(0)} MB, at most ${peak.toFixed(0)} MB\n`,
    );
  }
  service.kill('SIGTERM');
}

const [directory, lines] = process.argv.slice(2);
if (directory === undefined || !(Number(lines) > 0)) throw new Error('usage: measure.ts <folder> <lines>');
await measure(directory, Number(lines));
