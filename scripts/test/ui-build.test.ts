import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Steps } from '../lib/steps.mjs';
import { ensureUiBuild } from '../lib/ui-build.mjs';

/** Stands in for `next build`: copies the one page into the folder of UI_BUILD_DIR, or fails after that. */
const BUILDER = `
const { mkdirSync, readFileSync, writeFileSync } = require('node:fs');
mkdirSync(process.env.UI_BUILD_DIR + '/cache', { recursive: true });
const page = readFileSync('page.txt', 'utf8');
writeFileSync(process.env.UI_BUILD_DIR + '/page.txt', page);
if (page === 'broken') process.exit(1);
`;

let root: string;
let user: ChildProcess | undefined;
const steps = new Steps(
  Object.assign(new Writable({ write: (_data, _encoding, done) => done() }), { isTTY: false }),
);

const write = (page: string) => writeFileSync(join(root, 'ui', 'page.txt'), page);
const build = () => ensureUiBuild(steps, root);
const builds = () => readdirSync(join(root, 'ui', '.next', 'builds'));
const pageOf = (folder: string) => readFileSync(join(root, 'ui', folder, 'page.txt'), 'utf8');
const nameOf = (folder: string) => folder.split('/').at(-1);

/** Makes a build so old that its launcher would be running by now. */
const age = (folder: string) => utimesSync(join(root, 'ui', folder, 'parley-build-complete'), 0, 0);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'parley-ui-build-'));
  const next = join(root, 'node_modules', 'next', 'dist', 'bin');
  for (const folder of [join(root, 'ui'), join(root, 'proto'), next]) mkdirSync(folder, { recursive: true });
  writeFileSync(join(next, 'next'), BUILDER);
  writeFileSync(join(root, 'package-lock.json'), root);
  write('first');
});

afterEach(async () => {
  if (user !== undefined) {
    const exited = once(user, 'exit');
    user.kill('SIGKILL');
    await exited;
    user = undefined;
  }
  rmSync(root, { recursive: true, force: true });
});

test('a build of the same sources is made once, of others anew in a folder of its own', async () => {
  const first = await build();
  writeFileSync(join(root, 'ui', first, 'mark'), '');
  expect(await build()).toBe(first);
  expect(existsSync(join(root, 'ui', first, 'mark'))).toBe(true);
  expect(existsSync(join(root, 'ui', first, 'cache'))).toBe(false);
  write('second');
  const second = await build();
  expect([pageOf(first), pageOf(second)]).toEqual(['first', 'second']);
});

test('an interrupted build is made again, and the one before it stays', async () => {
  const first = await build();
  write('broken');
  await expect(build()).rejects.toThrow(/Building the user interface/);
  expect(builds()).toHaveLength(2);
  await expect(build()).rejects.toThrow(/Building the user interface/);
  write('first');
  expect(await build()).toBe(first);
  expect(builds()).toEqual([nameOf(first)]);
});

test('a build stays as it is while a process serves it, and is removed when no process does', async () => {
  const first = await build();
  user = spawn('sleep', ['1000'], { env: { ...process.env, UI_BUILD_DIR: first } });
  await once(user, 'spawn');
  age(first);
  write('second');
  const second = await build();
  expect(pageOf(first)).toBe('first');
  const exited = once(user, 'exit');
  user.kill('SIGKILL');
  await exited;
  user = undefined;
  write('third');
  const third = await build();
  // The second may be wanted by a launcher that is just starting.
  expect(new Set(builds())).toEqual(new Set([second, third].map(nameOf)));
  age(second);
  await build();
  expect(builds()).toEqual([nameOf(third)]);
});
