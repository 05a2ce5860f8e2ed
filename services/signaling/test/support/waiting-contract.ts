import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { browserIdentity } from '@parley/proto/room';
import { waitFor } from '@parley/common/testing';
import type { EventsMissed, LiveRoomStore, RoomEvent } from '../../src/store/live-room-store.ts';
import type { WaitingEntry } from '../../src/store/waiting-list.ts';
import { decided, expired, knocked, removed, renewed, socketOf } from '../../src/store/waiting-rules.ts';
import { OTHER_ROOM, peerId, ROOM, type StoreUnderTest } from './live-room-store-contract.ts';

const LIMITS = { perRoom: 3, perNetwork: 2 };

function waitingEntry(name: string, over: Partial<WaitingEntry> = {}): WaitingEntry {
  return {
    peerId: peerId(name),
    displayName: name,
    identity: browserIdentity(`browser-of-${name}`),
    network: `network of ${name}`,
    addressHash: '',
    knockedAt: 1,
    status: 'waiting',
    blocked: false,
    connected: true,
    expiresAt: 1_000,
    ...over,
  };
}

/** The part of the contract of LiveRoomStore that is about the people before the doors of rooms. */
export function describeWaiting(name: string, create: () => Promise<StoreUnderTest>): void {
  describe(`the waiting lists of ${name}`, () => {
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

    const knock = (who: string, over: Partial<WaitingEntry> = {}, at = store) =>
      at.waiting.change(ROOM, knocked(waitingEntry(who, over), LIMITS));
    const names = async () =>
      (await under.other.waiting.read(ROOM)).entries.map(
        ({ displayName, status }) => `${displayName} ${status}`,
      );

    test('keep those who knock in their order, and report the whole list each time', async () => {
      expect(await store.waiting.read(ROOM)).toEqual({ version: 0, entries: [] });
      await knock('ada');
      const { after } = await knock('bob', {}, under.other);
      expect(await names()).toEqual(['ada waiting', 'bob waiting']);
      await waitFor(() => events.length === 2);
      expect(events.at(-1)).toEqual({ type: 'waiting-changed', waiting: after });
      expect((await store.waiting.read(OTHER_ROOM)).entries).toEqual([]);
      expect(await store.size()).toEqual({ rooms: 0, peers: 0 });
    });

    test('grow their version with each change, also after they were empty in the same millisecond', async () => {
      let last = 0;
      for (let i = 0; i < 20; i += 1) {
        const { after: one } = await knock('ada');
        expect(one.version).toBeGreaterThan(last);
        const { after: none } = await store.waiting.change(ROOM, removed(peerId('ada')));
        expect(none.version).toBeGreaterThan(one.version);
        last = none.version;
      }
    });

    test('publish nothing and keep their version if nothing changes', async () => {
      const { after } = await knock('ada');
      const { after: same } = await store.waiting.change(ROOM, removed(peerId('nobody')));
      expect(same).toEqual(after);
      await knock('bob');
      await waitFor(() => events.length === 2);
    });

    test('are bounded for a room and for a network, and a full one still gives places back', async () => {
      await knock('ada', { network: 'office' });
      await knock('bob', { network: 'office' });
      await expect(knock('mia', { network: 'office' })).rejects.toMatchObject({ code: 'address_limited' });
      await knock('zoe');
      await expect(knock('eve')).rejects.toMatchObject({ code: 'waiting_full' });
      await knock('ada', { network: 'office' });
      expect(await names()).toEqual(['ada waiting', 'bob waiting', 'zoe waiting']);
      await store.waiting.change(ROOM, removed(peerId('bob')));
      await knock('eve');
    });

    test('give the place back to the same token, and to a new token of a person whose socket is lost', async () => {
      await knock('ada');
      await knock('bob');
      const person = { identity: waitingEntry('ada').identity };
      await knock('ada-phone', person);
      expect(await names()).toEqual(['ada waiting', 'bob waiting', 'ada-phone waiting']);
      await store.waiting.change(ROOM, removed(peerId('ada-phone')));
      await store.waiting.change(ROOM, socketOf(peerId('ada'), 5_000));
      expect((await store.waiting.read(ROOM)).entries[0]).toMatchObject({
        connected: false,
        expiresAt: 5_000,
      });
      const { after } = await knock('ada-again', { ...person, knockedAt: 9 });
      expect(after.entries.map(({ displayName }) => displayName)).toEqual(['ada-again', 'bob']);
      expect(after.entries[0]).toMatchObject({ connected: true, knockedAt: 1, peerId: peerId('ada-again') });
    });

    test('are decided for some or for all, once: a later decision changes nothing', async () => {
      for (const who of ['ada', 'bob', 'mia']) await knock(who);
      const decision = { blocked: false, expiresAt: 9_000 };
      const deny = decided({ peerIds: [peerId('bob')], status: 'denied', ...decision });
      await Promise.all([
        store.waiting.change(ROOM, deny),
        under.other.waiting.change(
          ROOM,
          decided({ peerIds: [peerId('ada')], status: 'admitted', ...decision }),
        ),
      ]);
      expect(await names()).toEqual(['ada admitted', 'bob denied', 'mia waiting']);
      await store.waiting.change(ROOM, decided({ peerIds: null, status: 'admitted', ...decision }));
      expect(await names()).toEqual(['ada admitted', 'bob denied', 'mia admitted']);
      expect((await knock('bob')).after.entries[1]).toMatchObject({ status: 'denied', expiresAt: 9_000 });
    });

    test('end entries that nobody renews, and list the rooms with such entries', async () => {
      await knock('ada', { expiresAt: 1_000 });
      await knock('bob', { expiresAt: 1_000 });
      await store.waiting.change(ROOM, renewed([peerId('ada')], 3_000));
      expect(await store.waiting.listExpired(999)).toEqual([]);
      expect(await under.other.waiting.listExpired(1_000)).toEqual([ROOM]);
      await store.waiting.change(ROOM, expired(1_000));
      expect(await names()).toEqual(['ada waiting']);
      expect(await store.waiting.listExpired(2_999)).toEqual([]);
      await store.waiting.change(ROOM, expired(3_000));
      expect(await names()).toEqual([]);
      expect(await store.waiting.listExpired(Number.MAX_SAFE_INTEGER)).toEqual([]);
    });

    test('lose no change of several at the same time', async () => {
      const everybody = Array.from({ length: 20 }, (_, index) => `person-${index}`);
      const limits = { perRoom: 50, perNetwork: 50 };
      await Promise.all(
        everybody.map((who, index) =>
          (index % 2 === 0 ? store : under.other).waiting.change(ROOM, knocked(waitingEntry(who), limits)),
        ),
      );
      expect((await names()).toSorted()).toEqual(everybody.map((who) => `${who} waiting`).toSorted());
    });

    test('refuse after the store is closed', async () => {
      store.close();
      await expect(store.waiting.read(ROOM)).rejects.toMatchObject({ code: 'unavailable' });
      await expect(knock('ada')).rejects.toMatchObject({ code: 'unavailable' });
      await expect(store.waiting.listExpired(1)).rejects.toMatchObject({ code: 'unavailable' });
    });
  });
}
