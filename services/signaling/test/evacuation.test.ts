import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { silentLogger } from '@parley/common/testing';
import { Evacuation } from '../src/room/media/evacuation.ts';
import type { LocalRoom } from '../src/room/local-room.ts';

type Session = { peerId: string; mediaNodeId: string | undefined };

/** A room whose people are on the node `stopping`, or on another one. */
class FakeRoom {
  readonly code = 'abcd-efgh-jkm';
  readonly moved: Session[] = [];
  readonly sessions: Session[];

  /** People of the room whose sockets are on another instance. */
  readonly elsewhere: Session[];

  constructor(leaving: number, staying = 0, elsewhere = 0) {
    let number = 0;
    const session = (mediaNodeId: string): Session => ({ peerId: `person ${(number += 1)}`, mediaNodeId });
    this.elsewhere = Array.from({ length: elsewhere }, () => session('stopping'));
    this.sessions = [
      ...Array.from({ length: leaving }, () => session('stopping')),
      ...Array.from({ length: staying }, () => session('other')),
    ];
  }

  get size(): number {
    return this.elsewhere.length + this.sessions.length;
  }

  peersOn(isOne: (nodeId: string | null) => boolean): string[] {
    const all = [...this.elsewhere, ...this.sessions];
    return all.filter(({ mediaNodeId }) => isOne(mediaNodeId ?? null)).map(({ peerId }) => peerId);
  }

  /** As a page does that opens its media elsewhere at once. */
  move(session: Session): void {
    this.moved.push(session);
    session.mediaNodeId = 'other';
  }
}

describe('of the nodes that are about to stop', () => {
  let rooms: FakeRoom[];
  let hasSpace: boolean;
  let store: { available: boolean };
  let evacuation: Evacuation;

  const look = () => jest.advanceTimersByTime(200);
  const moved = () => rooms.map((room) => room.moved.length);

  beforeEach(() => {
    jest.useFakeTimers();
    [rooms, hasSpace, store] = [[], true, { available: true }];
    const nodes = {
      anyDraining: true,
      find: (id: string) => ({ load: { draining: id === 'stopping', reachable: true } }),
      get hasSpace() {
        return hasSpace;
      },
    };
    evacuation = new Evacuation({
      store: store as ConstructorParameters<typeof Evacuation>[0]['store'],
      nodes: nodes as unknown as ConstructorParameters<typeof Evacuation>[0]['nodes'],
      rooms: () => rooms as unknown as LocalRoom[],
      drainMs: 60_000,
      logger: silentLogger,
    });
  });
  afterEach(() => {
    evacuation.close();
    jest.useRealTimers();
  });

  test('people move one after the other in each room, and nobody else does', () => {
    rooms = [new FakeRoom(3, 3), new FakeRoom(0, 4), new FakeRoom(2)];
    look();
    expect(moved()).toEqual([1, 0, 1]);
    jest.advanceTimersByTime(2_400);
    expect(moved()).toEqual([1, 0, 1]);
    jest.advanceTimersByTime(400);
    expect(moved()).toEqual([2, 0, 2]);
    jest.advanceTimersByTime(10_000);
    expect(moved()).toEqual([3, 0, 2]);
    expect(rooms[0]?.moved).toEqual(rooms[0]?.sessions.slice(0, 3));
  });

  test('those of another instance have their turn too, and only that instance asks them', () => {
    const room = new FakeRoom(1, 0, 1);
    rooms = [room];
    look();
    expect(moved()).toEqual([0]);
    for (const other of room.elsewhere) other.mediaNodeId = 'other';
    jest.advanceTimersByTime(2_400);
    expect(moved()).toEqual([0]);
    jest.advanceTimersByTime(600);
    expect(moved()).toEqual([1]);
  });

  test('fifty people a second move at most, however many rooms there are', () => {
    rooms = Array.from({ length: 80 }, () => new FakeRoom(2));
    jest.advanceTimersByTime(1_000);
    expect(moved().reduce((sum, count) => sum + count, 0)).toBe(50);
  });

  test.each<[string, () => void]>([
    ['no other node has space', () => (hasSpace = false)],
    ['the store is away, without which nobody could open media elsewhere', () => (store.available = false)],
    ['this instance stops', () => evacuation.close()],
  ])('everybody stays while %s', (_why, happens) => {
    rooms = [new FakeRoom(3)];
    happens();
    jest.advanceTimersByTime(3_000);
    expect(moved()).toEqual([0]);
  });
});
