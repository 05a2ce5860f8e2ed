import { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { Turns } from '../src/socket/limits/turns.ts';

function requestOf(socket = Object.assign(new EventEmitter(), { destroyed: false })) {
  return { socket, request: { socket } as unknown as IncomingMessage };
}

test('of sessions that come at once, one begins in a turn, in their order', async () => {
  const turns = new Turns();
  const begun: number[] = [];
  for (const session of [1, 2, 3]) turns.wait(requestOf().request, () => begun.push(session));
  expect(begun).toEqual([]);
  for (const expected of [[1], [1, 2], [1, 2, 3]]) {
    await turn();
    expect(begun).toEqual(expected);
  }
  turns.wait(requestOf().request, () => begun.push(4));
  await turn();
  expect(begun).toEqual([1, 2, 3, 4]);
});

test('a client that breaks off before its turn ends nothing, and begins nothing', async () => {
  const turns = new Turns();
  const begun: string[] = [];
  const { socket, request } = requestOf();
  turns.wait(request, () => begun.push('gone'));
  turns.wait(requestOf().request, () => begun.push('there'));
  // Nobody else listens: without a listener this would throw.
  socket.emit('error', new Error('ECONNRESET'));
  socket.destroyed = true;
  await turn();
  await turn();
  expect(begun).toEqual(['there']);
});
