import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { freeStartGarbage } from '../src/service/start-garbage.ts';

function forgotten(): WeakRef<object> {
  return new WeakRef({ text: 'x'.repeat(1000) });
}

test('what nothing refers to any more is freed at once, and what is in use stays', async () => {
  const [garbage, inUse] = [forgotten(), { text: 'used' }];
  const kept = new WeakRef(inUse);
  // Within one turn, V8 keeps what a WeakRef was made for.
  await nextTurn();
  expect(garbage.deref()).toBeDefined();
  await nextTurn();
  freeStartGarbage();
  expect(garbage.deref()).toBeUndefined();
  expect(kept.deref()).toBe(inUse);
});

test('no code of the service gets a collector by it', () => {
  freeStartGarbage();
  expect((globalThis as { gc?: unknown }).gc).toBeUndefined();
});
