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

test('a sound that the system does not let out is dropped, and does not come later', async () => {
  jest.useFakeTimers();
  const close = jest.fn(async () => {});
  const node = {
    connect: () => node,
    gain: param(),
    start: () => {},
    stop: () => {},
    addEventListener: () => {},
  };
  const names = ['AudioContext', 'GainNode', 'OscillatorNode'] as const;
  const before = names.map((name) => [name, globalThis[name]] as const);
  // A suspended context stays at its beginning, and no note in it ever ends.
  const context = { currentTime: 0, destination: node, close };
  for (const name of names) {
    Reflect.set(globalThis, name, function fake() {
      return name === 'AudioContext' ? context : node;
    });
  }
  try {
    new Chime().play(null);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(close).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(2_000);
    expect(close).toHaveBeenCalledTimes(1);
  } finally {
    for (const [name, value] of before) Reflect.set(globalThis, name, value);
    jest.useRealTimers();
  }
});

function param() {
  return {
    setValueAtTime: () => {},
    linearRampToValueAtTime: () => {},
    exponentialRampToValueAtTime: () => {},
  };
}
