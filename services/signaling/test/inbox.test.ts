import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createRedis, type RedisConnection } from '@parley/common/redis';
import { createMetrics } from '@parley/common/service';
import { captureLogger, silentLogger, startRedis, waitFor, type TestRedis } from '@parley/common/testing';
import type { RoomCode } from '@parley/proto/ids';
import type { EventsMissed, RoomEvent } from '../src/store/live-room-store.ts';
import { LiveStoreMetrics } from '../src/store/live-store-metrics.ts';
import { placed } from '../src/store/peer-rules.ts';
import { RedisLiveRoomStore } from '../src/store/redis-live-room-store.ts';
import { CuttableRelay } from './support/cuttable-relay.ts';
import { livePeer, OTHER_ROOM, peerId, ROOM } from './support/live-room-store-contract.ts';

const INBOX = 'parley:instance:here:inbox';
const INBOX_MAX = 2_000;
const READER = 'parley-signaling-events';

describe('the inbox of an instance', () => {
  let server: TestRedis;
  let inspector: RedisConnection;
  let relay: CuttableRelay;
  /** Reads through the relay. */
  let here: RedisLiveRoomStore;
  let there: RedisLiveRoomStore;
  let log: ReturnType<typeof captureLogger>;
  let overflows: () => Promise<number>;
  let received: (RoomEvent | EventsMissed)[];

  const open = async (instanceId: string, url: string) => {
    const { registry } = createMetrics('test');
    const store = await RedisLiveRoomStore.create({
      url,
      instanceId,
      instanceLostMs: 2_000,
      leaveReasonTtlMs: 60_000,
      metrics: new LiveStoreMetrics(registry),
      logger: log.logger,
    });
    const count = async () =>
      Number(/inbox_overflows_total\S* (\d+)/.exec(await registry.metrics())?.[1] ?? NaN);
    return { store, count };
  };
  const left = (mediaNodeId: string): RoomEvent => ({ type: 'node-left', mediaNodeId });
  const send = (mediaNodeId: string, code: RoomCode = ROOM) => there.publish(code, left(mediaNodeId));
  const length = async () => Number(await inspector.command('XLEN', INBOX));
  const warnings = () => log.lines.map(({ msg }) => msg);
  const types = () => received.map(({ type }) => type);
  /** Everything that was sent before has arrived or is lost. */
  const settled = async () => {
    await send('last');
    await waitFor(() => received.some((event) => event.type === 'node-left' && event.mediaNodeId === 'last'));
  };

  beforeAll(async () => {
    server = await startRedis();
    inspector = createRedis({ url: server.url, name: 'inspector', logger: silentLogger });
    await inspector.whenReady(5_000);
  });
  afterAll(async () => {
    inspector.close();
    await server.stop();
  });
  beforeEach(async () => {
    await inspector.command('FLUSHALL');
    await inspector.command('ACL', 'SETUSER', 'default', '+xtrim');
    log = captureLogger({ level: 'warn' });
    const { port } = new URL(server.url);
    relay = await CuttableRelay.start(Number(port));
    ({ store: here, count: overflows } = await open('here', `redis://127.0.0.1:${relay.port}`));
    ({ store: there } = await open('there', server.url));
    received = [];
    await here.subscribe(ROOM, (event) => received.push(event));
  });
  afterEach(() => {
    here.close();
    there.close();
    relay.close();
  });

  test('receives the events of the rooms that the instance serves, and of no other one', async () => {
    relay.cutNamed(READER);
    await waitFor(() => !here.available);
    await send('second');
    await send('second', OTHER_ROOM);
    expect(await length()).toBe(1);
    expect(await inspector.command('EXISTS', 'parley:instance:there:inbox')).toBe(1);
    expect(await inspector.command('XLEN', 'parley:instance:there:inbox')).toBe(0);
  });

  test('keeps what arrives while the connection of its reader is away, in order and once', async () => {
    relay.cutNamed(READER);
    await waitFor(() => !here.available);
    for (const node of ['one', 'two', 'three']) await send(node);
    expect(await here.oldestEventAge()).toBeGreaterThanOrEqual(0);
    expect(received).toEqual([]);
    relay.mend();
    await settled();
    expect(received).toEqual([left('one'), left('two'), left('three'), left('last')]);
    await waitFor(async () => (await length()) === 0);
  });

  test('handles no event twice, although it could not take it away before its reader was cut off', async () => {
    await inspector.command('ACL', 'SETUSER', 'default', '-xtrim');
    await send('one');
    await waitFor(() => received.length === 1);
    await send('two');
    await waitFor(() => received.length === 2);
    expect(await length()).toBe(2);
    expect(await here.oldestEventAge()).toBe(0);
    relay.cutNamed(READER);
    await waitFor(() => !here.available);
    await send('three');
    await inspector.command('ACL', 'SETUSER', 'default', '+xtrim');
    relay.mend();
    await settled();
    expect(received).toEqual([left('one'), left('two'), left('three'), left('last')]);
    await waitFor(async () => (await length()) === 0);
  });

  test('is not asked again and again while it cannot be cleaned, which is logged', async () => {
    const calls = async () => {
      const [, count = NaN] =
        /cmdstat_xread:calls=(\d+)/.exec(String(await inspector.command('INFO', 'commandstats'))) ?? [];
      return Number(count);
    };
    await inspector.command('ACL', 'SETUSER', 'default', '-xtrim');
    await send('one');
    await waitFor(() => warnings().includes('inbox not read'));
    const [before, startedAt] = [await calls(), performance.now()];
    await waitFor(async () => (await calls()) > before + 10);
    const seconds = (performance.now() - startedAt) / 1_000;
    // Between two reads of one instance lies a wait for events, and a pause.
    expect(((await calls()) - before) / seconds).toBeLessThan(50);
    expect(received).toEqual([left('one')]);
  });

  test('that is made anew brings what comes then, also after the clock of Redis went back', async () => {
    await inspector.command('XADD', INBOX, '99999999999999-1', 'nonsense', '');
    await waitFor(async () => (await length()) === 0);
    await inspector.command('DEL', INBOX);
    await waitFor(() => types().includes('events-missed'));
    await settled();
  });

  test('says for how long its oldest event has waited', async () => {
    expect(await here.oldestEventAge()).toBe(0);
    relay.cutNamed(READER);
    await waitFor(() => !here.available);
    await send('second');
    await waitFor(async () => (await here.oldestEventAge()) > 100);
    relay.mend();
    await waitFor(async () => (await here.oldestEventAge()) === 0);
    expect(received).toEqual([left('second')]);
  });

  test('is emptied when it is full, and reports since when events are missing', async () => {
    relay.cutNamed(READER);
    await waitFor(() => !here.available);
    const before = Date.now();
    const reaction: RoomEvent = { type: 'peer-reacted', peerId: peerId('ada'), reaction: 'clap' };
    // It is filled again after it was emptied: the first time counts.
    const sent = Array.from({ length: 2 * INBOX_MAX + 5 }, () => there.publish(ROOM, reaction));
    await Promise.all(sent);
    expect(await length()).toBeLessThan(10);
    relay.mend();
    await settled();
    expect(types().filter((type) => type !== 'peer-reacted')).toEqual(['events-missed', 'node-left']);
    expect(received[0]).toMatchObject({ type: 'events-missed' });
    expect((received[0] as EventsMissed).since).toBeLessThanOrEqual(before);
    expect(await overflows()).toBe(1);
  }, 30_000);

  test('has place for 1,000 joins at once over several rooms, and has every room compared when it is full', async () => {
    const others: (RoomEvent | EventsMissed)[] = [];
    await here.subscribe(OTHER_ROOM, (event) => others.push(event));
    relay.cutNamed(READER);
    await waitFor(() => !here.available);
    const join = (code: RoomCode, index: number) =>
      there.publish(code, { type: 'peer-joined', ...placed(livePeer(`peer${index}`)) });
    const joins = (from: number) =>
      Promise.all(
        Array.from({ length: 500 }, (_, at) =>
          [ROOM, OTHER_ROOM].map((code) => join(code, from + at)),
        ).flat(),
      );
    await joins(0);
    expect(await length()).toBe(1_000);
    relay.mend();
    await waitFor(() => received.length === 500 && others.length === 500);
    expect(await overflows()).toBe(0);
    relay.cutNamed(READER);
    await waitFor(() => !here.available);
    await joins(500);
    await joins(1_000);
    await join(ROOM, 1_500);
    relay.mend();
    await settled();
    expect(types().filter((type) => type === 'events-missed')).toHaveLength(1);
    expect(others.filter(({ type }) => type === 'events-missed')).toHaveLength(1);
    expect(types().at(-1)).toBe('node-left');
    expect(await overflows()).toBe(1);
  }, 30_000);

  test('is made anew when it is gone, and the rooms are compared with the store', async () => {
    await inspector.command('DEL', INBOX);
    await send('lost');
    expect(await inspector.command('SMEMBERS', `parley:room:${ROOM}:instances`)).toEqual([]);
    await waitFor(() => types().includes('events-missed'));
    await settled();
    expect(received).not.toContainEqual(left('lost'));
  });

  test('passes over what it does not understand', async () => {
    await inspector.command('XADD', INBOX, '*', 'room', 'no code', 'event', '{}');
    await inspector.command('XADD', INBOX, '*', 'room', ROOM, 'event', '{"form":9}');
    await inspector.command('XADD', INBOX, '*', 'nonsense', '');
    await settled();
    expect(received).toEqual([left('last')]);
    await waitFor(async () => (await length()) === 0);
  });

  test('receives nothing of a room that the instance does not serve any more', async () => {
    const others: string[] = [];
    const unsubscribe = await here.subscribe(OTHER_ROOM, ({ type }) => others.push(type));
    unsubscribe();
    // As if the end of the subscription had been lost.
    await inspector.command('SADD', `parley:room:${OTHER_ROOM}:instances`, 'here');
    await send('second', OTHER_ROOM);
    const key = `parley:room:${OTHER_ROOM}:instances`;
    await waitFor(async () => (await inspector.command('SCARD', key)) === 0);
    expect(others).toEqual([]);
  });
});
