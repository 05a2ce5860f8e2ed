import { expect, jest, test } from '@jest/globals';
import { Chime } from '../../src/browser/chime.ts';

test('several things at once make one sound, on the chosen speaker', () => {
  const ring = jest.fn(async (_speakerId: string | null) => {});
  const chime = new Chime(ring);
  chime.play('headset', 10_000);
  chime.play('headset', 10_500);
  expect(ring.mock.calls).toEqual([['headset']]);
  chime.play(null, 14_000);
  expect(ring.mock.calls).toEqual([['headset'], [null]]);
});

test('a sound that cannot be played fails silently', async () => {
  const chime = new Chime(() => Promise.reject(new Error('no sound')));
  chime.play(null);
  await new Promise((resolve) => setImmediate(resolve));
});
