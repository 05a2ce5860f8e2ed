import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { Redis } from 'ioredis';
import pg from 'pg';
import {
  ConfigError,
  envSchema,
  parseHostPort,
  readConfig,
  WITH_OTHER_PROBLEMS,
  withPassword,
} from '@parley/common/config';
import { checkIceConfig, iceConfigShape } from '@parley/common/ice';

const schema = z
  .object({
    PORT: envSchema.port(4000),
    TIMEOUT_MS: envSchema.durationMs(250),
    WORKERS: envSchema.integer({ min: 1, max: 64, default: 2 }),
    SECRET: envSchema.secret(),
    DATABASE_URL: envSchema.url(['postgres', 'postgresql']),
    ADDRESSES: envSchema.hostPortList(['127.0.0.1:50051']),
    ORIGINS: envSchema.originList([]),
    VERBOSE: envSchema.boolean(false),
    MODE: envSchema.oneOf(['memory', 'redis'], 'memory'),
    ...iceConfigShape,
  })
  .superRefine(checkIceConfig, WITH_OTHER_PROBLEMS);

const SECRET = 's'.repeat(32);
const needed = { SECRET, DATABASE_URL: 'postgres://parley@127.0.0.1/parley' };

function problems(env: Record<string, string>): readonly string[] {
  try {
    readConfig(schema, env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('reading the configuration', () => {
  test('gives the default for a variable that is not set or is empty', () => {
    const config = readConfig(schema, { ...needed, PORT: '', TIMEOUT_MS: '  ' });
    expect(config).toMatchObject({
      PORT: 4000,
      TIMEOUT_MS: 250,
      WORKERS: 2,
      ADDRESSES: ['127.0.0.1:50051'],
      MODE: 'memory',
    });
    expect(config.TURN_SECRET).toBeUndefined();
  });

  test('reads numbers, lists, flags and choices as their types', () => {
    const env = { PORT: '0', TIMEOUT_MS: '1500', WORKERS: '64', VERBOSE: '1', MODE: 'redis' };
    const lists = {
      ADDRESSES: 'media-1:50051, [::1]:50052',
      ORIGINS: 'https://meet.example,http://localhost:8080',
    };
    expect(readConfig(schema, { ...needed, ...env, ...lists })).toMatchObject({
      PORT: 0,
      TIMEOUT_MS: 1500,
      WORKERS: 64,
      VERBOSE: true,
      MODE: 'redis',
      ADDRESSES: ['media-1:50051', '[::1]:50052'],
      ORIGINS: ['https://meet.example', 'http://localhost:8080'],
    });
  });

  test('is frozen, lists included', () => {
    const config = readConfig(schema, needed);
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.ADDRESSES)).toBe(true);
  });

  test('takes only variables that the schema names', () => {
    expect(readConfig(schema, { ...needed, HOME: '/root' })).not.toHaveProperty('HOME');
  });

  test('names every problem at once and shows no value', () => {
    const wrong = {
      PORT: '65536',
      TIMEOUT_MS: '-1',
      WORKERS: 'two',
      SECRET: 'hunter2',
      ADDRESSES: 'nowhere',
      ORIGINS: 'ftp://files.example',
      VERBOSE: 'yes',
      MODE: 'disk',
      TURN_URLS: 'turn:turn.example:3478',
    };
    const found = problems(wrong);
    expect(new Set(found.map((problem) => problem.split(':')[0]))).toEqual(
      new Set([...Object.keys(wrong).filter((name) => name !== 'TURN_URLS'), 'DATABASE_URL', 'TURN_SECRET']),
    );
    expect(found).toContain('DATABASE_URL: is not set');
    expect(found).toContain('SECRET: must have at least 32 characters');
    expect(found.join('\n')).not.toMatch(/hunter2|nowhere|files\.example/);
  });

  test('requires the TURN secret when there are TURN servers', () => {
    const env = { ...needed, TURN_URLS: 'turn:turn.example:3478' };
    expect(problems(env)).toEqual(['TURN_SECRET: is not set, but TURN_URLS is']);
    expect(problems({ ...env, TURN_SECRET: SECRET })).toEqual([]);
  });
});

describe('a value in a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-config-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function file(content: string): string {
    const path = join(folder, 'value');
    writeFileSync(path, content);
    return path;
  }

  test('is read from where NAME_FILE says, without the line break at its end', () => {
    const env = { DATABASE_URL: needed.DATABASE_URL, SECRET_FILE: file(`${SECRET}\n`) };
    expect(readConfig(schema, env).SECRET).toBe(SECRET);
    expect(readConfig(schema, { ...env, SECRET: '' }).SECRET).toBe(SECRET);
  });

  test('is checked as any other, and not shown', () => {
    const short = { DATABASE_URL: needed.DATABASE_URL, SECRET_FILE: file('hunter2') };
    expect(problems(short)).toEqual(['SECRET: must have at least 32 characters']);
    expect(problems({ ...short, SECRET_FILE: file('\n') })).toEqual(['SECRET: is not set']);
  });

  test('that cannot be had is one problem, by the name of its variable', () => {
    const { DATABASE_URL } = needed;
    expect(problems({ DATABASE_URL, SECRET_FILE: join(folder, 'missing') })).toEqual([
      'SECRET_FILE: the file cannot be read (ENOENT)',
    ]);
    expect(problems({ DATABASE_URL, SECRET_FILE: file('x'.repeat(65_537)), PORT: 'x' })).toEqual([
      'SECRET_FILE: the file is larger than 64 KiB',
      expect.stringContaining('PORT: '),
    ]);
  });

  test('beside a value in the environment is refused: one of them is not what the operator thinks', () => {
    expect(problems({ ...needed, SECRET_FILE: file(SECRET) })).toEqual([
      'SECRET: is set twice, by itself and by SECRET_FILE; keep one of them',
    ]);
  });
});

describe('a list', () => {
  const secret = { TURN_SECRET: SECRET };

  test.each([
    ['TURN_URLS', 'turn::3478'],
    ['TURN_URLS', 'turn:2001:db8::1:3478'],
    ['TURN_URLS', 'turn:'],
    ['TURN_URLS', 'turn:turn.example:0'],
    ['TURN_URLS', 'turn:turn.example:65536'],
    ['TURN_URLS', 'turn:turn.example?transport=sctp'],
    ['TURN_URLS', 'turn:198.51.100.300'],
    ['TURN_URLS', 'turn://turn.example'],
    ['TURN_URLS', 'turn:user@turn.example'],
    ['TURN_URLS', 'turn:turn.example:3478/path'],
    ['TURN_URLS', 'stun:turn.example'],
    ['STUN_URLS', 'stun:'],
    ['STUN_URLS', 'stun:2001:db8::1'],
    ['STUN_URLS', 'stun:stun.example?transport=udp'],
    ['ADDRESSES', '[::::]:1'],
    ['ADDRESSES', '10.0.0.300:1'],
    ['ORIGINS', 'https:meet.example'],
    ['ORIGINS', 'https://'],
    ['ORIGINS', 'https://meet.example/path'],
    ['ORIGINS', 'https://*.meet.example'],
    ['ORIGINS', 'https://2001:db8::1'],
  ])('%s with %s stops the start', (name, value) => {
    expect(problems({ ...needed, ...secret, [name]: value })).toEqual([
      expect.stringMatching(new RegExp(`^${name}: must be `)),
    ]);
  });

  test('says which of its items is wrong', () => {
    const TURN_URLS = 'turn:turn.example:3478, turn::3478';
    expect(problems({ ...needed, ...secret, TURN_URLS })[0]).toMatch(/separated by commas; number 2 is not$/);
  });

  test.each([
    [
      'TURN_URLS',
      'turn:198.51.100.7,turn:[2001:db8::7]:3478?transport=udp,turns:turn.example:443?transport=tcp',
    ],
    ['STUN_URLS', 'stun:stun.example, stuns:[::1]:5349'],
    ['ORIGINS', 'https://meet.example/ http://[::1]:8080'],
  ])('%s with %s is good', (name, value) => {
    expect(problems({ ...needed, ...secret, [name]: value })).toEqual([]);
  });
});

describe('an origin', () => {
  test.each([
    ['https://Meet.Example/', 'https://meet.example'],
    ['HTTPS://meet.example:443', 'https://meet.example'],
    ['https://münchen.example:8443', 'https://xn--mnchen-3ya.example:8443'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
  ])('%s is compared as browsers send it: %s', (written, sent) => {
    expect(readConfig(schema, { ...needed, ORIGINS: written }).ORIGINS).toEqual([sent]);
  });
});

describe('a password beside the address of a server', () => {
  test.each(['p@ss:w/rd#1?%', '%zz', 'ä€ 🎈', '"quotes\\"', 'plain_-1'])(
    '%s arrives at PostgreSQL and at Redis as it is',
    (password) => {
      const client = new pg.Client(withPassword('postgres://parley@db.internal:5432/parley', password));
      expect(client).toMatchObject({ password, user: 'parley', host: 'db.internal', port: 5432 });
      expect(client.database).toBe('parley');
      const redis = new Redis(withPassword('redis://redis.internal:6379/2', password), { lazyConnect: true });
      expect(redis.options).toMatchObject({ password, host: 'redis.internal', port: 6379, db: 2 });
      redis.disconnect();
    },
  );

  test('is not used if the address has one, and the address stays if there is none', () => {
    for (const url of ['postgres://parley:own@db/parley', 'redis://:own@redis'])
      expect(withPassword(url, 'other')).toBe(url);
    expect(withPassword('postgres://parley@db/parley', undefined)).toBe('postgres://parley@db/parley');
  });
});

describe('an address', () => {
  test.each([
    ['127.0.0.1:1', { host: '127.0.0.1', port: 1 }],
    ['media-1.internal:50051', { host: 'media-1.internal', port: 50051 }],
    ['[2001:db8::1]:443', { host: '2001:db8::1', port: 443 }],
  ])('%s has a host and a port', (text, expected) => {
    expect(parseHostPort(text)).toEqual(expected);
  });

  test.each([
    '',
    'host',
    'host:',
    ':1',
    'host:0',
    'host:65536',
    'http://host:1',
    '::1:1',
    'a b:1',
    'host:1/path',
  ])('%j is not accepted', (text) => expect(parseHostPort(text)).toBeUndefined());
});
