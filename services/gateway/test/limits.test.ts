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

  /** Twenty rooms from each address, until one is refused: a slow machine needs more, because the bucket fills meanwhile. */
  const flood = async (addressOf: (batch: number) => string): Promise<number[]> => {
    const answers: number[] = [];
    for (let batch = 0; batch < 250 && !answers.includes(429); batch++) {
      const made = await Promise.all(Array.from({ length: 20 }, () => make(addressOf(batch))));
      answers.push(...made.map(({ status }) => status));
    }
    return answers;
  };

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
    const answers = await flood((batch) => `198.51.${100 + Math.floor(batch / 250)}.${batch % 250}`);
    expect(answers.slice(0, 500)).toEqual(Array<number>(500).fill(201));
    expect(answers).toContain(429);
  });

  test('count a /48 of IPv6 as one client in the long run', async () => {
    const answers = await flood((batch) => `2001:db8:7:${(batch * 256).toString(16)}::1`);
    expect(answers.filter((status) => status === 201).length).toBeGreaterThanOrEqual(480);
    expect(answers).toContain(429);
    expect((await make('2001:db8:8::1')).status).toBe(201);
  });

  test('end the guessing of codes, also with an invented X-Forwarded-For, whether the rooms exist or not', async () => {
    const { code } = (await (await make('203.0.113.50')).json()) as { code: string };
    // Ten at once and one in two seconds: a slow machine does not outwait it.
    const strict = await startGateway({ signaling: [owner.address], rateFactor: 0.05 });
    const ask = async (asked: string, client: string, index: number): Promise<number> => {
      const headers = { 'x-forwarded-for': `6.6.6.${index}, ${client}` };
      return (await strict.get(`/api/rooms/${asked}`, headers)).status;
    };
    const askAll = (asked: string, client: string): Promise<number[]> =>
      Promise.all(Array.from({ length: 40 }, (_, index) => ask(asked, client, index)));
    const [missing, existing] = [
      await askAll('zzzz-zzzz-zzz', '203.0.113.51'),
      await askAll(code, '203.0.113.52'),
    ];
    expect(new Set(missing)).toEqual(new Set([404, 429]));
    expect(new Set(existing)).toEqual(new Set([200, 429]));
    expect(await ask(code, '203.0.113.53', 0)).toBe(200);
    await strict.close();
  });

  test('do not apply to the health check', async () => {
    const answers = await Promise.all(Array.from({ length: 300 }, () => gateway.get('/api/healthz')));
    expect(answers.every((answer) => answer.status === 200)).toBe(true);
  });
});
