import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import type { WebSocket } from 'ws';
import { boundedWebSockets } from '../src/socket/limits/bounded-web-sockets.ts';
import { SilentWebSocket } from './support/silent-web-socket.ts';

const RATES = { packetsPerSecond: 10_000, bytesPerSecond: 1_000_000 };

let http: Server;
let opened: SilentWebSocket[];
let onOpened: (webSocket: WebSocket) => void;

beforeEach(async () => {
  const webSockets = new (boundedWebSockets(RATES, () => undefined))({ noServer: true });
  http = createServer();
  http.on('upgrade', (request, socket, head) =>
    webSockets.handleUpgrade(request, socket, head, (webSocket) => onOpened(webSocket)),
  );
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  opened = [];
});

afterEach(async () => {
  for (const webSocket of opened) webSocket.close();
  http.close();
  await once(http, 'close');
});

async function open(): Promise<SilentWebSocket> {
  const webSocket = await SilentWebSocket.open(`ws://127.0.0.1:${(http.address() as AddressInfo).port}/`);
  opened.push(webSocket);
  return webSocket;
}

test('who sends much at once has one message read in a turn, and others have theirs read in between', async () => {
  const turns = new Map<string, number[]>();
  let turn = 0;
  const count = () => {
    turn += 1;
    counting = setImmediate(count);
  };
  let counting = setImmediate(count);
  onOpened = (webSocket) =>
    webSocket.on('message', (data: Buffer) => {
      const sender = data.toString();
      turns.set(sender, [...(turns.get(sender) ?? []), turn]);
    });
  const [many, one] = [await open(), await open()];
  many.send(...Array.from({ length: 500 }, () => 'many'));
  await waitFor(() => turns.has('many'), { intervalMs: 1, what: 'the first message' });
  one.send('one');
  await waitFor(() => turns.get('many')?.length === 500, { what: 'all messages' });
  clearImmediate(counting);
  expect(new Set(turns.get('many')).size).toBe(500);
  expect(turns.get('one')).toHaveLength(1);
});

test('a client that does not close its end loses it soon', async () => {
  let closed = false;
  onOpened = (webSocket) => {
    webSocket.once('close', () => (closed = true));
    webSocket.close();
  };
  const client = await open();
  await waitFor(() => closed && client.closed, { timeoutMs: 10_000, what: 'the end of the WebSocket' });
});
