import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from '@jest/globals';

const run = promisify(execFile);
const MODULE = path.join(import.meta.dirname, '../src/testing/free-port.ts');

/** The claims of this test are apart from those of the tests beside it. */
let folder: string;
let claims: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'parley-free-port-'));
  claims = path.join(folder, `parley-test-ports-${os.userInfo().uid}`);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Asks for series in a process of its own, as another test would. Resolves with the first port of each, or with what was thrown. */
async function freePorts(...counts: readonly number[]): Promise<string[]> {
  const script = `import { freePorts } from ${JSON.stringify(MODULE)};
    for (const count of ${JSON.stringify(counts)}) console.log(await freePorts(count).catch(({ message }) => message));`;
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script];
  const { stdout } = await run(process.execPath, args, {
    env: { ...process.env, TMPDIR: folder, NODE_OPTIONS: '' },
  });
  return stdout.trim().split('\n');
}

/** Leaves every 50th port claimed by a process. */
function claimEvery50th(pid: number): void {
  mkdirSync(claims);
  for (let port = 20_000; port < 32_000; port += 50)
    writeFileSync(path.join(claims, String(port)), String(pid));
}

test('a series is claimed whole, and overlaps no other', async () => {
  const [one, other] = await freePorts(40, 40);
  expect(Math.abs(Number(one) - Number(other))).toBeGreaterThanOrEqual(40);
  expect(readdirSync(claims)).toHaveLength(80);
});

test('attempts that find no series keep nothing', async () => {
  claimEvery50th(process.pid);
  const before = readdirSync(claims).length;
  expect(await freePorts(51)).toEqual(['no 51 free ports in a row between 20000 and 32000']);
  expect(readdirSync(claims)).toHaveLength(before);
});

test('a claim ends with the process that made it', async () => {
  const { pid = 0 } = await new Promise<ChildProcess>((resolve) => {
    const child = spawn('true').once('exit', () => resolve(child));
  });
  claimEvery50th(pid);
  const [first] = await freePorts(51);
  expect(Number(first)).toBeGreaterThanOrEqual(20_000);
  const held = readdirSync(claims).filter(
    (port) => Number(port) - Number(first) < 51 && Number(port) >= Number(first),
  );
  expect(held).toHaveLength(51);
});
