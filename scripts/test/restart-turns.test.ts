import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { GATHER_MS, REST_MS, RestartTurns, TURN_MS } from '../launcher/supervisor/restart-turns.ts';

describe('the turns of services that start again', () => {
  let turns: RestartTurns;
  let begun: string[];
  const ends = new Map<string, () => void>();

  /** Those with a capital letter are awaited by people. */
  const ask = (...names: string[]): void => {
    for (const name of names)
      void turns.take({ kind: name.charAt(0), isAwaited: name !== name.toLowerCase() }).then((end) => {
        begun.push(name);
        ends.set(name, end);
      });
  };
  const pass = (ms: number): Promise<void> => jest.advanceTimersByTimeAsync(ms);
  const end = async (name: string): Promise<void> => {
    ends.get(name)?.();
    await pass(0);
  };

  beforeEach(() => {
    jest.useFakeTimers();
    turns = new RestartTurns(2);
    begun = [];
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  test('are given to a few at once, and then in the order of asking', async () => {
    ask('a', 'b', 'c', 'd');
    await pass(GATHER_MS);
    expect(begun).toEqual(['a', 'b']);
    await end('b');
    expect(begun).toEqual(['a', 'b', 'c']);
    await end('b');
    expect(begun).toEqual(['a', 'b', 'c']);
    await end('a');
    expect(begun).toEqual(['a', 'b', 'c', 'd']);
    await end('c');
    await end('d');
    ask('e', 'f', 'g');
    await pass(GATHER_MS);
    expect(begun.slice(4)).toEqual(['e', 'f']);
  });

  test('are given first to those for which people wait, also if those died a moment later', async () => {
    ask('a', 'b');
    await pass(GATHER_MS - 1);
    ask('c', 'D', 'E', 'F');
    await pass(1);
    expect(begun).toEqual(['D', 'E']);
    await pass(GATHER_MS);
    expect(begun).toEqual(['D', 'E']);
  });

  test('are given to one of each kind before the second of any', async () => {
    turns = new RestartTurns(1);
    ask('S1', 'S2', 'm1', 'm2', 'g1');
    for (const name of ['S1', 'm1', 'g1', 'S2']) {
      await pass(Math.max(GATHER_MS, REST_MS));
      expect(begun.at(-1)).toBe(name);
      await end(name);
    }
    await pass(REST_MS);
    expect(begun).toEqual(['S1', 'm1', 'g1', 'S2', 'm2']);
  });

  test('leave the processor to those who come back to a service that was awaited', async () => {
    ask('a', 'b', 'C', 'D');
    await pass(GATHER_MS);
    await end('C');
    await pass(REST_MS - 1);
    expect(begun).toEqual(['C', 'D']);
    await pass(1);
    expect(begun).toEqual(['C', 'D', 'a']);
    await end('a');
    expect(begun).toEqual(['C', 'D', 'a', 'b']);
  });

  test('end by themselves, so that a service that is never ready holds nobody up', async () => {
    ask('a', 'b', 'c');
    await pass(GATHER_MS + TURN_MS - 1);
    expect(begun).toEqual(['a', 'b']);
    await pass(1);
    expect(begun).toEqual(['a', 'b', 'c']);
    await end('a');
    ask('d', 'e');
    await pass(GATHER_MS);
    expect(begun).toEqual(['a', 'b', 'c', 'd']);
  });
});
