import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readConfig } from '@parley/common/config';
import { applyRetention } from '../src/logging/log-retention.ts';
import {
  createLogger,
  LogFiles,
  logFilesOptions,
  logFilesShape,
  type LogFilesOptions,
} from '@parley/common/logging';
import { waitFor } from '@parley/common/testing';
import { z } from 'zod';

const HOUR_MS = 3_600_000;
const PROGRAM = join(import.meta.dirname, 'programs', 'log-and-exit.ts');

let directory: string;
let opened: LogFiles[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'parley-logs-'));
});

afterEach(async () => {
  await Promise.all(opened.map((files) => files.close()));
  opened = [];
  rmSync(directory, { recursive: true, force: true });
});

function openFiles(options: Partial<LogFilesOptions> = {}): LogFiles {
  const files = new LogFiles({
    directory,
    service: 'media',
    fileBytesMax: 1_000_000,
    fileAgeMaxMs: HOUR_MS,
    serviceBytesMax: 10_000_000,
    ageMaxMs: HOUR_MS,
    ...options,
  });
  opened.push(files);
  return files;
}

const folder = () => join(directory, 'media');
const names = () => readdirSync(folder()).sort();
const stored = () => names().map((name) => readFileSync(join(folder(), name), 'utf8'));
const lines = () =>
  stored()
    .join('')
    .split('\n')
    .filter((line) => line !== '');

describe('log files', () => {
  test('hold what the logger writes, beside the other destination', async () => {
    const written: string[] = [];
    const files = openFiles();
    const logger = createLogger({
      service: 'media',
      files,
      destination: { write: (line) => void written.push(line) },
    });
    logger.info({ room: 'r' }, 'first');
    logger.child({ traceId: 't' }).warn('second\nline');
    await files.close();
    expect(lines()).toEqual(written.map((line) => line.trimEnd()));
    expect(lines().map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
      'first',
      'second\nline',
    ]);
  });

  test('are written without a flush by the caller', async () => {
    openFiles().write('{"n":1}\n');
    await waitFor(() => readdirSync(directory).length > 0 && lines().length === 1);
  });

  test('are not readable by everyone', async () => {
    const files = openFiles();
    files.write('x\n');
    await files.close();
    expect(statSync(join(folder(), names()[0]!)).mode & 0o007).toBe(0);
    expect(statSync(folder()).mode & 0o007).toBe(0);
  });

  test('are followed by a new file when they are large, and no line is split', async () => {
    const files = openFiles({ fileBytesMax: 100_000 });
    const line = `${JSON.stringify({ text: 'ü'.repeat(500) })}\n`;
    for (let n = 0; n < 3000; n += 1) files.write(line);
    await files.close();
    expect(names().length).toBeGreaterThan(2);
    for (const text of stored()) expect(text.endsWith('}\n')).toBe(true);
    expect(lines()).toHaveLength(3000);
  });

  test('are followed by a new file when they are old', async () => {
    const files = openFiles({ fileAgeMaxMs: 0 });
    files.write('1\n');
    await waitFor(() => readdirSync(directory).length > 0 && lines().length === 1);
    files.write('2\n');
    await waitFor(() => names().length === 2);
    await waitFor(() => lines().length === 2);
  });

  test('stay within their common bound, because the oldest are removed', async () => {
    const files = openFiles({ fileBytesMax: 100_000, serviceBytesMax: 500_000 });
    for (let n = 0; n < 30_000; n += 1) {
      files.write(`${String(n).padStart(99, '0')}\n`);
      if (n % 2_000 === 1_999) await waitFor(() => lines().at(-1)?.endsWith(String(n)) === true);
    }
    await files.close();
    const total = names().reduce((sum, name) => sum + statSync(join(folder(), name)).size, 0);
    expect(total).toBeLessThanOrEqual(500_000 + 256 * 1024);
    expect(Number(lines().toSorted().at(-1))).toBe(29_999);
    expect(Number(lines().toSorted()[0])).toBeGreaterThan(20_000);
  });

  test('of instances that are gone are removed when they are too old, and other files stay', async () => {
    mkdirSync(folder(), { recursive: true });
    for (const name of ['gone-1.x.1.ndjson', 'recent-1.x.1.ndjson', 'other.txt'])
      writeFileSync(join(folder(), name), 'x\n');
    const longAgo = Date.now() / 1000 - 7200;
    utimesSync(join(folder(), 'gone-1.x.1.ndjson'), longAgo, longAgo);
    utimesSync(join(folder(), 'other.txt'), longAgo, longAgo);
    const files = openFiles();
    files.write('x\n');
    await files.close();
    expect(names()).toHaveLength(3);
    expect(names()).toEqual(expect.arrayContaining(['recent-1.x.1.ndjson', 'other.txt']));
  });

  test('that somebody removed are made again', async () => {
    const files = openFiles();
    files.write('1\n');
    await waitFor(() => readdirSync(directory).length > 0 && lines().length === 1);
    rmSync(folder(), { recursive: true });
    files.write('2\n');
    await waitFor(() => readdirSync(directory).length > 0 && lines()[0] === '2');
  });

  test('that cannot be written cost only a bounded buffer, report that once, and go on when they can be written again', async () => {
    const problems: unknown[] = [];
    writeFileSync(folder(), 'a file is in the way');
    const files = openFiles({ retryDelayMs: 10, onProblem: (error) => problems.push(error) });
    files.write('first\n');
    await waitFor(() => problems.length === 1);
    const line = `${'x'.repeat(9_999)}\n`;
    for (let n = 0; n < 1_000; n += 1) files.write(line);
    expect(files.dropped).toBeGreaterThan(500);
    rmSync(folder());
    await waitFor(() => files.dropped === 0);
    await files.close();
    expect(problems).toHaveLength(1);
    expect(lines()[0]).toBe('first');
    expect(JSON.parse(lines().at(-1)!)).toMatchObject({
      level: 'warn',
      service: 'media',
      msg: 'log lines were lost',
    });
  });

  test('take nothing after close, and close twice', async () => {
    const files = openFiles();
    files.write('1\n');
    await files.close();
    files.write('2\n');
    await files.close();
    expect(files.closed).toBe(true);
    expect(lines()).toEqual(['1']);
  });

  test.each(['return', 'exit', 'crash'])('are complete when the process ends by %s', (way) => {
    const run = spawnSync(process.execPath, [
      '--disable-warning=ExperimentalWarning',
      PROGRAM,
      directory,
      way,
    ]);
    expect(run.status).toBe(way === 'crash' ? 1 : 0);
    const numbers = lines().map((line) => (JSON.parse(line) as { n: number }).n);
    expect(new Set(numbers).size).toBe(20_000);
  });
});

test('standard output can have a higher log level than the files', () => {
  const shown: string[] = [];
  const files = openFiles();
  const destination = { write: (line: string) => void shown.push(line) };
  const logger = createLogger({ service: 'media', level: 'debug', destination, stdoutLevel: 'warn', files });
  logger.debug('a detail');
  logger.child({ room: 'r' }).error('a failure');
  logger.info('a fact');
  files.flushSync();
  const messages = (text: string) => (JSON.parse(text) as { msg: string }).msg;
  expect(shown.map(messages)).toEqual(['a failure']);
  expect(stored().join('').trimEnd().split('\n').map(messages)).toEqual(['a detail', 'a failure', 'a fact']);
});

describe('a disk that is full', () => {
  // A file system of its own, in a namespace of its own.
  const canMount =
    spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', '/mnt']).status === 0;

  (canMount ? test : test.skip)(
    'stops no service and tears no line, and logging goes on when there is room again',
    () => {
      const mount = `mount -t tmpfs -o size=256k tmpfs "$1" && exec "$2" --disable-warning=ExperimentalWarning "$3" "$1" full`;
      const run = spawnSync(
        'unshare',
        ['-rm', 'sh', '-c', mount, 'sh', directory, process.execPath, PROGRAM],
        { encoding: 'utf8' },
      );
      expect(run.stderr).toBe('');
      expect(JSON.parse(run.stdout)).toEqual({ problem: 'ENOSPC', torn: 0, goesOn: true });
    },
  );
});

describe('lines of warn and above', () => {
  test('are in files of their own, which a flood of other lines does not push out', async () => {
    const files = openFiles({ fileBytesMax: 2_000, serviceBytesMax: 6_000 });
    const troubleFiles = openFiles({ kind: 'trouble', fileBytesMax: 2_000, serviceBytesMax: 6_000 });
    const logger = createLogger({
      service: 'media',
      files,
      troubleFiles,
      destination: { write: () => undefined },
    });
    logger.error('this matters');
    const isWritten = (text: string) =>
      readdirSync(directory).length > 0 && lines().some((line) => line.includes(text));
    for (let round = 0; round < 8; round += 1) {
      for (let n = 0; n < 20; n += 1) logger.info({ n }, 'chatter');
      logger.info(`end of round ${round}`);
      await waitFor(() => isWritten(`end of round ${round}`), { what: `round ${round}` });
    }
    await files.close();
    await troubleFiles.close();
    const trouble = names().filter((name) => name.endsWith('.trouble.ndjson'));
    expect(trouble).toHaveLength(1);
    expect(readFileSync(join(folder(), trouble[0] ?? ''), 'utf8')).toContain('this matters');
    const usual = names().filter((name) => !trouble.includes(name));
    expect(usual.length).toBeGreaterThan(0);
    expect(usual.some((name) => readFileSync(join(folder(), name), 'utf8').includes('round 0'))).toBe(false);
    for (const name of usual)
      expect(readFileSync(join(folder(), name), 'utf8')).not.toContain('this matters');
  });

  test('are kept for as long as their own bounds say, whatever those of the other files are', async () => {
    mkdirSync(folder(), { recursive: true });
    const old = new Date(Date.now() - 2 * HOUR_MS);
    for (const name of ['a-1.1.ndjson', 'a-1.1.trouble.ndjson']) {
      writeFileSync(join(folder(), name), 'x\n');
      utimesSync(join(folder(), name), old, old);
    }
    await applyRetention(folder(), { kind: 'usual', bytesMax: 0, notBefore: Date.now() });
    expect(names()).toEqual(['a-1.1.trouble.ndjson']);
    await applyRetention(folder(), { kind: 'trouble', bytesMax: 10, notBefore: old.getTime() - 1 });
    expect(names()).toEqual(['a-1.1.trouble.ndjson']);
    await applyRetention(folder(), { kind: 'trouble', bytesMax: 10, notBefore: Date.now() });
    expect(names()).toEqual([]);
  });
});

describe('the variables of the log files', () => {
  test('lead to no files without a folder', () => {
    expect(logFilesOptions('media', readConfig(z.object(logFilesShape), {}), 'usual')).toBeUndefined();
  });

  test('are turned into bytes and milliseconds', () => {
    const config = readConfig(z.object(logFilesShape), {
      LOG_DIR: '/logs',
      LOG_FILE_MAX_MB: '2',
      LOG_MAX_DAYS: '1',
      LOG_TROUBLE_MAX_MB: '3',
    });
    expect(logFilesOptions('media', config, 'trouble')).toMatchObject({
      kind: 'trouble',
      serviceBytesMax: 3 * 1_048_576,
      ageMaxMs: 30 * 24 * HOUR_MS,
    });
    expect(logFilesOptions('media', config, 'usual')).toMatchObject({
      directory: '/logs',
      service: 'media',
      fileBytesMax: 2_097_152,
      ageMaxMs: 24 * HOUR_MS,
    });
  });
});
