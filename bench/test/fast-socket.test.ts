import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { waitFor } from '@parley/common/testing';
import { Server } from 'socket.io';
import { Audience } from '../fanout/audience.ts';
import { FastSocket } from '../fanout/fast-socket.ts';

const IDS = [
  '00000000-0000-4000-8000-000000000001',
  '00000000-0000-4000-8000-000000000002',
  '00000000-0000-4000-8000-000000000003',
] as const;
const http = createServer();
/** Pings often, also before a client is connected. */
const server = new Server(http, { pingInterval: 50, serveClient: false });
let origin = '';

beforeAll(async () => {
  server.use((socket, next) => next(socket.handshake.auth['peerId'] ? undefined : new Error('nobody')));
  server.on('connection', (socket) => {
    const { peerId } = socket.handshake.auth as { peerId: string };
    socket.on('peer:react', ({ reaction }: { reaction: string }, answer: (reply: object) => void) => {
      socket.broadcast.emit('peer:reacted', { peerId, reaction });
      answer(reaction === 'clap' ? { ok: true, data: {} } : { ok: false, error: { code: 'invalid' } });
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});

afterAll(() => server.close());

const open = (peerId: string) => FastSocket.open(origin, { peerId });

test('a client asks, is answered, hears the others and answers pings', async () => {
  const [one, other] = await Promise.all([open(IDS[0]), open(IDS[1])]);
  const heard: string[] = [];
  other.onEvent = (data) => heard.push(data.toString());
  expect(await one.request('peer:react', { reaction: 'clap' })).toEqual({ ok: true, data: {} });
  await waitFor(() => heard.length > 0, { what: 'the reaction' });
  expect(heard).toEqual([`42["peer:reacted",{"peerId":"${IDS[0]}","reaction":"clap"}]`]);
  const [onServer] = server.sockets.sockets.values();
  let pings = 0;
  onServer?.conn.on('packet', ({ type }) => (pings += Number(type === 'pong')));
  await waitFor(() => pings >= 4, { what: 'four answered pings' });
  expect(await one.request('peer:react', { reaction: 'clap' })).toEqual({ ok: true, data: {} });
  for (const client of [one, other]) client.close();
});

test('a client that is not let in says so', async () => {
  await expect(FastSocket.open(origin, {})).rejects.toThrow('not connected: 44');
});

test('an audience counts what everybody but the sender receives, and how long it took', async () => {
  const people = await Promise.all(IDS.map(async (peerId) => ({ peerId, socket: await open(peerId) })));
  const audience = new Audience(people);
  let cpu = 0;
  const { count, expected, p50Ms, serverNs } = await audience.react(50, 1_000, () => (cpu += 7));
  expect(expected).toBeGreaterThanOrEqual(40);
  // What is under way at the beginning and at the end counts on one side only.
  expect(count / expected).toBeGreaterThan(0.6);
  expect(count / expected).toBeLessThan(1.4);
  expect(p50Ms).toBeGreaterThan(0);
  expect(serverNs).toBe(7);
  audience.close();
});
