import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ParleyError } from '@parley/proto/errors';
import type { TraceId } from '@parley/proto/ids';
import { ROUTES } from '@parley/proto/rest';
import { SignalingRegions } from '../src/rooms/signaling-regions.ts';
import { RoomOwner, startGateway, type Gateway } from './gateway-harness.ts';

const PATH = ROUTES.listRegions.path;
const TRACE = 'ab'.repeat(16) as TraceId;
const EU = { name: 'eu', probes: [{ host: '198.51.100.7', port: 40_101 }] };
const US = { name: 'us', probes: [{ host: '2001:db8::7', port: 40_101 }] };

describe('the regions', () => {
  let owner: RoomOwner;
  let gateway: Gateway;
  let now = 0;

  beforeAll(async () => {
    owner = await RoomOwner.create();
  });
  afterAll(() => owner.close());
  beforeEach(async () => {
    owner.calls.length = 0;
    owner.override = { listRegions: () => ({ regions: [EU, US] }) };
    gateway = await startGateway({ signaling: [owner.address] });
    now = 0;
  });
  afterEach(() => gateway.close());

  const failing = () => {
    throw new ParleyError('unavailable');
  };

  test('are those of signaling, for everybody, and may be kept for some seconds', async () => {
    const response = await gateway.get(PATH);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ regions: [EU, US] });
    expect(response.headers.get('cache-control')).toBe('public, max-age=5');
    expect(response.headers.get('set-cookie')).toBeNull();
  });

  test('are not kept when signaling is away', async () => {
    owner.override = { listRegions: failing };
    const response = await gateway.get(PATH);
    expect([response.status, response.headers.get('cache-control')]).toEqual([503, 'no-store']);
    owner.override = { listRegions: () => ({ regions: [] }) };
    expect(await (await gateway.get(PATH)).json()).toEqual({ regions: [] });
  });

  test.each([
    ['a name', { ...EU, name: 'EU' }],
    ['no address', { ...EU, probes: [] }],
    ['an address', { ...EU, probes: [{ host: 'a b', port: 1 }] }],
    ['a port', { ...EU, probes: [{ host: 'a', port: 0 }] }],
  ])('with %s that the contract does not have go to nobody', async (_what, region) => {
    owner.override = { listRegions: () => ({ regions: [region] }) };
    expect((await gateway.get(PATH)).status).toBe(500);
  });

  test('are asked for once a second, however many ask, and again after a failure', async () => {
    const regions = new SignalingRegions(gateway.signaling, () => now);
    expect(await Promise.all([regions.list(TRACE), regions.list(TRACE)])).toEqual([
      [EU, US],
      [EU, US],
    ]);
    now = 999;
    await regions.list(TRACE);
    expect(owner.calls).toHaveLength(1);
    now = 1_000;
    owner.override = { listRegions: failing };
    await expect(regions.list(TRACE)).rejects.toMatchObject({ code: 'unavailable' });
    owner.override = { listRegions: () => ({ regions: [US] }) };
    expect(await regions.list(TRACE)).toEqual([US]);
  });

  test('are limited for each address', async () => {
    const limited = await startGateway({ signaling: [owner.address], rateFactor: 0.01 });
    const ask = async (address: string) => (await limited.get(PATH, { 'x-forwarded-for': address })).status;
    expect([await ask('192.0.2.1'), await ask('192.0.2.1'), await ask('192.0.2.2')]).toEqual([200, 429, 200]);
    await limited.close();
  });
});
