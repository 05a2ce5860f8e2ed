import { describe, expect, test } from '@jest/globals';
import { dueToMove, type Move } from '../src/room/media/moves.ts';

type Session = { name: string; closed: boolean; mediaEpoch: number };

const session = (name: string, over: Partial<Session> = {}): Session => ({
  name,
  closed: false,
  mediaEpoch: 0,
  ...over,
});
const move = (one: Session, since: number): Move<Session> => ({ session: one, epoch: 0, since });
const NOW = 10_000;
const people = (count: number) => Array.from({ length: count }, (_, index) => session(`person${index}`));

describe('of the people of a room whose node is about to stop', () => {
  test('two move at once, in a room of two and in a small one', () => {
    for (const count of [2, 3, 20]) {
      const leaving = people(count);
      expect(dueToMove(leaving, [], count, NOW).due).toEqual(leaving.slice(0, 2));
    }
  });

  test('a tenth moves at once in a large room, also when most of its people are elsewhere', () => {
    expect(dueToMove(people(300), [], 300, NOW).due).toHaveLength(30);
    expect(dueToMove(people(25), [], 300, NOW).due).toHaveLength(25);
  });

  test.each<[string, Partial<Session>, number, number]>([
    ['waits for those who are under way', {}, NOW - 1_999, 0],
    ['does not wait for longer than two seconds', {}, NOW - 2_000, 1],
    ['does not wait for one whose media is open again', { mediaEpoch: 1 }, NOW, 1],
    ['does not wait for one who has left', { closed: true }, NOW, 1],
  ])('the next one %s', (_what, over, since, expected) => {
    const [other, next] = [session('other'), session('next')];
    const moves = [move(session('moving', over), since), move(other, NOW)];
    const { due, moves: under } = dueToMove([next], moves, 10, NOW);
    expect(due).toHaveLength(expected);
    expect(under).toHaveLength(2 - expected);
  });

  test('nobody begins twice', () => {
    const [ann, bob] = people(2) as [Session, Session];
    expect(dueToMove([ann, bob], [move(ann, NOW)], 2, NOW).due).toEqual([bob]);
  });
});
