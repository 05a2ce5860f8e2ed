import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { RoomOwner, startGateway, type Gateway } from './gateway-harness.ts';

describe('the pages of other sites', () => {
  let owner: RoomOwner;
  let gateway: Gateway;

  beforeEach(async () => {
    owner = await RoomOwner.create();
    gateway = await startGateway({ signaling: [owner.address] });
  });

  afterEach(async () => {
    await gateway.close();
    await owner.close();
  });

  test.each<[string, Record<string, string>, number]>([
    ['our own page', { origin: 'OWN' }, 201],
    ['a listed origin', { origin: 'https://meet.example' }, 201],
    ['a program that sends no origin', {}, 201],
    ['another site', { origin: 'https://evil.example' }, 403],
    ['another port of this machine', { origin: 'http://127.0.0.1:1' }, 403],
    ['a page without an origin', { origin: 'null' }, 403],
    ['a browser that hides the origin of another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a neighbour', { 'sec-fetch-site': 'same-site' }, 403],
  ])('%s: may it write?', async (_who, headers, status) => {
    const given = headers['origin'] === 'OWN' ? { origin: gateway.url } : headers;
    const response = await gateway.post('/api/rooms', {}, given);
    expect(response.status).toBe(status);
    expect(owner.rooms.size).toBe(status === 201 ? 1 : 0);
    if (status === 403)
      expect(await response.json()).toMatchObject({ error: { code: 'origin_not_allowed' } });
  });

  test('can ask, because their browsers show them no answer', async () => {
    const response = await gateway.get('/api/healthz', { origin: 'https://evil.example' });
    expect(response.status).toBe(200);
    expect(response.headers.has('access-control-allow-origin')).toBe(false);
  });
});

test('a request that is not complete in its time is ended, although parts of its body come all the time', async () => {
  const gateway = await startGateway({ signaling: [], requestTimeoutMs: 400 });
  const socket = connect(gateway.port, '127.0.0.1');
  try {
    let answer = '';
    socket.on('data', (data: Buffer) => (answer += data.toString()));
    socket.on('error', () => undefined);
    const begin = 'POST /api/rooms HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';
    socket.write(`${begin}Content-Length: 1000\r\n\r\n{`);
    const drip = setInterval(() => socket.write(' '), 50);
    await new Promise((resolve) => socket.once('close', resolve));
    clearInterval(drip);
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  } finally {
    socket.destroy();
    await gateway.close();
  }
});
