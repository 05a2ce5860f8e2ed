import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createRedis, type RedisConnection } from '@parley/common/redis';
import { createMetrics } from '@parley/common/service';
import { silentLogger, startRedis, waitFor, type TestRedis } from '@parley/common/testing';
import { LiveStoreMetrics } from '../src/store/live-store-metrics.ts';
import { RedisLiveRoomStore } from '../src/store/redis-live-room-store.ts';
import {
  addition,
  describeLiveRoomStore,
  livePeer,
  peerId,
  ROOM,
  session,
  type StoreUnderTest,
} from './support/live-room-store-contract.ts';
import { describeNetworks } from './support/networks-contract.ts';
import { describeNodes } from './support/nodes-contract.ts';
import { describeRoles } from './support/roles-contract.ts';
import { describeSettings } from './support/settings-contract.ts';
import { describeViews } from './support/view-contract.ts';
import { describeWaiting } from './support/waiting-contract.ts';

let server: TestRedis;
let inspector: RedisConnection;

beforeAll(async () => {
  server = await startRedis();
  inspector = createRedis({ url: server.url, name: 'inspector', logger: silentLogger });
  await inspector.whenReady(5_000);
});
afterAll(async () => {
  inspector.close();
  await server.stop();
});

const open = (instanceId: string, over: { instanceLostMs?: number; clock?: () => number } = {}) =>
  RedisLiveRoomStore.create({
    url: server.url,
    instanceId,
    instanceLostMs: 10_000,
    leaveReasonTtlMs: 60_000,
    metrics: new LiveStoreMetrics(createMetrics('test').registry),
    logger: silentLogger,
    ...over,
  });

const create = async (): Promise<StoreUnderTest> => {
  await inspector.command('FLUSHALL');
  const [store, other] = [await open('here'), await open('there')];
  return {
    store,
    other,
    close: () => {
      store.close();
      other.close();
    },
  };
};

describeLiveRoomStore('the live-room store in Redis', create);
describeNetworks('the live-room store in Redis', create);
describeNodes('the live-room store in Redis', create);
describeRoles('the live-room store in Redis', create);
describeSettings('the live-room store in Redis', create);
describeViews('the live-room store in Redis', create);
describeWaiting('the live-room store in Redis', create);

describe('instances on machines whose clocks differ', () => {
  const HOUR_MS = 3_600_000;
  const GRACE_MS = 20_000;

  beforeEach(() => inspector.command('FLUSHALL'));

  test.each([
    ['an hour slow', -HOUR_MS],
    ['an hour fast', HOUR_MS],
  ])('keep the grace of a peer whose instance is %s', async (_how, wrong) => {
    const wrongOne = await open('here', { clock: () => Date.now() + wrong });
    const other = await open('there');
    expect(Math.abs(wrongOne.now() - other.now())).toBeLessThan(GRACE_MS / 2);
    const lost = livePeer('ada', { expiresAt: wrongOne.now() + GRACE_MS });
    await wrongOne.addPeer(addition('ada', { peer: lost }));
    const ref = { code: ROOM, peerId: peerId('ada'), sessionId: session('ada-1') };
    for (const store of [wrongOne, other]) {
      expect(await store.listExpired(store.now())).toEqual([]);
      expect(await store.removePeer(ref, 'timed-out')).toBeUndefined();
      expect(await store.listExpired(store.now() + 2 * GRACE_MS)).toEqual([ref]);
    }
    wrongOne.close();
    other.close();
  });

  test('follow a clock that is set while they run', async () => {
    let wrong = 0;
    const store = await open('here', { instanceLostMs: 200, clock: () => Date.now() + wrong });
    const other = await open('there');
    wrong = -HOUR_MS;
    await waitFor(() => Math.abs(store.now() - other.now()) < GRACE_MS);
    store.close();
    other.close();
  });
});

describe('what the store keeps in Redis', () => {
  const keys = async () => ((await inspector.command('KEYS', '*')) as string[]).toSorted();

  beforeEach(() => inspector.command('FLUSHALL'));

  test('has an expiry, every key of it, and goes with the last peer but for what is documented', async () => {
    const store = await open('here');
    const unsubscribe = await store.subscribe(ROOM, () => undefined);
    for (const name of ['ada', 'bob']) await store.addPeer(addition(name, { peer: livePeer(name) }));
    await store.changePeer(ROOM, peerId('bob'), 'none', (peer) => ({ ...peer, expiresAt: 5 }));
    const during = await keys();
    expect(during).toEqual([
      'parley:expiring',
      'parley:instance:here:inbox',
      'parley:instance:here:peers',
      'parley:instances',
      'parley:network:network:rooms',
      `parley:room:${ROOM}`,
      `parley:room:${ROOM}:instances`,
      `parley:room:${ROOM}:peers`,
      'parley:rooms',
    ]);
    for (const key of during) expect(await inspector.command('PTTL', key)).toBeGreaterThan(60_000);
    for (const name of ['ada', 'bob'])
      await store.removePeer({ code: ROOM, peerId: peerId(name), sessionId: session(`${name}-1`) }, 'left');
    unsubscribe();
    await store.publish(ROOM, { type: 'node-left', mediaNodeId: 'second' });
    const after = await keys();
    expect(after).toEqual([
      'parley:instance:here:inbox',
      'parley:instances',
      `parley:room:${ROOM}:departed:ada`,
      `parley:room:${ROOM}:departed:bob`,
    ]);
    for (const key of after) expect(await inspector.command('PTTL', key)).toBeGreaterThan(0);
    store.close();
  });

  test('is refreshed while its instance lives', async () => {
    const store = await open('here', { instanceLostMs: 100 });
    await store.addPeer(addition('ada'));
    await inspector.command('PEXPIRE', 'parley:instance:here:peers', 5_000);
    await waitFor(async () => Number(await inspector.command('PTTL', 'parley:instance:here:peers')) > 5_000);
    store.close();
  });

  test('of a room that the last version made is read: its node is one that the room took', async () => {
    const store = await open('here');
    await store.addPeer(addition('ada', { peer: livePeer('ada', { mediaNodeId: null }) }));
    await inspector.command('HSET', `parley:room:${ROOM}`, 'node', 'old');
    expect((await store.find(ROOM))?.nodes).toEqual(new Map([['old', 0]]));
    await store.changePeer(ROOM, peerId('ada'), 'none', (peer) => ({ ...peer, mediaNodeId: 'new' }));
    await store.removePeer({ code: ROOM, peerId: peerId('ada'), sessionId: session('ada-1') }, 'left');
    expect(await store.find(ROOM)).toBeUndefined();
    store.close();
  });

  test('is refused when it is not of a form this version knows', async () => {
    const store = await open('here');
    await store.addPeer(addition('ada'));
    await inspector.command('HSET', `parley:room:${ROOM}:peers`, 'ada', '1:{"form":2,"value":{}}');
    await expect(store.find(ROOM)).rejects.toThrow();
    store.close();
  });
});

describe('instances', () => {
  beforeEach(() => inspector.command('FLUSHALL'));

  test('that fall silent leave orphans, which those that live find; until then they have none', async () => {
    const living = await open('living', { instanceLostMs: 200 });
    const dying = await open('dying', { instanceLostMs: 200 });
    await dying.addPeer(addition('ada', { peer: livePeer('ada', { instanceId: 'dying' }) }));
    await living.addPeer(addition('bob', { peer: livePeer('bob', { instanceId: 'living' }) }));
    expect(await living.listHeld()).toMatchObject([{ peerId: 'bob' }]);
    expect(await living.listOrphaned()).toEqual([]);
    dying.close();
    const orphans = await waitFor(async () => {
      const found = await living.listOrphaned();
      return found.length > 0 && found;
    });
    expect(orphans).toEqual([{ code: ROOM, peerId: 'ada', sessionId: 'ada-1' }]);
    await living.changePeer(ROOM, peerId('ada'), 'none', (peer) => ({ ...peer, expiresAt: 5 }));
    expect(await living.listOrphaned()).toEqual([]);
    expect(await inspector.command('ZRANGE', 'parley:instances', 0, -1)).toEqual(['living']);
    living.close();
  });

  test('compare their rooms with the store after they stood still and were taken for dead, although they are still listed', async () => {
    const store = await open('here', { instanceLostMs: 200 });
    const received: string[] = [];
    await store.subscribe(ROOM, (event) => received.push(event.type));
    await store.addPeer(addition('ada'));
    const looked = performance.now();
    await waitFor(() => performance.now() - looked > 300);
    expect(received).not.toContain('events-missed');
    // Its last beat, as others saw it, was long ago.
    await inspector.command('ZADD', 'parley:instances', 1, 'here');
    await waitFor(() => received.includes('events-missed'));
    store.close();
  });

  test('that stood still do not judge others until they have beaten for long enough again', async () => {
    const store = await open('here', { instanceLostMs: 400 });
    const received: string[] = [];
    await store.subscribe(ROOM, (event) => received.push(event.type));
    await store.addPeer(addition('ada', { peer: livePeer('ada', { instanceId: 'silent' }) }));
    await inspector.command('ZADD', 'parley:instances', 1, 'silent');
    const findsOrphans = async () => (await store.listOrphaned()).length === 1;
    await waitFor(findsOrphans);
    // After the machine stood still, every instance looks silent to the one that wakes first.
    await inspector.command('ZADD', 'parley:instances', 1, 'here');
    await waitFor(() => received.includes('events-missed'));
    expect(await store.listOrphaned()).toEqual([]);
    await waitFor(findsOrphans);
    store.close();
  });

  test('do not take each other for dead because Redis was away', async () => {
    const [one, two] = [
      await open('one', { instanceLostMs: 300 }),
      await open('two', { instanceLostMs: 300 }),
    ];
    await two.addPeer(addition('ada', { peer: livePeer('ada', { instanceId: 'two' }) }));
    server.freeze();
    await expect(one.find(ROOM)).rejects.toMatchObject({ code: 'unavailable' });
    server.thaw();
    await waitFor(() => one.listHeld());
    const seen: unknown[] = [];
    const until = performance.now() + 900;
    await waitFor(async () => {
      seen.push(...(await one.listOrphaned()));
      return performance.now() > until;
    });
    expect(seen).toEqual([]);
    one.close();
    two.close();
  });
});

describe('an outage of Redis', () => {
  beforeEach(() => inspector.command('FLUSHALL'));

  test('refuses operations, is reported to listeners when it is over, and events arrive again', async () => {
    const [store, other] = [await open('here'), await open('there')];
    const received: string[] = [];
    await other.subscribe(ROOM, (event) => received.push(event.type));
    await store.addPeer(addition('ada'));
    await waitFor(() => received.includes('peer-joined'));
    await server.kill();
    await expect(store.find(ROOM)).rejects.toMatchObject({ code: 'unavailable' });
    await expect(store.addPeer(addition('bob'))).rejects.toMatchObject({ code: 'unavailable' });
    await expect(store.subscribe(ROOM, () => undefined)).rejects.toMatchObject({ code: 'unavailable' });
    await expect(store.assertReachable()).rejects.toMatchObject({ code: 'unavailable' });
    await server.restart();
    await waitFor(() => received.includes('events-missed'));
    await waitFor(() => store.assertReachable().then(() => true));
    expect(await store.find(ROOM)).toBeUndefined();
    expect(await store.restorePeer(addition('ada'))).toBe('restored');
    // Each of the two connections reports the outage when it is back. The later one may do so after this.
    await waitFor(() => received.includes('peer-updated'));
    store.close();
    other.close();
  });
});
