import { spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ParleyError } from '@parley/proto/errors';
import { KeyedQueue } from '@parley/common/async';
import { buildIceServers } from '@parley/common/ice';
import { acceptTraceId, newTraceId } from '@parley/common/logging';
import { freePort, waitFor } from '../src/testing/index.ts';

test('a process without free file descriptors finds out', () => {
  const program = join(import.meta.dirname, 'programs', 'use-all-descriptors.ts');
  const command = `ulimit -n 60; exec "$0" --disable-warning=ExperimentalWarning "$1"`;
  const run = spawnSync('sh', ['-c', command, process.execPath, program], { encoding: 'utf8' });
  expect(run.stdout).toBe('free EMFILE\n');
});

describe('a keyed queue', () => {
  test('runs the tasks of one key in order, one at a time', async () => {
    const queue = new KeyedQueue();
    const log: string[] = [];
    const gate = Promise.withResolvers<void>();
    const first = queue.run('room', async () => {
      log.push('first begins');
      await gate.promise;
      log.push('first ends');
    });
    const second = queue.run('room', () => log.push('second'));
    await queue.run('other', () => log.push('other'));
    expect(log).toEqual(['first begins', 'other']);
    gate.resolve();
    await Promise.all([first, second]);
    expect(log).toEqual(['first begins', 'other', 'first ends', 'second']);
  });

  test('counts the tasks that run or wait for one key', async () => {
    const queue = new KeyedQueue();
    const { promise, resolve } = Promise.withResolvers<void>();
    const both = [queue.run('a', () => promise), queue.run('a', () => undefined)];
    expect([queue.tasks('a'), queue.tasks('b')]).toEqual([2, 0]);
    resolve();
    await Promise.all(both);
    await queue.idle();
    expect([queue.tasks('a'), queue.size]).toEqual([0, 0]);
  });

  test('gives each caller its own result or error, and goes on after an error', async () => {
    const queue = new KeyedQueue();
    const failing = queue.run('a', () => Promise.reject(new Error('mine')));
    const next = queue.run('a', () => 2);
    await expect(failing).rejects.toThrow('mine');
    await expect(next).resolves.toBe(2);
  });

  test('forgets a key when its last task has ended', async () => {
    const queue = new KeyedQueue();
    await Promise.allSettled([
      queue.run('a', () => 1),
      queue.run('a', () => Promise.reject(new Error('x'))),
      queue.run('b', () => 1),
    ]);
    await queue.idle();
    expect(queue.size).toBe(0);
  });

  test('lets the running task end when it is closed, and refuses waiting and later tasks', async () => {
    const queue = new KeyedQueue();
    const gate = Promise.withResolvers<string>();
    const running = queue.run('a', () => gate.promise);
    const waiting = queue.run('a', () => 'never');
    await Promise.resolve();
    queue.close();
    queue.close();
    const late = queue.run('a', () => 'never');
    gate.resolve('done');
    await expect(running).resolves.toBe('done');
    await expect(waiting).rejects.toMatchObject({ code: 'closed' });
    await expect(late).rejects.toBeInstanceOf(ParleyError);
    expect(queue.closed).toBe(true);
  });
});

describe('ICE servers', () => {
  const config = {
    STUN_URLS: ['stun:stun.example:3478'],
    TURN_URLS: ['turn:turn.example:3478', 'turns:turn.example:443'],
    TURN_ADDRESSES: [],
    TURN_PORT: 3478,
    TURN_CREDENTIAL_LIFETIME_S: 600,
  };

  test('are none where none are configured', () => {
    expect(buildIceServers({ ...config, STUN_URLS: [], TURN_URLS: [] }, 'peer')).toEqual([]);
  });

  test('carry TURN credentials that end and that coturn can check', () => {
    const now = Date.UTC(2026, 0, 1);
    const [stun, turn] = buildIceServers({ ...config, TURN_SECRET: 'shared' }, 'peer-1', now);
    expect(stun).toEqual({ urls: config.STUN_URLS });
    expect(turn?.urls).toEqual(config.TURN_URLS);
    const [expiry, peer] = turn?.username?.split(':') ?? [];
    expect(peer).toBe('peer-1');
    expect(Number(expiry) * 1000).toBe(now + 600_000);
    expect(turn?.credential).toBe(createHmac('sha1', 'shared').update(`${turn?.username}`).digest('base64'));
  });

  test('name the TURN server beside the edge at each address, over UDP, TCP and the port of https', () => {
    const beside = {
      ...config,
      STUN_URLS: [],
      TURN_URLS: [],
      TURN_SECRET: 'shared',
      TURN_PORT: 3479,
      TURN_HTTPS_PORT: 443,
      TURN_ADDRESSES: ['198.51.100.7', '2001:db8::7', 'meet.example'],
    };
    expect(buildIceServers(beside, 'peer').map(({ urls }) => urls)).toEqual([
      [
        'turn:198.51.100.7:3479?transport=udp',
        'turn:198.51.100.7:3479?transport=tcp',
        'turn:198.51.100.7:443?transport=tcp',
      ],
      [
        'turn:[2001:db8::7]:3479?transport=udp',
        'turn:[2001:db8::7]:3479?transport=tcp',
        'turn:[2001:db8::7]:443?transport=tcp',
      ],
      [
        'turn:meet.example:3479?transport=udp',
        'turn:meet.example:3479?transport=tcp',
        'turn:meet.example:443?transport=tcp',
      ],
    ]);
  });

  test('offer no TURN without its secret', () => {
    expect(buildIceServers(config, 'peer')).toEqual([{ urls: config.STUN_URLS }]);
  });
});

describe('a trace id', () => {
  test('is 32 hexadecimal digits, and new each time', () => {
    expect(newTraceId()).toMatch(/^[0-9a-f]{32}$/);
    expect(newTraceId()).not.toBe(newTraceId());
  });

  test('is kept when well-formed and replaced when not', () => {
    const given = newTraceId();
    expect(acceptTraceId(given)).toBe(given);
    for (const wrong of [
      undefined,
      '',
      'x',
      `${given}0`,
      given.toUpperCase().replace(/^./, 'A'),
      [given],
      `${given}\n`,
    ]) {
      expect(acceptTraceId(wrong)).not.toBe(wrong);
    }
  });
});

describe('the helpers of the tests', () => {
  test('waitFor gives the value that came true', async () => {
    let asked = 0;
    await expect(waitFor(() => (++asked === 3 ? 'now' : ''))).resolves.toBe('now');
  });

  test('waitFor gives up with the last error as the cause', async () => {
    const failing = waitFor(() => Promise.reject(new Error('still away')), {
      timeoutMs: 30,
      what: 'it is there',
    });
    await expect(failing).rejects.toMatchObject({
      message: expect.stringContaining('it is there'),
      cause: { message: 'still away' },
    });
  });

  test('freePort gives each caller a port of its own, and none that the system gives to outgoing connections', async () => {
    const ports = await Promise.all(Array.from({ length: 50 }, () => freePort()));
    expect(new Set(ports).size).toBe(50);
    expect(Math.max(...ports)).toBeLessThan(32_768);
  });
});
