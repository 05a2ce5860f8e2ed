import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { runJest } from '../lib/jest-run.mjs';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-jest-'));
  writeFileSync(join(folder, 'package.json'), '{}');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, ...tests: string[]): void {
  writeFileSync(join(folder, `${name}.test.js`), tests.join('\n'));
}

const PASSES = `test('passes', () => {});`;
const FAILS = `test('fails', () => { throw new Error('as it should'); });`;
const FAILS_FIRST = `
const { existsSync, writeFileSync } = require('node:fs');
test('fails first', () => {
  const mark = __filename + '.ran';
  const ranBefore = existsSync(mark);
  writeFileSync(mark, '');
  if (!ranBefore) throw new Error('the first time');
});`;

async function run() {
  const said: string[] = [];
  const options = { cwd: folder, env: process.env, reportPath: join(folder, 'report.json'), inherit: false };
  const result = await runJest(['--ci'], { ...options, say: (line) => said.push(line) });
  return { ...result, said: said.join('\n') };
}

test('a run that passes is not repeated', async () => {
  write('good', PASSES);
  expect(await run()).toEqual({ passed: 1, failed: 0, unsteady: [], said: '' });
});

test('a test that passes alone has passed, and is named', async () => {
  write('good', PASSES);
  write('unsteady', PASSES, FAILS_FIRST);
  const { said, ...result } = await run();
  expect(result).toEqual({ passed: 3, failed: 0, unsteady: ['unsteady.test.js: fails first'] });
  expect(said).toContain('unsteady.test.js');
  expect(said).not.toContain('good.test.js');
});

test('a test that fails alone has failed, whatever passes beside it', async () => {
  write('bad', PASSES, FAILS);
  write('unsteady', FAILS_FIRST);
  expect(await run()).toMatchObject({ passed: 2, failed: 1, unsteady: [] });
});

test('a file that cannot be run has failed', async () => {
  write('broken', `require('./missing.js');`);
  write('good', PASSES);
  expect(await run()).toMatchObject({ passed: 1, failed: 1, unsteady: [] });
});

test('five failed files are not tried again', async () => {
  for (const name of ['one', 'two', 'three', 'four', 'five']) write(name, FAILS_FIRST);
  expect(await run()).toEqual({ passed: 0, failed: 5, unsteady: [], said: '' });
});

test('no tests at all is a failure', async () => {
  expect(await run()).toMatchObject({ passed: 0, failed: 1 });
});
