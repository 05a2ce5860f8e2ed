import { describe, expect, test } from '@jest/globals';
import type { PeerId } from '@parley/proto/ids';
import { MoveQueue } from '../src/room/media/move-queue.ts';

const DRAIN_MS = 20_000;
const people = (count: number): PeerId[] =>
  Array.from({ length: count }, (_, index) => `person ${index}` as PeerId);

/** A room whose people move half a second after their turn has begun, and have media elsewhere half a second later. */
function rehearse(queues: readonly MoveQueue[], count: number, seconds: number) {
  const waiting = people(count);
  const opening = new Map<PeerId, number>();
  const opened: { peerId: PeerId; at: number }[] = [];
  let most = 0;
  const begun = new Map<PeerId, number>();
  for (let now = 0; now < seconds * 1_000; now += 100) {
    for (const [peerId, at] of opening)
      if (now - at >= 500 && opening.delete(peerId)) opened.push({ peerId, at: now });
    const queue = queues[(now / 100) % queues.length] as MoveQueue;
    for (const { peerId } of queue.turnsAt([...waiting], [...opening.keys()], count, now))
      if (!begun.has(peerId)) begun.set(peerId, now);
    for (const [peerId, at] of begun)
      if (now - at === 500) {
        waiting.splice(waiting.indexOf(peerId), 1);
        opening.set(peerId, now);
      }
    const following = opened.filter(({ at }) => now - at < 2_000).length;
    most = Math.max(most, begun.size - opened.length + following);
  }
  return { most, order: opened.map(({ peerId }) => peerId), lastAt: opened.at(-1)?.at ?? 0 };
}

describe('of the people of a room whose node is about to stop', () => {
  test.each([
    ['one instance knows', 1],
    ['two instances know', 2],
  ])('one moves after the other in a small room, in the order of joining, when %s', (_who, instances) => {
    const queues = Array.from({ length: instances }, () => new MoveQueue(DRAIN_MS));
    const { most, order, lastAt } = rehearse(queues, 4, 20);
    expect(most).toBe(1);
    expect(order).toEqual(people(4));
    expect(lastAt).toBeLessThan(DRAIN_MS);
  });

  test.each([10, 50, 300])('all %s of a larger room have moved before the node stops', (count) => {
    const { order, lastAt } = rehearse([new MoveQueue(DRAIN_MS)], count, 20);
    expect(order).toHaveLength(count);
    expect(lastAt).toBeLessThan(DRAIN_MS);
  });

  test.each([
    [0, 2],
    [DRAIN_MS, 2],
    [60_000, 1],
    [1_000, 8],
  ])('of eight in %i ms (0: not known) %i move at once', (drainMs, count) => {
    expect(new MoveQueue(drainMs).turnsAt(people(8), [], 8, 0)).toHaveLength(count);
  });

  test('nobody waits for longer than four seconds for one whose page does nothing, who gets another turn at the end', () => {
    const queue = new MoveQueue(DRAIN_MS);
    const [ann, bob] = people(2) as [PeerId, PeerId];
    const turnsAt = (now: number) => queue.turnsAt([ann, bob], [], 2, now).map(({ peerId }) => peerId);
    expect(turnsAt(0)).toEqual([ann]);
    expect(turnsAt(3_900)).toEqual([ann]);
    expect(turnsAt(4_000)).toEqual([bob]);
    expect(turnsAt(8_000)).toEqual([ann]);
  });

  test('nobody waits for longer than four seconds for one who has no media and opens none', () => {
    const queue = new MoveQueue(DRAIN_MS);
    const [ann, bob] = people(2) as [PeerId, PeerId];
    expect(queue.turnsAt([bob], [ann], 2, 0)).toEqual([]);
    expect(queue.turnsAt([bob], [ann], 2, 3_900)).toEqual([]);
    expect(queue.turnsAt([bob], [ann], 2, 4_000)).toMatchObject([{ peerId: bob }]);
  });

  test('one who has moved has two and a half seconds in which everybody follows', () => {
    const queue = new MoveQueue(DRAIN_MS);
    const [ann, bob] = people(2) as [PeerId, PeerId];
    queue.turnsAt([ann, bob], [], 2, 0);
    queue.turnsAt([bob], [ann], 2, 200);
    expect(queue.turnsAt([bob], [], 2, 600)).toEqual([]);
    expect(queue.turnsAt([bob], [], 2, 3_000)).toEqual([]);
    expect(queue.turnsAt([bob], [], 2, 3_100)).toMatchObject([{ peerId: bob }]);
  });
});
