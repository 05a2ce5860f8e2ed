import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';

/*
 * The ports of test servers are far from the default ports, and below those that the system gives to outgoing connections: one of those
 * may be taken between the answer here and the start of the server that it is for, or while that server restarts.
 */
const SINGLE = { from: 15_000, to: 20_000 };
const SERIES = { from: 20_000, to: 32_000 };
const ATTEMPTS = 1_000;
/** By then the server that a port was claimed for listens on it, or the test that wanted it has failed. */
const CLAIM_MS = 600_000;
/** A file for each port that some process on this machine was given lately. */
const CLAIMS = path.join(os.tmpdir(), `parley-test-ports-${os.userInfo().uid}`);

/** A port that is free now for TCP and UDP, and given to no other test. Prefer to listen on port 0 and read the port where that is possible. */
export function freePort(): Promise<number> {
  return find(1, SINGLE);
}

/** Finds `count` ports in a row that are free now for UDP and TCP, and given to no other test. Resolves with the first. */
export function freePorts(count: number): Promise<number> {
  return find(count, SERIES);
}

async function find(count: number, { from, to }: { from: number; to: number }): Promise<number> {
  mkdirSync(CLAIMS, { recursive: true });
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const first = from + Math.floor(Math.random() * (to - from - count));
    const ports = Array.from({ length: count }, (_, index) => first + index);
    const taken = ports.findIndex((port) => !claim(port));
    const free = taken === -1 && (await Promise.all(ports.map(isFree)));
    if (free && free.every(Boolean)) return first;
    // A long series is often tried: what its attempts claimed would soon be all there is.
    for (const port of taken === -1 ? ports : ports.slice(0, taken)) giveBack(port);
  }
  throw new Error(`no ${count} free ports in a row between ${from} and ${to}`);
}

/** False if some process, this one included, has claimed the port lately and still runs. */
function claim(port: number): boolean {
  const file = path.join(CLAIMS, String(port));
  removeStale(file);
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}

function removeStale(file: string): void {
  try {
    const holder = readFileSync(file, 'utf8');
    if (Date.now() - statSync(file).mtimeMs < CLAIM_MS && isRunning(Number(holder))) return;
    const aside = `${file}.${process.pid}`;
    renameSync(file, aside);
    // Another process may have taken the stale claim away meanwhile, and claimed the port.
    if (readFileSync(aside, 'utf8') === holder) rmSync(aside);
    else renameSync(aside, file);
  } catch {
    // There is no claim, or not any more.
  }
}

/** A test ends its servers before its process ends. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function giveBack(port: number): void {
  rmSync(path.join(CLAIMS, String(port)), { force: true });
}

async function isFree(port: number): Promise<boolean> {
  const tcp = createServer();
  const udp = createSocket('udp4');
  try {
    tcp.listen(port, '127.0.0.1');
    udp.bind(port, '127.0.0.1');
    await Promise.all([once(tcp, 'listening'), once(udp, 'listening')]);
    return true;
  } catch {
    return false;
  } finally {
    tcp.close();
    udp.close();
  }
}
