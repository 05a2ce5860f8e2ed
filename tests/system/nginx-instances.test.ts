import { request } from 'node:http';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { NginxEdge } from '../harness/servers/nginx-edge.ts';
import { RecordingServer, type Answer } from '../harness/servers/recording-server.ts';

const WEBSOCKET = '/socket.io/?EIO=4&transport=websocket';
const AT_ONCE = 20;

/** Breaks off the requests whose path says so, as an instance does that is in trouble with one of its sessions. */
const answering =
  (name: string): Answer =>
  ({ url = '', socket }, response) => {
    if (url.includes('break')) socket.destroy();
    else response.end(name);
  };

let instances: [RecordingServer, RecordingServer];
let edge: NginxEdge;
const sockets: Socket[] = [];

beforeEach(async () => {
  instances = [
    await RecordingServer.start('first', answering('first')),
    await RecordingServer.start('second', answering('second')),
  ];
  edge = await NginxEdge.start({
    SIGNALING_ADDRESSES: instances.map(({ address }) => address).join(','),
    EDGE_WORKERS: '1',
  });
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await edge?.stop();
  for (const instance of instances) await instance.close();
});

/** Resolves with the status of the answer: 101 if the socket is open. */
function openSocket(): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { connection: 'Upgrade', upgrade: 'websocket' };
    const outgoing = request({ host: '127.0.0.1', port: edge.httpPort, path: WEBSOCKET, headers });
    outgoing.once('upgrade', ({ statusCode = 0 }, socket: Socket) => {
      socket.on('error', () => socket.destroy());
      sockets.push(socket);
      resolve(statusCode);
    });
    outgoing.once('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    outgoing.once('error', reject);
    outgoing.end();
  });
}

/** The statuses of so many clients that dial in the same moment. */
async function dial(count = AT_ONCE): Promise<number[]> {
  return [...new Set(await Promise.all(Array.from({ length: count }, openSocket)))];
}

async function restart(index: 0 | 1, name: string): Promise<void> {
  const { port } = instances[index];
  await instances[index].close();
  expect(await dial()).toEqual([101]);
  instances[index] = await RecordingServer.start(name, answering(name), port);
}

test('an instance that died and is back takes every WebSocket at once when the other one dies', async () => {
  expect(await dial()).toEqual([101]);
  await restart(0, 'first');
  await restart(1, 'second');
  await restart(0, 'first');
  for (const instance of instances) instance.clear();
  expect(await dial()).toEqual([101]);
  expect(instances[0].upgrades.length).toBeGreaterThan(0);
});

test('a request that fails does not move the other sessions of its instance', async () => {
  const pathOf = (key: string): string => `${edge.origin}/socket.io/?EIO=4&transport=polling&k=${key}&sid=s`;
  const keys = Array.from({ length: 10 }, (_, index) => `key${index}`);
  const homes = new Map<string, string>();
  for (const key of keys) homes.set(key, await (await fetch(pathOf(key))).text());
  expect(new Set(homes.values()).size).toBe(2);

  await Promise.all(keys.map((key) => fetch(`${pathOf(key)}&break`)));
  for (const key of keys) expect(await (await fetch(pathOf(key))).text()).toBe(homes.get(key));
});
