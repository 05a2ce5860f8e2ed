import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { RoomOwner, startGateway, type Gateway } from './gateway-harness.ts';

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

  test('refuse a client that makes too many rooms, and no other', async () => {
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
      .filter(
        (line) => line.startsWith('parley_gateway_rate_limited_total{') && line.includes('"/api/rooms"'),
      );
    expect(counted.map((line) => Number(line.split(' ').at(-1)))).toEqual([refused.length]);
  });

  test('refuse a flood of rooms from many addresses in the long run', async () => {
    const answers: number[] = [];
    for (let network = 0; network < 30; network++) {
      const batch = Array.from({ length: 20 }, () => make(`198.51.100.${network}`));
      answers.push(...(await Promise.all(batch)).map(({ status }) => status));
    }
    expect(answers.slice(0, 500)).toEqual(Array<number>(500).fill(201));
    expect(answers).toContain(429);
  });

  test('count a /48 of IPv6 as one client in the long run', async () => {
    const answers: number[] = [];
    for (let index = 0; index < 40; index++) {
      const address = `2001:db8:7:${(index * 256).toString(16)}::1`;
      const batch = Array.from({ length: 20 }, () => make(address));
      answers.push(...(await Promise.all(batch)).map(({ status }) => status));
    }
    expect(answers.filter((status) => status === 201).length).toBeGreaterThanOrEqual(480);
    expect(answers).toContain(429);
    expect((await make('2001:db8:8::1')).status).toBe(201);
  });

  test('do not apply to the health check', async () => {
    const answers = await Promise.all(Array.from({ length: 300 }, () => gateway.get('/api/healthz')));
    expect(answers.every((answer) => answer.status === 200)).toBe(true);
  });
});
