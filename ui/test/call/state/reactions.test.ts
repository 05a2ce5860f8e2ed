import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { CallFailure } from '../../../src/call/base/call-failure.ts';
import {
  Reactions,
  REACTION_SHOWN_MS,
  REACTIONS_MAX,
  type ReactionsOptions,
} from '../../../src/call/state/reactions.ts';
import { peer, peerId } from '../../support/records.ts';

const ME = peer('me');

describe('reactions', () => {
  let changes: number;
  let sent: string[];
  let failed: string[];
  let reactions: Reactions;

  const create = (over: Partial<ReactionsOptions> = {}): Reactions =>
    new Reactions({
      self: () => ME,
      send: async (reaction) => sent.push(reaction),
      onChanged: () => (changes += 1),
      onFailed: ({ code }) => failed.push(code),
      ...over,
    });

  beforeEach(() => {
    jest.useFakeTimers();
    [changes, sent, failed] = [0, [], []];
    reactions = create();
  });
  afterEach(() => {
    reactions.close();
    jest.useRealTimers();
  });

  test('disappear after some seconds, and their number has a bound', () => {
    reactions.show(peerId('ann'), 'Ann', 'clap');
    jest.advanceTimersByTime(REACTION_SHOWN_MS - 1);
    expect(reactions.floating).toHaveLength(1);
    jest.advanceTimersByTime(1);
    expect(reactions.floating).toHaveLength(0);
    for (let count = 0; count < 100; count += 1) reactions.show(peerId('ann'), 'Ann', 'clap');
    expect(reactions.floating).toHaveLength(REACTIONS_MAX);
    reactions.close();
    expect(jest.getTimerCount()).toBe(0);
  });

  test('that end within a moment are dropped together', () => {
    for (let count = 0; count < 20; count += 1) {
      reactions.show(peerId('ann'), 'Ann', 'clap');
      jest.advanceTimersByTime(50);
    }
    expect(changes).toBe(20);
    jest.advanceTimersByTime(REACTION_SHOWN_MS);
    expect(reactions.floating).toHaveLength(0);
    expect(changes).toBeLessThanOrEqual(26);
  });

  test('of the person are shown in the task in which they are sent', () => {
    reactions.react('clap');
    expect(sent).toEqual(['clap']);
    expect(reactions.floating).toMatchObject([
      { peerId: ME.peerId, displayName: ME.displayName, reaction: 'clap' },
    ]);
  });

  test('that the server refuses stay shown, and the failure is reported', async () => {
    reactions = create({ send: () => Promise.reject(new CallFailure('rate_limited')) });
    reactions.react('clap');
    await Promise.resolve();
    await Promise.resolve();
    expect(failed).toEqual(['rate_limited']);
    expect(reactions.floating).toHaveLength(1);
  });

  test('are neither shown nor sent before the join, nor after the call', () => {
    const early = create({ self: () => null });
    early.react('clap');
    reactions.close();
    reactions.react('clap');
    expect([sent, early.floating, reactions.floating]).toEqual([[], [], []]);
  });
});
