import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { roomAlias } from '@parley/proto/room-alias';
import { LineBounds } from '../src/logging/line-bounds.ts';
import { captureLogger } from '../src/testing/index.ts';

describe('a log line', () => {
  test('is JSON with an ISO time, the name of its level, the service, the message and the fields', () => {
    const { logger, lines } = captureLogger({ roomKey: 'a key' });
    logger.warn({ room: 'abcd-efgh-jkm', count: 3 }, 'room is nearly full');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      level: 'warn',
      service: 'test',
      msg: 'room is nearly full',
      room: roomAlias('a key', 'abcd-efgh-jkm'),
      count: 3,
    });
    expect(lines[0]?.['time']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  test('is not written below its level', () => {
    const { logger, lines } = captureLogger({ level: 'warn' });
    logger.info('not this');
    expect(lines).toEqual([]);
  });

  test.each([
    ['token', { token: 'SENSITIVE' }],
    ['a token of another name', { joinToken: 'SENSITIVE' }],
    ['password', { user: { password: 'SENSITIVE' } }],
    ['a variable', { env: { TURN_SECRET: 'SENSITIVE', MEDIA_GRPC_SECRET: 'SENSITIVE' } }],
    ['authorization', { request: { headers: { authorization: 'SENSITIVE', 'Set-Cookie': 'SENSITIVE' } } }],
    ['credential', { iceServers: [{ urls: ['turn:a'], credential: 'SENSITIVE' }] }],
    ['sdp', { offer: { type: 'offer', sdp: 'SENSITIVE' } }],
    ['an ICE password', { transport: { iceParameters: { usernameFragment: 'x', password: 'SENSITIVE' } } }],
    ['DTLS parameters', { a: { b: { c: { dtlsParameters: { fingerprints: [{ value: 'SENSITIVE' }] } } } } }],
    ['a secret that is an object', { resumeSecret: { part: 'SENSITIVE' } }],
    ['something very deep', { a: { b: { c: { d: { e: { f: { g: { h: 'SENSITIVE' } } } } } } } }],
    ['a password in a URL', { address: 'postgres://parley:SENSITIVE@db/parley' }],
    ['a JWT in a text', { note: 'got eyJhbGciOiJIUzI1NiJ9.SENSITIVEpayload.SENSITIVEsignature' }],
    ['an ICE password in SDP text', { line: 'v=0\r\na=ice-pwd:SENSITIVE\r\n' }],
  ])('hides %s', (_what, fields) => {
    const { logger, text } = captureLogger();
    logger.info(fields, 'something happened');
    expect(text()).not.toContain('SENSITIVE');
    expect(text()).toContain('something happened');
  });

  test('hides secrets that a child logger is bound to', () => {
    const { logger, text } = captureLogger();
    logger.child({ peer: { token: 'SENSITIVE' }, traceId: 'abc' }).info('hello');
    expect(text()).not.toContain('SENSITIVE');
    expect(text()).toContain('"traceId":"abc"');
  });

  test.each([
    ['a field', { room: 'abcd-efgh-jkm' }],
    ['a path', { path: '/api/rooms/abcd-efgh-jkm/join' }],
    ['a link, percent encoded', { from: 'https%3A%2F%2Fx.example%2Fr%2FABCD-EFGH-JKM' }],
    ['a key of Redis', { key: 'parley:{abcd-efgh-jkm}:peers' }],
    ['an error', { err: new Error('no room abcd-efgh-jkm') }],
    ['the cause of an error', { err: new Error('failed', { cause: new Error('abcd-efgh-jkm is gone') }) }],
    ['something deep', { a: [{ b: { c: 'abcd-efgh-jkm' } }] }],
  ])('has the name of a room in place of its code in %s', (_what, fields) => {
    const { logger, text } = captureLogger({ roomKey: 'a key' });
    logger.child(fields).info('hello');
    logger.info(fields, 'hello abcd-efgh-jkm');
    expect(text().toLowerCase()).not.toContain('abcd-efgh');
    expect(text().split(roomAlias('a key', 'abcd-efgh-jkm')).length - 1).toBeGreaterThanOrEqual(3);
  });

  test('gives rooms other names where no key is set, so that they say nothing elsewhere', () => {
    const names = [captureLogger(), captureLogger()].map(({ logger, lines }) => {
      logger.info({ room: 'abcd-efgh-jkm' }, 'hello');
      return lines[0]?.['room'];
    });
    expect(names[0]).toMatch(/^room-[0-9a-f]{16}$/);
    expect(names[0]).not.toBe(names[1]);
  });

  test('keeps ids that are no codes', () => {
    const { logger, lines } = captureLogger();
    const peer = '1234abcd-ef56-4abc-8def-123456789abc';
    logger.info({ peer, trace: '0123456789abcdef0123456789abcdef' }, 'hello');
    expect(lines[0]).toMatchObject({ peer });
  });

  test('is left out if there were very many like it, and the next one says how many', () => {
    const clock = { ms: 0 };
    const bounds = new LineBounds(() => clock.ms);
    const taken = Array.from({ length: 5_000 }, () => bounds.take(40, 'flood'));
    expect(taken.filter((skipped) => skipped !== undefined)).toHaveLength(200);
    expect(bounds.take(40, 'another')).toBe(0);
    clock.ms += 1_000;
    expect(bounds.take(50, 'flood')).toBe(4_800);
    expect(bounds.take(50, 'flood')).toBe(0);
    expect(Array.from({ length: 5_000 }, () => bounds.take(30, 'flood'))).toEqual(
      Array<number>(5_000).fill(0),
    );
    for (let n = 0; n < 5_000; n += 1) bounds.take(40, `not constant ${n}`);
    expect(bounds.take(40, 'one more')).toBeUndefined();
  });

  test('says how many lines like it were left out', () => {
    const { logger, lines } = captureLogger();
    for (let n = 0; n < 300; n += 1) logger.warn({ n }, 'flood');
    expect(lines.length).toBeLessThan(300);
    expect(lines.length).toBeGreaterThanOrEqual(200);
    logger.fatal('the end');
    expect(lines.at(-1)).toMatchObject({ msg: 'the end' });
  });

  test('keeps a field that only looks like a secret', () => {
    const { logger, lines } = captureLogger();
    logger.info({ tokens: 3, secretary: 'Ada', token: null }, 'kept');
    expect(lines[0]).toMatchObject({ tokens: 3, secretary: 'Ada', token: null });
  });

  test('does not change the object that is logged', () => {
    const { logger } = captureLogger();
    const fields = { user: { password: 'kept' } };
    logger.info(fields, 'hello');
    expect(fields).toEqual({ user: { password: 'kept' } });
  });

  test('survives cycles and binary data', () => {
    const { logger, lines } = captureLogger();
    const cycle: Record<string, unknown> = { name: 'a', bytes: Buffer.alloc(5000) };
    cycle['self'] = cycle;
    logger.info({ cycle }, 'hello');
    expect(lines[0]).toMatchObject({ cycle: { name: 'a', bytes: '[5000 bytes]' } });
  });
});

describe('a logged error', () => {
  test('has its type, message, code, stack and causes', () => {
    const { logger, lines } = captureLogger();
    const cause = Object.assign(new Error('connection refused'), { code: 'ECONNREFUSED' });
    logger.error({ err: new TypeError('cannot join', { cause }) }, 'join failed');
    expect(lines[0]?.['err']).toMatchObject({
      type: 'TypeError',
      message: 'cannot join',
      stack: expect.stringContaining('logger.test'),
      cause: { message: 'connection refused', code: 'ECONNREFUSED' },
    });
  });

  test('shows no query, no values and no password in its text', () => {
    const { logger, text } = captureLogger();
    const error = Object.assign(new Error('cannot reach postgres://parley:SENSITIVE@db/parley'), {
      detail: 'Key (name)=(SENSITIVE) exists',
      query: "INSERT INTO chat VALUES ('SENSITIVE')",
      parameters: ['SENSITIVE'],
    });
    logger.error(error);
    logger.error({ nested: { err: error } }, 'nested');
    expect(text()).toContain('cannot reach');
    expect(text()).not.toContain('SENSITIVE');
  });
});

test('standard output on a disk that is full ends no service', () => {
  const full = openSync('/dev/full', 'w');
  try {
    const program = join(import.meta.dirname, 'programs', 'log-to-output.ts');
    const run = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', program], {
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    });
    expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: 'goes on\n' });
  } finally {
    closeSync(full);
  }
});
