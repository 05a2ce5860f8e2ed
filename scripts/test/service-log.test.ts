import { mkdtempSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readable, ServiceLog } from '../launcher/supervisor/service-log.ts';

let folder: string;
let log: ServiceLog;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-log-'));
  log = new ServiceLog(join(folder, 'logs'), 'media');
});

afterEach(() => {
  log.close();
  rmSync(folder, { recursive: true, force: true });
});

test('the tail holds the last lines of this run, not of an earlier one', () => {
  writeSync(log.open(), 'of the first run\n');
  const fd = log.open();
  for (let line = 1; line <= 20; line += 1) writeSync(fd, `line ${line}\n`);
  expect(log.tail()).toEqual(Array.from({ length: 12 }, (_, index) => `line ${index + 9}`));
  expect(readFileSync(log.path, 'utf8')).toContain('of the first run');
});

test('only its owner may read it', () => {
  log.open();
  expect(statSync(log.path).mode & 0o777).toBe(0o600);
});

test('a large log is put aside while its process goes on writing', () => {
  const fd = log.open();
  writeSync(fd, 'old line\n');
  log.rotate(100);
  expect(log.tail()).toEqual(['old line']);
  log.rotate(5);
  writeSync(fd, 'new line\n');
  expect(readFileSync(`${log.path}.1`, 'utf8')).toBe('old line\n');
  expect(readFileSync(log.path, 'utf8')).toBe('new line\n');
  expect(log.tail()).toEqual(['new line']);
});

test('after it is closed it has no tail, and closing again is harmless', () => {
  log.open();
  log.close();
  log.close();
  expect(log.tail()).toEqual([]);
});

test('JSON lines become words, others stay as they are', () => {
  const line = {
    level: 'error',
    time: 1,
    pid: 2,
    hostname: 'h',
    msg: 'port busy',
    port: 4000,
    err: { message: 'EADDRINUSE' },
  };
  expect(readable(JSON.stringify(line))).toBe('error: port busy EADDRINUSE port=4000');
  expect(readable('plain')).toBe('plain');
  expect(readable('{"half":')).toBe('{"half":');
});
