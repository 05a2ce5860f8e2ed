import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startRedis, waitFor, type TestRedis } from '@parley/common/testing';
import type { PeerId, RoomCode } from '@parley/proto/ids';
import { RedisMonitor } from './support/redis-monitor.ts';
import type { TestClient } from './support/test-client.ts';
import { TestBackend, type TestSignaling } from './support/test-signaling.ts';

/** Operations that timers and scrapes make, whatever clients do. */
const PERIODIC = [
  'listExpired',
  'listWaiting',
  'listHeld',
  'listOrphaned',
  'assertReachable',
  'size',
  'oldestEventAge',
];

describe('the traffic to a shared store', () => {
  let backend: TestBackend;
  let redis: TestRedis;
  let monitor: RedisMonitor;
  let signaling: TestSignaling;
  let code: RoomCode;

  beforeAll(async () => {
    [backend, redis] = await Promise.all([TestBackend.start(), startRedis()]);
    monitor = await RedisMonitor.open(redis.url);
    signaling = await backend.signaling({ REDIS_URL: redis.url });
    // The first use of a script on a connection sends its text, which is an extra command.
    const warmUp = await signaling.join(await signaling.createRoom());
    await say(warmUp);
    await warmUp.request('room:leave', {});
  }, 180_000);
  afterAll(async () => {
    await signaling.stop();
    monitor.close();
    await Promise.all([redis.stop(), backend.stop()]);
  });
  beforeEach(async () => {
    code = await signaling.createRoom();
  });

  /** The operations of LiveRoomStore and the commands to Redis that `task` causes for the room. */
  const trafficOf = async (task: () => Promise<unknown>) => {
    const before = await operations();
    monitor.clear();
    await task();
    const after = await operations();
    const made = Object.entries(after).flatMap(([name, count]) =>
      Array.from({ length: count - (before[name] ?? 0) }, () => name),
    );
    // The monitor reports in order: when it has reported a later command, it has reported all of the task.
    const marker = await signaling.createRoom();
    await signaling.rooms.call('getRoom', { code: marker });
    await waitFor(() => monitor.naming(marker).length > 0);
    // HLEN counts the peers of each room for the scrape of the metrics above.
    const commands = monitor.naming(code).filter((name) => name !== 'hlen');
    return { operations: made.toSorted(), commands };
  };

  const operations = async (): Promise<Record<string, number>> => {
    const text = await signaling.metrics();
    const counts: Record<string, number> = {};
    const pattern = /parley_signaling_store_operation_seconds_count\{([^}]*)\} (\d+)/g;
    for (const [, labels = '', count] of text.matchAll(pattern)) {
      const name = /operation="(\w+)"/.exec(labels)?.[1] ?? '';
      if (!PERIODIC.includes(name)) counts[name] = (counts[name] ?? 0) + Number(count);
    }
    return counts;
  };

  const say = (client: TestClient, toPeerId: PeerId | null = null) =>
    client.request('chat:send', { clientMessageId: randomUUID(), toPeerId, text: 'hello' });

  test('the first join of a room takes three commands', async () => {
    const ada = await signaling.connect(code, 'Ada');
    const { operations: made, commands } = await trafficOf(() => ada.join());
    expect(made).toEqual(['addPeer', 'look', 'subscribe']);
    expect(commands).toEqual(['evalsha', 'evalsha', 'evalsha']);
  });

  test('a join into a room that this instance serves takes two, because the instance serves the room already', async () => {
    await signaling.join(code, 'Ada');
    const bob = await signaling.connect(code, 'Bob');
    const { operations: made, commands } = await trafficOf(() => bob.join());
    expect(commands).toEqual(['evalsha', 'evalsha']);
    expect(made).toEqual(['addPeer', 'look']);
  });

  test('a chat message to everybody takes one command', async () => {
    const ada = await signaling.join(code, 'Ada');
    const bob = await signaling.join(code, 'Bob');
    const traffic = await trafficOf(() => say(ada));
    expect(traffic).toEqual({ operations: ['publish'], commands: ['evalsha'] });
    await bob.notified('chat:received');
  });

  test('a private chat message takes two, because the addressee is looked up', async () => {
    const ada = await signaling.join(code, 'Ada');
    const bob = await signaling.join(code, 'Bob');
    const traffic = await trafficOf(() => say(ada, bob.peerId));
    expect(traffic).toEqual({ operations: ['findPeer', 'publish'], commands: ['hget', 'evalsha'] });
    await bob.notified('chat:received');
  });
});
