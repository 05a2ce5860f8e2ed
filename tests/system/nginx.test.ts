import { request } from 'node:http';
import type { Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { NginxEdge } from '../harness/nginx-edge.ts';
import { Witness } from '../harness/witness.ts';

let ui: Witness;
let gateway: Witness;
let signaling: Witness;
let logs: Witness;
let edge: NginxEdge;

const everyone = () => [ui, gateway, signaling, logs];

beforeAll(async () => {
  ui = await Witness.start('ui');
  gateway = await Witness.start('gateway');
  signaling = await Witness.start('signaling');
  logs = await Witness.start('logs');
  edge = await NginxEdge.start({
    UI_ADDRESSES: ui.address,
    GATEWAY_ADDRESSES: gateway.address,
    SIGNALING_ADDRESSES: signaling.address,
    LOGS_ADDRESSES: logs.address,
  });
});

afterEach(() => {
  for (const one of everyone()) one.forget();
});

afterAll(async () => {
  await edge?.stop();
  for (const one of everyone()) await one?.close();
});

function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${edge.origin}${path}`, { headers, redirect: 'manual' });
}

function upgrade(path: string): Promise<{ status: number; socket?: Socket }> {
  return new Promise((resolve, reject) => {
    const headers = { connection: 'Upgrade', upgrade: 'websocket' };
    const outgoing = request({ host: '127.0.0.1', port: edge.httpPort, path, headers });
    outgoing.once('upgrade', ({ statusCode = 0 }, socket: Socket) => resolve({ status: statusCode, socket }));
    outgoing.once('response', (response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0 });
    });
    outgoing.once('error', reject);
    outgoing.end();
  });
}

describe('which path leads where', () => {
  test.each([
    ['/', 'ui /'],
    ['/r/abc-defg-hij', 'ui /r/abc-defg-hij'],
    ['/apiary', 'ui /apiary'],
    ['/?next=/api/', 'ui /?next=/api/'],
    ['/api/rooms?x=1', 'gateway /api/rooms?x=1'],
    ['/socket.io/?EIO=4&transport=polling&k=1', 'signaling /socket.io/?EIO=4&transport=polling&k=1'],
    ['/logs/api/lines?q=1', 'logs /api/lines?q=1'],
  ])('%s', async (path, answer) => {
    expect(await (await get(path)).text()).toBe(answer);
  });

  test('the viewer of logs without its slash leads to the one with it', async () => {
    const response = await get('/logs');
    expect(response.status).toBe(301);
    expect(response.headers.get('location')).toBe('/logs/');
  });
});

describe('WebSockets', () => {
  test('of signaling are connected through in both directions', async () => {
    const { status, socket } = await upgrade('/socket.io/?EIO=4&transport=websocket&k=1');
    expect(status).toBe(101);
    const echoed = new Promise((resolve) => socket!.once('data', (data: Buffer) => resolve(data.toString())));
    socket!.write('hello');
    expect(await echoed).toBe('hello');
    socket!.destroy();
  });

  test.each(['/', '/_next/webpack-hmr', '/api/rooms', '/logs/'])(
    'are asked of nobody at %s: the request arrives as a plain one',
    async (path) => {
      const { status } = await upgrade(path);
      expect(status).toBe(200);
      for (const one of everyone()) expect(one.upgrades).toEqual([]);
    },
  );
});
