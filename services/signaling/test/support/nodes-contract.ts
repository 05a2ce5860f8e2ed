import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import type { LiveRoomStore, RoomEvent } from '../../src/store/live-room-store.ts';
import {
  addition,
  livePeer,
  peerId,
  ROOM,
  session,
  type StoreUnderTest,
} from './live-room-store-contract.ts';

/** The part of the contract of LiveRoomStore that is about media nodes. */
export function describeNodes(name: string, create: () => Promise<StoreUnderTest>): void {
  describe(`the media nodes of a room in ${name}`, () => {
    let under: StoreUnderTest;
    let store: LiveRoomStore;

    beforeEach(async () => {
      under = await create();
      store = under.store;
    });
    afterEach(() => under.close());

    const on = (mediaNodeId: string | null, who: string) =>
      addition(who, { peer: livePeer(who, { mediaNodeId }), peerLimit: 50, networkPeerLimit: 50 });
    const move = (who: string, mediaNodeId: string | null, at = store) =>
      at.changePeer(ROOM, peerId(who), 'none', (peer) => ({ ...peer, mediaNodeId }));
    const leave = (who: string) =>
      store.removePeer({ code: ROOM, peerId: peerId(who), sessionId: session(`${who}-1`) }, 'left');
    /** As it is read whole, and as one person has it. */
    const nodes = async () => {
      const whole = Object.fromEntries((await under.other.find(ROOM))?.nodes ?? []);
      const seen = await under.other.look(ROOM, { identity: null });
      expect(Object.fromEntries(seen?.nodes ?? [])).toEqual(whole);
      return whole;
    };

    test('are those that its peers have media on, with their number', async () => {
      await store.addPeer(on('a', 'ada'));
      await store.addPeer(on('a', 'bob'));
      await store.addNode(ROOM, ['a'], 'b');
      expect((await under.other.addPeer(on('b', 'mia'))).nodes).toEqual(
        new Map([
          ['a', 2],
          ['b', 1],
        ]),
      );
      await move('ada', 'b');
      expect(await nodes()).toEqual({ a: 1, b: 2 });
      await move('bob', null);
      expect(await nodes()).toEqual({ b: 2 });
      await leave('mia');
      expect(await nodes()).toEqual({ b: 1 });
    });

    test('do not count a peer twice, whatever changes of it, and however often it is put back', async () => {
      await store.addPeer(on('a', 'ada'));
      for (const at of [store, under.other, store]) await move('ada', 'b', at);
      const hand = (handRaisedAt: number) =>
        store.changePeer(ROOM, peerId('ada'), 'none', (peer) => ({
          ...peer,
          record: { ...peer.record, handRaisedAt },
        }));
      await hand(1);
      await hand(2);
      await under.other.restorePeer(on('c', 'ada'));
      expect(await nodes()).toEqual({ b: 1, a: 0 });
    });

    test('are right after many changes at once', async () => {
      const names = Array.from({ length: 8 }, (_, index) => `peer${index}`);
      for (const who of names) await store.addPeer(on('a', who));
      const places = ['a', 'b', null, 'c'];
      await Promise.all(
        names.flatMap((who, index) =>
          [0, 1, 2].map((turn) =>
            move(who, places[(index + turn) % 4] ?? null, turn % 2 ? store : under.other),
          ),
        ),
      );
      const counts: Record<string, number> = { a: 0 };
      for (const { mediaNodeId } of (await store.find(ROOM))?.peers ?? [])
        if (mediaNodeId !== null) counts[mediaNodeId] = (counts[mediaNodeId] ?? 0) + 1;
      expect(await nodes()).toEqual(counts);
    });

    test('keep the one that was taken last while nobody has media, and end with the room', async () => {
      await store.addPeer(on('a', 'ada'));
      await move('ada', null);
      expect(await nodes()).toEqual({ a: 0 });
      await leave('ada');
      expect(await nodes()).toEqual({});
      await store.addPeer(on('b', 'bob'));
      expect(await nodes()).toEqual({ b: 1 });
    });

    test('take nobody whose node is none of them, because whoever placed them did not know of the call', async () => {
      await store.addPeer(on('a', 'ada'));
      const room = await under.other.addPeer(on('b', 'bob'));
      expect([room.own, room.nodes]).toEqual([[], new Map([['a', 1]])]);
      expect(await store.findPeer(ROOM, peerId('bob'))).toBeUndefined();
      expect(await store.addPeer(on(null, 'mia'))).toMatchObject({ peerCount: 2 });
    });

    test('become more only by one who knows all of them', async () => {
      expect(await store.addNode(ROOM, [], 'a')).toBeUndefined();
      await store.addPeer(on('a', 'ada'));
      const [first, second] = [
        await store.addNode(ROOM, ['a'], 'b'),
        await under.other.addNode(ROOM, ['a'], 'c'),
      ];
      const ofBoth = new Map([
        ['a', 1],
        ['b', 0],
      ]);
      expect([first, second]).toEqual([ofBoth, ofBoth]);
      expect(await under.other.addNode(ROOM, ['a', 'b'], 'c')).toEqual(
        new Map([
          ['a', 1],
          ['c', 0],
        ]),
      );
      expect(await store.addPeer(on('c', 'bob'))).toMatchObject({ peerCount: 2 });
    });

    test('take somebody on a node that was added for them, although another one was added after it', async () => {
      await store.addPeer(on('a', 'ada'));
      await store.addNode(ROOM, ['a'], 'b');
      await under.other.addNode(ROOM, ['a', 'b'], 'c');
      const added = await store.addPeer({ ...on('b', 'bob'), placedAsFirst: false });
      expect([added.peerCount, await nodes()]).toEqual([2, { a: 1, b: 1, c: 0 }]);
    });

    test('lose a peer that times out, and keep one that came back in time', async () => {
      await store.addPeer(on('a', 'ada'));
      await store.addPeer(on('a', 'bob'));
      const expire = (who: string, expiresAt: number | null) =>
        store.changePeer(ROOM, peerId(who), 'none', (peer) => ({ ...peer, expiresAt }));
      const timeOut = (who: string) =>
        under.other.removePeer(
          { code: ROOM, peerId: peerId(who), sessionId: session(`${who}-1`) },
          'timed-out',
        );
      await expire('ada', 5);
      await expire('bob', 5);
      await expire('bob', null);
      await timeOut('ada');
      await timeOut('bob');
      expect(await nodes()).toEqual({ a: 1 });
      await timeOut('ada');
      expect(await nodes()).toEqual({ a: 1 });
    });

    test('count a peer once that another session takes over on another node, and not when the former one leaves', async () => {
      await store.addPeer(on('a', 'ada'));
      await store.addPeer(on('a', 'bob'));
      await store.addNode(ROOM, ['a'], 'b');
      await under.other.changePeer(ROOM, peerId('ada'), 'none', (peer) => ({
        ...peer,
        sessionId: session('ada-2'),
        claims: 2,
        mediaNodeId: 'b',
      }));
      expect(await nodes()).toEqual({ a: 1, b: 1 });
      expect(await leave('ada')).toBeUndefined();
      expect(await nodes()).toEqual({ a: 1, b: 1 });
    });

    test('stay as they are when a peer becomes host', async () => {
      const host = on('a', 'ada');
      const { peer } = host;
      await store.addPeer({ ...host, peer: { ...peer, record: { ...peer.record, role: 'host' } } });
      await store.addPeer(on('a', 'bob'));
      await leave('ada');
      const leftAt = (await store.find(ROOM))?.leaderLeftAt ?? 0;
      expect(await under.other.promote(ROOM, peerId('bob'), leftAt)).toMatchObject({ mediaNodeId: 'a' });
      expect(await nodes()).toEqual({ a: 1 });
    });

    test('are right when peers leave while they move', async () => {
      const names = Array.from({ length: 12 }, (_, index) => `peer${index}`);
      await store.addPeer(on('a', 'ada'));
      for (const who of names) await store.addPeer(on('a', who));
      await Promise.all(
        names.flatMap((who) => [
          move(who, null, under.other).catch(() => undefined),
          leave(who),
          move(who, 'b', under.other).catch(() => undefined),
        ]),
      );
      expect(await nodes()).toEqual({ a: 1 });
    });

    test('are whatever the peers are on that are put back', async () => {
      await under.other.addPeer(on('guessed', 'late'));
      expect(await store.restorePeer(on('home', 'ada'))).toBe('restored');
      expect(await store.restorePeer(on(null, 'mia'))).toBe('restored');
      expect(await nodes()).toEqual({ guessed: 1, home: 1 });
    });

    test('reach the listeners with each change, in the order of versions', async () => {
      const events: RoomEvent[] = [];
      await under.other.subscribe(ROOM, (event) => {
        if (event.type !== 'events-missed') events.push(event);
      });
      await store.addPeer(on('a', 'ada'));
      await move('ada', null);
      await move('ada', 'b');
      await move('ada', 'b');
      await waitFor(() => events.length === 3);
      const seen = events.map((event) =>
        event.type === 'peer-joined' || event.type === 'peer-updated'
          ? [event.mediaNodeId, event.peer.version]
          : event.type,
      );
      expect(seen).toEqual([
        ['a', 1],
        [null, 2],
        ['b', 3],
      ]);
    });
  });
}
