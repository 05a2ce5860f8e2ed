import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { RestartTurns, TURN_MS } from '../launcher/supervisor/restart-turns.ts';

describe('the turns of services that start again', () => {
  let turns: RestartTurns;
  let begun: string[];
  const ends = new Map<string, () => void>();

  const ask = async (name: string): Promise<void> => {
    const end = await turns.take();
    begun.push(name);
    ends.set(name, end);
  };
  const end = async (name: string): Promise<void> => {
    ends.get(name)?.();
    await jest.advanceTimersByTimeAsync(0);
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
    for (const name of ['a', 'b', 'c', 'd']) void ask(name);
    await jest.advanceTimersByTimeAsync(0);
    expect(begun).toEqual(['a', 'b']);
    await end('b');
    expect(begun).toEqual(['a', 'b', 'c']);
    await end('b');
    expect(begun).toEqual(['a', 'b', 'c']);
    await end('a');
    expect(begun).toEqual(['a', 'b', 'c', 'd']);
    await end('c');
    await end('d');
    void ask('e');
    void ask('f');
    void ask('g');
    await jest.advanceTimersByTimeAsync(0);
    expect(begun.slice(4)).toEqual(['e', 'f']);
  });

  test('end by themselves, so that a service that is never ready holds nobody up', async () => {
    for (const name of ['a', 'b', 'c']) void ask(name);
    await jest.advanceTimersByTimeAsync(TURN_MS - 1);
    expect(begun).toEqual(['a', 'b']);
    await jest.advanceTimersByTimeAsync(1);
    expect(begun).toEqual(['a', 'b', 'c']);
    await end('a');
    void ask('d');
    void ask('e');
    await jest.advanceTimersByTimeAsync(0);
    expect(begun).toEqual(['a', 'b', 'c', 'd']);
  });
});
