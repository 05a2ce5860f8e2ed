import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeEach, expect, test } from '@jest/globals';
import { GrpcBatch } from '../src/grpc/grpc-batch.ts';

type Item = { name: string };

const BATCH_BYTES = 64 * 1024;
const item = (name: string): Item => ({ name });

let messages: string[][];
/** Whether the stream takes more. */
let more: boolean;
let room: number;
let batch: GrpcBatch<Item>;

beforeEach(() => {
  messages = [];
  more = true;
  room = Number.POSITIVE_INFINITY;
  batch = new GrpcBatch<Item>({
    write: (items) => {
      messages.push(items.map(({ name }) => name));
      return more;
    },
    room: () => room,
  });
});

test('what is added within one turn is one message, in order', async () => {
  for (const name of ['a', 'b']) batch.add(item(name), 10);
  await Promise.resolve().then(() => batch.add(item('c'), 10));
  expect(messages).toEqual([]);
  await nextTurn();
  batch.add(item('d'), 10);
  await nextTurn();
  expect(messages).toEqual([['a', 'b', 'c'], ['d']]);
});

test('a message has about 64 KiB at most, but for an item that is larger by itself', async () => {
  for (const [name, bytes] of [
    ['a', BATCH_BYTES - 10],
    ['b', 10],
    ['c', 1],
    ['large', 5 * BATCH_BYTES],
    ['d', 1],
  ] as const)
    batch.add(item(name), bytes);
  await nextTurn();
  expect(messages).toEqual([['a', 'b'], ['c'], ['large'], ['d']]);
});

test('nothing is written while the stream takes no more, and what waits can be taken back', async () => {
  more = false;
  batch.add(item('a'), 1);
  await nextTurn();
  const taken = item('b');
  batch.add(taken, 1);
  batch.add(item('c'), 1);
  batch.resume({ drained: false });
  await nextTurn();
  expect([messages, batch.remove(taken), batch.remove(taken)]).toEqual([[['a']], true, false]);
  more = true;
  batch.resume({ drained: true });
  await nextTurn();
  expect(messages).toEqual([['a'], ['c']]);
});

test('no more items are written than there is room for', async () => {
  room = 0;
  for (const name of ['a', 'b', 'c']) batch.add(item(name), 1);
  await nextTurn();
  expect(messages).toEqual([]);
  room = 2;
  batch.resume({ drained: false });
  await nextTurn();
  expect(messages[0]).toEqual(['a', 'b']);
});

test('it says once when everything is written', async () => {
  const said: string[] = [];
  more = false;
  batch.add(item('a'), 1);
  await nextTurn();
  batch.add(item('b'), 1);
  batch.whenEmpty(() => said.push(messages.flat().join('')));
  await nextTurn();
  expect(said).toEqual([]);
  more = true;
  batch.resume({ drained: true });
  await nextTurn();
  batch.add(item('c'), 1);
  await nextTurn();
  expect(said).toEqual(['ab']);
});

test('it says so too when the last write filled the stream and nothing waits', async () => {
  let isSaid = false;
  more = false;
  batch.add(item('a'), 1);
  await nextTurn();
  batch.whenEmpty(() => (isSaid = true));
  batch.resume({ drained: true });
  await nextTurn();
  expect(isSaid).toBe(true);
});

test('nothing is written after it is closed', async () => {
  batch.add(item('a'), 1);
  batch.close();
  batch.add(item('b'), 1);
  await nextTurn();
  expect(messages).toEqual([]);
});
