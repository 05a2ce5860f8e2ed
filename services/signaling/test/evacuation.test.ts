import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { silentLogger } from '@parley/common/testing';
import { Evacuation } from '../src/room/media/evacuation.ts';
import type { LocalRoom } from '../src/room/local-room.ts';

type Session = {
  mediaNodeId: string | undefined;
  mediaEpoch: number;
  connected: boolean;
  closed: boolean;
};

/** A room whose people are on the node `stopping`, or on another one. */
class FakeRoom {
  readonly code = 'abcd-efgh-jkm';
  nodeIds: ReadonlySet<string> = new Set(['stopping', 'other']);
  readonly moved: Session[] = [];
  readonly sessions: Session[];

  constructor(leaving: number, staying = 0) {
    const session = (mediaNodeId: string): Session => ({
      mediaNodeId,
      mediaEpoch: 0,
      connected: true,
      closed: false,
    });
    this.sessions = [
      ...Array.from({ length: leaving }, () => session('stopping')),
      ...Array.from({ length: staying }, () => session('other')),
    ];
  }

  /** As a page does that opens its media elsewhere at once, if it `follows`. */
  move(session: Session, follows = true): void {
    this.moved.push(session);
    session.mediaNodeId = follows ? 'other' : undefined;
    if (follows) session.mediaEpoch += 1;
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
      hasSpaceFor: (nodeIds: ReadonlySet<string>) => hasSpace && !nodeIds.has('apart'),
    };
    evacuation = new Evacuation({
      store: store as ConstructorParameters<typeof Evacuation>[0]['store'],
      nodes: nodes as unknown as ConstructorParameters<typeof Evacuation>[0]['nodes'],
      rooms: () => rooms as unknown as LocalRoom[],
      logger: silentLogger,
    });
  });
  afterEach(() => {
    evacuation.close();
    jest.useRealTimers();
  });

  test('people move a few of each room at a time, and nobody else does', () => {
    rooms = [new FakeRoom(5, 3), new FakeRoom(0, 4), new FakeRoom(2)];
    look();
    expect(moved()).toEqual([2, 0, 2]);
    look();
    expect(moved()).toEqual([4, 0, 2]);
    look();
    expect(moved()).toEqual([5, 0, 2]);
    expect(rooms[0]?.moved).toEqual(rooms[0]?.sessions.slice(0, 5));
  });

  test('fifty people a second move at most, however many rooms there are', () => {
    rooms = Array.from({ length: 40 }, () => new FakeRoom(2));
    jest.advanceTimersByTime(1_000);
    expect(moved().reduce((sum, count) => sum + count, 0)).toBe(50);
  });

  test('people stay whose room no other node has space for, and the others move', () => {
    rooms = [new FakeRoom(2), new FakeRoom(2)];
    rooms[0]!.nodeIds = new Set(['stopping', 'apart']);
    look();
    expect(moved()).toEqual([0, 2]);
  });

  test('somebody without a socket stays until it is back', () => {
    const room = new FakeRoom(3);
    rooms = [room];
    const [lost] = room.sessions as [Session];
    lost.connected = false;
    jest.advanceTimersByTime(1_000);
    expect([moved(), room.moved.includes(lost)]).toEqual([[2], false]);
    lost.connected = true;
    look();
    expect(moved()).toEqual([3]);
  });

  test('somebody whose page does nothing holds the others up for two seconds', () => {
    const room = new FakeRoom(4);
    room.move = (session) => FakeRoom.prototype.move.call(room, session, false);
    rooms = [room];
    look();
    jest.advanceTimersByTime(1_800);
    expect(moved()).toEqual([2]);
    jest.advanceTimersByTime(400);
    expect(moved()).toEqual([4]);
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
