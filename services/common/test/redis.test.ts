import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createRedis, type RedisConnection } from '@parley/common/redis';
import { captureLogger, silentLogger, startMuteServer, startRedis, waitFor } from '../src/testing/index.ts';
import type { TestRedis } from '../src/testing/index.ts';

const ADD = { name: 'addUp', keys: 1, lua: `return redis.call('INCRBY', KEYS[1], ARGV[1])` };

describe('a connection to Redis', () => {
  let server: TestRedis;
  let redis: RedisConnection;
  let captured: ReturnType<typeof captureLogger>;

  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.stop());

  beforeEach(async () => {
    captured = captureLogger();
    redis = createRedis({
      url: server.url,
      name: 'test',
      logger: captured.logger,
      commandTimeoutMs: 300,
      silenceMaxMs: 600,
    });
    await redis.whenReady(5_000);
  });
  afterEach(() => redis.close());

  test('runs commands and scripts, and scripts again after the server forgot them', async () => {
    await redis.command('SET', 'greeting', 'hello');
    expect(await redis.command('GET', 'greeting')).toBe('hello');
    expect(await redis.script(ADD, ['sum'], [2])).toBe(2);
    await redis.command('SCRIPT', 'FLUSH');
    expect(await redis.script(ADD, ['sum'], [3])).toBe(5);
  });

  test('passes on the messages of the channels it subscribed to', async () => {
    const heard: string[] = [];
    redis.on('message', (channel, text) => heard.push(`${channel}: ${text}`));
    await redis.subscribe('here');
    const other = createRedis({ url: server.url, name: 'other', logger: silentLogger });
    await other.whenReady(5_000);
    await other.command('PUBLISH', 'there', 'no');
    await other.command('PUBLISH', 'here', 'yes');
    await waitFor(() => heard.length > 0);
    expect(heard).toEqual(['here: yes']);
    other.close();
  });

  test('does not report a wrong command as a server that is away, and shows none of its arguments', async () => {
    const mistake: unknown = await redis
      .command('GET', 'a', 'secret-argument')
      .catch((error: unknown) => error);
    expect(mistake).toBeInstanceOf(Error);
    expect(mistake).not.toHaveProperty('code');
    expect(mistake).not.toHaveProperty('command');
  });

  test('refuses at once while the server is away, queues nothing, and heals by itself', async () => {
    await redis.command('SET', 'counter', 0);
    const lost = new Promise<void>((resolve) => void redis.once('lost', resolve));
    await server.kill();
    await lost;
    const startedAt = performance.now();
    const refused = await Promise.allSettled(
      Array.from({ length: 1_000 }, () => redis.command('INCR', 'counter')),
    );
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect(refused.every((outcome) => outcome.status === 'rejected')).toBe(true);
    await expect(redis.subscribe('here')).rejects.toMatchObject({ code: 'unavailable' });
    const again = new Promise<void>((resolve) => void redis.once('ready', resolve));
    await server.restart();
    await again;
    expect(await redis.command('GET', 'counter')).toBeNull();
    expect(await redis.script(ADD, ['sum'], [1])).toBe(1);
    const said = captured.lines.map(({ msg }) => msg);
    expect(said.filter((msg) => msg === 'redis connection lost')).toHaveLength(1);
  });

  test('gives up a server that is frozen, and comes back when it answers', async () => {
    const lost = new Promise<void>((resolve) => void redis.once('lost', resolve));
    server.freeze();
    try {
      await expect(redis.command('GET', 'a')).rejects.toMatchObject({ code: 'unavailable' });
      await lost;
      expect(redis.ready).toBe(false);
    } finally {
      server.thaw();
    }
    await waitFor(() => redis.ready);
    await redis.ping();
  });

  test('makes nobody wait again for a server that left one command without an answer, until it answers', async () => {
    const patient = createRedis({
      url: server.url,
      name: 'patient',
      logger: silentLogger,
      silenceMaxMs: 60_000,
      commandTimeoutMs: 1_000,
    });
    await waitFor(() => patient.ready);
    server.freeze();
    try {
      await expect(patient.command('GET', 'a')).rejects.toMatchObject({ code: 'unavailable' });
      // A thousand waits one after the other would end after a quarter of an hour.
      for (let count = 0; count < 1_000; count += 1)
        await expect(patient.command('GET', 'a')).rejects.toMatchObject({ code: 'unavailable' });
      expect(patient.ready).toBe(true);
    } finally {
      server.thaw();
    }
    await waitFor(() =>
      patient.command('GET', 'a').then(
        () => true,
        () => false,
      ),
    );
    patient.close();
  });

  test('is not ready, and rejects commands, while the server accepts but never answers', async () => {
    const mute = await startMuteServer();
    const waiting = createRedis({ url: `redis://${mute.address}`, name: 'mute', logger: silentLogger });
    expect(await waiting.whenReady(200)).toBe(false);
    await expect(waiting.ping()).rejects.toMatchObject({ code: 'unavailable' });
    waiting.close();
    mute.close();
  });

  test('refuses everything after close, and closes twice', async () => {
    redis.close();
    redis.close();
    await expect(redis.ping()).rejects.toMatchObject({ code: 'unavailable' });
    expect(await redis.whenReady(10)).toBe(false);
  });

  test('logs no password', async () => {
    const secret = 'a-password-of-nobody';
    const wrong = createRedis({
      url: server.url.replace('redis://', `redis://:${secret}@`),
      name: 'wrong',
      logger: captured.logger,
    });
    await wrong.whenReady(500);
    expect(captured.text()).not.toContain(secret);
    wrong.close();
  });
});
