import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import type { RegionTimes } from '@parley/proto/regions';
import { PROTOCOL_VERSION } from '@parley/proto/requests';
import { openRegions, probesOf, regionOf, roundTrips, type Located } from '../src/nodes/regions.ts';
import { RemoteNodes } from '../src/nodes/remote-nodes.ts';
import { FakeMediaNode } from './support/fake-media-node.ts';
import { microphone, RTP_CAPABILITIES } from './support/rtp.ts';
import { useSignaling } from './support/running-signaling.ts';
import type { TestClient } from './support/test-client.ts';
import { MEDIA_GRPC_SECRET } from './support/test-signaling.ts';

const PROBE = { host: '198.51.100.7', port: 40_101 };

function node(id: string, region: string | undefined, over: Partial<Located['load']> = {}): Located {
  const load = { id, reachable: true, accepting: true, draining: false, cpu: 0, peers: 0, region, ...over };
  return { load, probes: [{ host: id, port: 40_101 }] };
}

describe('the regions in which people can be placed', () => {
  const listed = (...nodes: Located[]) =>
    openRegions(nodes).map(({ name, probes }) => `${name} ${probes[0]?.host}`);

  test.each<[string, Located[], string[]]>([
    ['none of nodes that name none', [node('a', undefined)], []],
    ['in the order of their names', [node('a', 'us'), node('b', 'eu')], ['eu b', 'us a']],
    [
      'each once, by its node with the fewest people',
      [node('a', 'eu', { peers: 2 }), node('b', 'eu')],
      ['eu b'],
    ],
    ['the same for the same nodes', [node('b', 'eu'), node('a', 'eu')], ['eu a']],
    ['not one that is silent', [node('a', 'eu', { reachable: false }), node('b', 'us')], ['us b']],
    ['not one that is full', [node('a', 'eu', { accepting: false })], []],
    [
      'not one that is about to stop',
      [node('a', 'eu', { draining: true }), node('b', 'eu', { peers: 9 })],
      ['eu b'],
    ],
    ['not one where nothing can be measured', [{ ...node('a', 'eu'), probes: [] }], []],
  ])('are %s', (_what, nodes, expected) => {
    expect(listed(...nodes)).toEqual(expected);
  });

  test('are sixteen at most', () => {
    const nodes = Array.from({ length: 20 }, (_, index) => node(`node-${index}`, `region-${index}`));
    expect(listed(...nodes)).toHaveLength(16);
  });

  test('have no name and no address that the contract does not have', () => {
    expect([regionOf({ region: 'eu-west' }), regionOf({ region: '' }), regionOf({ region: 'EU' })]).toEqual([
      'eu-west',
      undefined,
      undefined,
    ]);
    const probes = [PROBE, { host: '', port: 1 }, { host: 'x y', port: 1 }, { host: 'a', port: 0 }];
    expect(probesOf({ probes })).toEqual([PROBE]);
    expect(probesOf({ probes: Array.from({ length: 9 }, () => PROBE) })).toHaveLength(4);
  });
});

test('a client that measured nothing is near the instance that it reached, if that says where it is', () => {
  const measured = [
    { region: 'eu', rttMs: 30 },
    { region: 'us', rttMs: 90 },
    { region: 'eu', rttMs: 20 },
  ];
  expect([...roundTrips(measured, 'us')]).toEqual([
    ['eu', 20],
    ['us', 90],
  ]);
  expect([...roundTrips(undefined, 'us')]).toEqual([['us', 0]]);
  expect([...roundTrips([], 'us')]).toEqual([['us', 0]]);
  expect([...roundTrips()]).toEqual([]);
});

describe('a server with nodes in two regions', () => {
  let eu: FakeMediaNode;
  let us: FakeMediaNode;
  let placed: jest.SpiedFunction<RemoteNodes['place']>;

  beforeEach(async () => {
    [eu, us] = [await FakeMediaNode.start(MEDIA_GRPC_SECRET), await FakeMediaNode.start(MEDIA_GRPC_SECRET)];
    Object.assign(eu, { region: 'eu', probes: [PROBE] });
    Object.assign(us, { region: 'us', probes: [{ ...PROBE, host: '203.0.113.7' }] });
    placed = jest.spyOn(RemoteNodes.prototype, 'place');
  });
  const on = useSignaling(
    () => Promise.resolve(),
    () => ({ MEDIA_ADDRESSES: `${eu.address},${us.address}`, REGION: 'us' }),
  );
  afterEach(async () => {
    placed.mockRestore();
    await Promise.all([eu.stop(), us.stop()]);
  });

  const WISH = { protocol: PROTOCOL_VERSION, rtpCapabilities: RTP_CAPABILITIES } as const;
  const names = async () =>
    (await on.signaling.rooms.call('listRegions', {})).regions.map(({ name }) => name);
  const join = async (regionTimes?: RegionTimes): Promise<TestClient> =>
    (await on.signaling.connect(on.code, 'Ada')).join(regionTimes === undefined ? {} : { regionTimes });
  /** What the last placement knew of the regions. */
  const known = () => Object.fromEntries(placed.mock.lastCall?.[0].regionTimes ?? []);

  test('lists them with the addresses of their probes, as long as somebody can be placed there', async () => {
    expect((await on.signaling.rooms.call('listRegions', {})).regions).toEqual([
      { name: 'eu', probes: [PROBE] },
      { name: 'us', probes: [{ ...PROBE, host: '203.0.113.7' }] },
    ]);
    eu.draining = true;
    await waitFor(async () => (await names()).join() === 'us', { timeoutMs: 5_000 });
    eu.draining = false;
    await waitFor(async () => (await names()).join() === 'eu,us', { timeoutMs: 5_000 });
    await us.stop();
    await waitFor(async () => (await names()).join() === 'eu', { timeoutMs: 8_000 });
  });

  test('puts the media of each person near them, on a further node of the room only where that is worth it', async () => {
    const times = (toEu: number, toUs: number) => [
      { region: 'eu', rttMs: toEu },
      { region: 'us', rttMs: toUs },
    ];
    const nodeOf = ({ peerId }: TestClient) => [eu, us].find(({ peers }) => peers.has(peerId))?.region;
    const ada = await join(times(12, 95));
    // 20 ms are not worth links to another node.
    const bob = await join(times(40, 20));
    const chen = await join(times(95, 12));
    // Now the room is on both.
    const dora = await join(times(40, 20));
    expect([ada, bob, chen, dora].map(nodeOf)).toEqual(['eu', 'eu', 'us', 'us']);
    await bob.reopen();
    expect(nodeOf(bob)).toBe('us');
  });

  test('places media by what the client measured, without regions that are not ours', async () => {
    await join([
      { region: 'eu', rttMs: 12 },
      { region: 'us', rttMs: 95 },
      { region: 'mars', rttMs: 1 },
    ]);
    expect(known()).toEqual({ eu: 12, us: 95 });
  });

  test.each([undefined, [], [{ region: 'mars', rttMs: 1 }]])(
    'takes a client that measured %j for one that is near its edge',
    async (regionTimes) => {
      await join(regionTimes);
      expect(known()).toEqual({ us: 0 });
    },
  );

  test('remembers it of the peer, also after it came back on another socket', async () => {
    const ada = await join([{ region: 'eu', rttMs: 12 }]);
    await ada.reopen();
    expect(known()).toEqual({ eu: 12 });
    const again = await on.signaling.reconnect(ada);
    await again.resume();
    placed.mockClear();
    await again.reopen();
    expect(known()).toEqual({ eu: 12 });
  });

  test('places the media of the lobby by it too', async () => {
    const ada = await join();
    await ada.request('producer:create', microphone());
    const late = await on.signaling.connect(on.code, 'Late');
    await late.request('lobby:open', { ...WISH, regionTimes: [{ region: 'eu', rttMs: 12 }] });
    expect(known()).toEqual({ eu: 12 });
  });

  test.each([
    [{ region: 'EU', rttMs: 1 }],
    [{ region: 'eu', rttMs: -1 }],
    [{ region: 'eu', rttMs: 1, host: 'x' }],
  ])('refuses a join with %j', async (time) => {
    const ada = await on.signaling.connect(on.code, 'Ada');
    expect(await ada.refusal('room:join', { ...WISH, regionTimes: [time] })).toBe('invalid_request');
    expect(await ada.refusal('lobby:open', { ...WISH, regionTimes: [time] })).toBe('invalid_request');
  });
});
