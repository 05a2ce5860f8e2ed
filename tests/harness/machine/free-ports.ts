import { createSocket } from 'node:dgram';
import { connect, createServer } from 'node:net';
import { randomInt } from 'node:crypto';

// Below the range from which the kernel takes the ports of outgoing connections.
const LOWEST = 20_000;
const HIGHEST = 32_000;
const ATTEMPTS = 200;

export function isTcpFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

export function isUdpFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => socket.close(() => resolve(false)));
    socket.bind({ port, address: '127.0.0.1', exclusive: true }, () => socket.close(() => resolve(true)));
  });
}

/** Whether a program accepts TCP connections there. */
export function isListening(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

async function areFree(first: number, count: number): Promise<boolean> {
  const ports = Array.from({ length: count }, (_, index) => first + index);
  const free = await Promise.all(
    ports.map(async (port) => (await isTcpFree(port)) && (await isUdpFree(port))),
  );
  return free.every(Boolean);
}

/** The first of `count` consecutive ports that are free on loopback, from a random place: two test runs at once rarely meet. */
export async function findFreePorts(count: number): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const first = randomInt(LOWEST, HIGHEST - count);
    if (await areFree(first, count)) return first;
  }
  throw new Error(`no ${count} consecutive free ports between ${LOWEST} and ${HIGHEST}`);
}
