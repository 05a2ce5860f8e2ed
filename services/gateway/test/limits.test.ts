import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { clientAddress, clientKey } from '../src/client-address.ts';
import { RateLimiter } from '../src/rate-limiter.ts';
import { RoomOwner, startGateway, type Gateway } from './gateway-harness.ts';

describe('the address of a client', () => {
  test.each([
    ['the socket where no proxy is trusted', '192.0.2.1', '203.0.113.9', 0, '192.0.2.1'],
    ['what our one proxy saw', '127.0.0.1', '203.0.113.9', 1, '203.0.113.9'],
    [
      'what our proxy saw, not what the client claims',
      '127.0.0.1',
      '10.0.0.1, 203.0.113.9',
      1,
      '203.0.113.9',
    ],
    ['what the outer of two proxies saw', '127.0.0.1', '1.1.1.1, 203.0.113.9, 10.0.0.2', 2, '203.0.113.9'],
    ['the socket where the proxy said nothing', '192.0.2.1', undefined, 1, '192.0.2.1'],
    ['the first entry where there are fewer than proxies', '127.0.0.1', '203.0.113.9', 3, '203.0.113.9'],
    ['the socket where the entry is no address', '192.0.2.1', 'unknown', 1, '192.0.2.1'],
    ['the socket where the entry is empty', '192.0.2.1', '', 1, '192.0.2.1'],
    ['without a port', '127.0.0.1', '203.0.113.9:4711', 1, '203.0.113.9'],
    ['without brackets and port', '127.0.0.1', '[2001:db8::1]:443', 1, '2001:db8::1'],
    ['IPv4 when seen through IPv6', '::ffff:192.0.2.1', undefined, 1, '192.0.2.1'],
    ['without a zone', 'fe80::1%eth0', undefined, 0, 'fe80::1'],
  ])('is %s', (_what, socket, forwarded, hops, expected) => {
    expect(clientAddress(socket, forwarded, hops)).toBe(expected);
  });

  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:0db8::0001', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
  ])('%s counts as %s', (address, key) => {
    expect(clientKey(address)).toBe(key);
  });
});

describe('a rate limiter', () => {
  test('limits each client on its own and says how long to wait', () => {
    const limiter = new RateLimiter({ burst: 2, perSecond: 0.1 });
    expect([limiter.take('a'), limiter.take('a')]).toEqual([0, 0]);
    const wait = limiter.take('a');
    expect(wait).toBeGreaterThan(9_000);
    expect(wait).toBeLessThanOrEqual(10_000);
    expect(limiter.take('b')).toBe(0);
  });

  test('forgets those seen longest ago and never holds more than its bound', () => {
    const limiter = new RateLimiter({ burst: 1, perSecond: 0.001 }, 100);
    limiter.take('busy');
    for (let index = 0; index < 1_000; index++) {
      limiter.take(`stranger ${index}`);
      if (index % 50 === 0) limiter.take('busy');
    }
    expect(limiter.size).toBe(100);
    expect(limiter.take('busy')).toBeGreaterThan(0);
    expect(limiter.take('stranger 0')).toBe(0);
  });
});

describe('the rate limits of the gateway', () => {
  let owner: RoomOwner;
  let gateway: Gateway;

  beforeEach(async () => {
    owner = await RoomOwner.create();
    gateway = await startGateway({ signaling: [owner.address], rateFactor: 1 });
  });

  afterEach(async () => {
    await gateway.close();
    await owner.close();
  });

  const make = (client: string) =>
    gateway.post('/api/rooms', {}, { 'x-forwarded-for': `6.6.6.6, ${client}` });

  test('refuse one who makes too many rooms, and nobody else', async () => {
    const answers = await Promise.all(Array.from({ length: 60 }, () => make('203.0.113.1')));
    const refused = answers.filter((answer) => answer.status === 429);
    expect(answers.length - refused.length).toBeGreaterThanOrEqual(30);
    expect(refused.length).toBeGreaterThan(0);
    expect(await refused[0]?.json()).toMatchObject({ error: { code: 'rate_limited' } });
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect((await make('203.0.113.2')).status).toBe(201);
    expect((await gateway.get('/api/ice-servers', { 'x-forwarded-for': '203.0.113.1' })).status).toBe(200);
    const counted = (await gateway.metricsText())
      .split('\n')
      .filter((line) => line.startsWith('parley_http_rate_limited_total{') && line.includes('"createRoom"'));
    expect(counted.map((line) => Number(line.split(' ').at(-1)))).toEqual([refused.length]);
  });

  test('do not touch the health answer', async () => {
    const answers = await Promise.all(Array.from({ length: 300 }, () => gateway.get('/api/healthz')));
    expect(answers.every((answer) => answer.status === 200)).toBe(true);
  });
});
