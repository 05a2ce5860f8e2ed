import { describe, expect, test } from '@jest/globals';
import { REQUESTS, type RequestName } from '@parley/proto/requests';
import { listPeople } from '../../../src/call/state/people-list.ts';
import { RoomState } from '../../../src/call/state/room-state.ts';
import { peer, peerId, snapshot } from '../../support/records.ts';

const place = { joinedAt: 7, peerId: peerId('ann') };

describe('the list of a crowd', () => {
  const asked: unknown[] = [];
  const ask = async (name: RequestName, input: unknown): Promise<never> => {
    asked.push(REQUESTS[name].request.parse(input));
    return { people: [peer('bob')], matches: 1, next: place } as never;
  };

  test('asks for a page of everybody, or of those with a text in their name, from where the last one ended', async () => {
    expect(await listPeople(ask, '  ', undefined)).toEqual({ items: [peer('bob')], next: place });
    await listPeople(ask, ' bo ', place);
    expect(asked).toEqual([{ limit: 50 }, { limit: 50, search: 'bo', after: place }]);
  });

  test('is there only while the page lacks somebody', () => {
    const room = new RoomState(() => undefined);
    const load = (all: number | null): void =>
      room.load(
        snapshot(peer('me'), [peer('ann')], all === null ? {} : { counts: { all, viewers: all - 1 } }),
      );
    load(null);
    expect(room.crowd).toBeNull();
    load(2);
    expect(room.crowd).toBeNull();
    load(300);
    expect(room.crowd).toEqual({ all: 300, viewers: 299 });
    room.close();
  });
});
