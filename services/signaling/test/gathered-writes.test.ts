import { Duplex } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { gatherWrites } from '../src/socket/limits/gathered-writes.ts';

/** A socket that notes what leaves together. */
function recording(): { socket: Duplex; calls: string[][] } {
  const calls: string[][] = [];
  const socket = new Duplex({
    decodeStrings: false,
    read() {},
    write(chunk: string, _encoding, done) {
      calls.push([chunk]);
      done();
    },
    writev(chunks, done) {
      calls.push(chunks.map(({ chunk }) => chunk as string));
      done();
    },
  });
  gatherWrites(socket);
  return { socket, calls };
}

/** As `ws` does. */
function sendFrame(socket: Duplex, text: string): void {
  socket.cork();
  socket.write('header');
  socket.write(text);
  socket.uncork();
}

test('frames of one turn leave together and in order, and those of the next turn after them', async () => {
  const { socket, calls } = recording();
  for (const text of ['a', 'b', 'c']) sendFrame(socket, text);
  await Promise.resolve();
  expect(calls).toEqual([]);
  await turn();
  expect(calls).toEqual([['header', 'a', 'header', 'b', 'header', 'c']]);
  sendFrame(socket, 'd');
  await turn();
  expect(calls.slice(1)).toEqual([['header', 'd']]);
});

test('what was written before the end of the socket leaves with it', () => {
  const { socket, calls } = recording();
  sendFrame(socket, 'last');
  socket.end();
  expect(calls).toEqual([['header', 'last']]);
});

test('a socket that is destroyed in the same turn does no harm', async () => {
  const { socket, calls } = recording();
  sendFrame(socket, 'lost');
  socket.destroy();
  await turn();
  expect(calls).toEqual([]);
});
