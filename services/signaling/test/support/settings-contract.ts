import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { accountIdentity, DEFAULT_ROOM_SETTINGS, UNKNOWN_IDENTITY } from '@parley/proto/room';
import { waitFor } from '@parley/common/testing';
import type { EventsMissed, LiveRoomStore, RoomAccess, RoomEvent } from '../../src/store/live-room-store.ts';
import {
  ACCESS,
  addition,
  peerId,
  ROOM,
  roomRecord,
  session,
  type StoreUnderTest,
} from './live-room-store-contract.ts';

/** The part of the contract of LiveRoomStore that is about the settings of rooms. */
export function describeSettings(name: string, create: () => Promise<StoreUnderTest>): void {
  describe(`changing the settings of a room in ${name}`, () => {
    let under: StoreUnderTest;
    let store: LiveRoomStore;
    let events: (RoomEvent | EventsMissed)[];

    beforeEach(async () => {
      under = await create();
      store = under.store;
      events = [];
      await under.other.subscribe(ROOM, (event) => events.push(event));
    });
    afterEach(() => under.close());

    const published = (type: RoomEvent['type']) =>
      waitFor(() => events.find((event) => event.type === type), { what: `${type} is published` });

    const settings = { ...DEFAULT_ROOM_SETTINGS, locked: true, hasPasscode: true, capacity: 7 };
    const access: RoomAccess = {
      owner: accountIdentity('01234567-89ab-cdef-0123-456789abcdef'),
      passcodeHash: 'a hash',
      bans: [{ identity: UNKNOWN_IDENTITY, addressHash: 'network', endsAt: 5_000 }],
    };
    const change = (version: number, title = '') => ({
      record: roomRecord(ROOM, { version, title, settings }),
      access,
    });

    test('reaches everybody, and who comes later', async () => {
      expect((await store.addPeer(addition('ada'))).access).toEqual(ACCESS);
      await store.changeSettings(ROOM, change(2));
      expect(await published('room-updated')).toEqual({ type: 'room-updated', room: change(2).record });
      expect(await under.other.find(ROOM)).toMatchObject(change(2));
      const joined = await store.addPeer(addition('bob'));
      expect(joined).toMatchObject(change(2));
    });

    test('says beside the record whether names are shown before the join, until a change without it', async () => {
      await store.addPeer(addition('ada'));
      const shown = { ...change(2), access: { ...access, namesBeforeJoin: true } };
      await store.changeSettings(ROOM, shown);
      expect(await published('room-updated')).toEqual({
        type: 'room-updated',
        room: shown.record,
        namesBeforeJoin: true,
      });
      expect(await under.other.find(ROOM)).toMatchObject(shown);
      await store.changeSettings(ROOM, change(3));
      expect((await under.other.find(ROOM))?.access).toEqual(access);
    });

    test('does nothing to a room that nobody is in', async () => {
      await store.changeSettings(ROOM, change(2));
      expect(await store.find(ROOM)).toBeUndefined();
      expect(await store.size()).toEqual({ rooms: 0, peers: 0 });
    });

    test('does not undo a newer change', async () => {
      await store.addPeer(addition('ada'));
      await store.changeSettings(ROOM, change(3, 'new'));
      await store.changeSettings(ROOM, change(2, 'old'));
      await store.changeSettings(ROOM, change(3, 'again'));
      expect((await under.other.find(ROOM))?.record).toMatchObject({ version: 3, title: 'new' });
      await store.changeSettings(ROOM, change(4, 'newest'));
      await waitFor(() => events.filter(({ type }) => type === 'room-updated').length === 2);
    });

    test('completes a room that was put back and has only its record', async () => {
      const { room, peer } = addition('ada');
      await store.restorePeer({ room, peer });
      expect(await under.other.find(ROOM)).toMatchObject({ record: room, access: undefined });
      await store.changeSettings(ROOM, change(1));
      expect(await under.other.find(ROOM)).toMatchObject(change(1));
    });

    test('ends with the room', async () => {
      await store.addPeer(addition('ada'));
      await store.changeSettings(ROOM, change(2));
      await store.removePeer({ code: ROOM, peerId: peerId('ada'), sessionId: session('ada-1') }, 'left');
      expect(await store.addPeer(addition('bob'))).toMatchObject({
        record: { version: 1 },
        access: ACCESS,
      });
    });
  });
}
