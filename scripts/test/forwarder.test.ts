import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Forwarder } from '../launcher/start/forwarder.ts';

const HOST = '127.0.0.1';

let service: Server;
let edge: Server;
let forwarder: Forwarder;
/** The requests that reached the service. */
let reached: string[];
let answer: (request: IncomingMessage, response: ServerResponse) => void;

beforeEach(async () => {
  reached = [];
  answer = (_request, response) => void response.end('answer');
  service = await listen((request, response) => {
    reached.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  forwarder = new Forwarder((response) => void response.writeHead(502).end());
  edge = await listen((request, response) => forwarder.web(request, response, addressOf(service)));
});

afterEach(async () => {
  forwarder.close();
  await Promise.all([edge, service].map(end));
});

async function listen(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<Server> {
  const server = createServer(handle);
  server.listen(0, HOST);
  await once(server, 'listening');
  return server;
}

async function end(server: Server): Promise<void> {
  server.closeAllConnections();
  if (server.listening) await new Promise((resolve) => server.close(resolve));
}

const addressOf = (server: Server) => `http://${HOST}:${(server.address() as AddressInfo).port}`;

/** As a service that closes a connection on which it has answered before, at the moment of the next request. */
function closeUsedConnections(): void {
  const used = new Set<unknown>();
  answer = ({ socket }, response) => {
    if (used.has(socket)) return void socket.destroy();
    used.add(socket);
    response.end('answer');
  };
}

const ask = (path: string, method = 'GET', body: string | null = null) =>
  fetch(`${addressOf(edge)}${path}`, { method, body });

test('a page is sent although the service closes the idle connection when the request arrives', async () => {
  closeUsedConnections();
  for (const path of ['/first', '/second', '/third']) {
    const response = await ask(path);
    expect([response.status, await response.text()]).toEqual([200, 'answer']);
  }
  expect(reached).toEqual(['GET /first', 'GET /second', 'GET /second', 'GET /third']);
});

test('a request that changes something is never sent twice', async () => {
  closeUsedConnections();
  await (await ask('/first')).text();
  expect((await ask('/second', 'POST', 'body')).status).toBe(502);
  expect(reached).toEqual(['GET /first', 'POST /second']);
});

test('a service that closes new connections as well is asked once', async () => {
  answer = ({ socket }) => void socket.destroy();
  expect((await ask('/first')).status).toBe(502);
  expect(reached).toEqual(['GET /first']);
});

test('an answer that the service breaks off ends for the client too', async () => {
  answer = ({ socket }, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('the first part', () => socket.destroy());
  };
  const response = await ask('/first');
  await expect(response.text()).rejects.toThrow();
});
