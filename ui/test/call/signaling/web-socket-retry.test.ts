import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Dialed, Sockets } from '../../../src/call/signaling/sockets.ts';
import { WEBSOCKET_AGAIN_MS, WebSocketRetry } from '../../../src/call/signaling/web-socket-retry.ts';

let overWebSocket: boolean;
let lets: boolean;
let current: object;
let moved: number;
let dialed: { how: string; closed: boolean }[];
let retry: WebSocketRetry;

beforeEach(() => {
  jest.useFakeTimers();
  overWebSocket = false;
  lets = false;
  moved = 0;
  dialed = [];
  current = {
    get overWebSocket() {
      return overWebSocket;
    },
  };
  const sockets = {
    get current() {
      return current;
    },
    dial: (_auth: unknown, how: string) => {
      const attempt = { how, closed: false };
      dialed.push(attempt);
      const opened = lets ? Promise.resolve() : Promise.reject(new Error('no'));
      return { connection: { close: () => (attempt.closed = true) }, opened } as unknown as Dialed;
    },
  } as unknown as Sockets;
  retry = new WebSocketRetry({
    sockets,
    auth: () => Promise.resolve({ resumeSecret: 'secret' }),
    onOpened: () => {
      moved += 1;
      return true;
    },
  });
});

afterEach(() => {
  retry.close();
  jest.useRealTimers();
});

const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

describe('a client on long polling', () => {
  test('tries a WebSocket again each minute, and moves over when one opens', async () => {
    retry.start();
    await pass(3 * WEBSOCKET_AGAIN_MS);
    expect(dialed).toEqual([
      { how: 'openWebSocket', closed: true },
      { how: 'openWebSocket', closed: true },
      { how: 'openWebSocket', closed: true },
    ]);
    lets = true;
    await pass(WEBSOCKET_AGAIN_MS);
    expect(moved).toBe(1);
    expect(dialed.at(-1)?.closed).toBe(false);
  });

  test('tries nothing once it has a WebSocket', async () => {
    overWebSocket = true;
    retry.start();
    overWebSocket = false;
    await pass(2 * WEBSOCKET_AGAIN_MS);
    retry.start();
    overWebSocket = true;
    await pass(2 * WEBSOCKET_AGAIN_MS);
    expect(dialed).toEqual([]);
  });

  test('drops what it opened when another socket is in use by then, or when it is closed', async () => {
    lets = true;
    retry.start();
    jest.advanceTimersByTime(WEBSOCKET_AGAIN_MS);
    current = { overWebSocket: true };
    await pass(0);
    expect(moved).toBe(0);
    expect(dialed).toEqual([{ how: 'openWebSocket', closed: true }]);
    retry.close();
    await pass(2 * WEBSOCKET_AGAIN_MS);
    expect(dialed).toHaveLength(1);
  });
});
