import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { RoomCode } from '@parley/proto/ids';
import type { LiveRoomStore } from '../../src/store/live-room-store.ts';
import {
  addition,
  livePeer,
  OTHER_ROOM,
  peerId,
  ROOM,
  roomRecord,
  session,
  type StoreUnderTest,
} from './live-room-store-contract.ts';

/** The part of the contract of LiveRoomStore about the networks that peers come from. */
export function describeNetworks(name: string, create: () => Promise<StoreUnderTest>): void {
  describe(`the rooms of ${name}`, () => {
    let under: StoreUnderTest;
    let store: LiveRoomStore;

    const leave = (who: string, code: RoomCode) =>
      store.removePeer({ code, peerId: peerId(who), sessionId: session(`${who}-1`) }, 'left');

    beforeEach(async () => {
      under = await create();
      store = under.store;
    });
    afterEach(() => under.close());

    test('take a bounded number of peers of one network, and of others all the same', async () => {
      const from = (who: string, network: string) =>
        addition(who, { peer: livePeer(who, { network }), peerLimit: 9, networkPeerLimit: 2 });
      await store.addPeer(from('ada', 'here'));
      await under.other.addPeer(from('bob', 'here'));
      await expect(store.addPeer(from('mia', 'here'))).rejects.toMatchObject({ code: 'address_limited' });
      await under.other.addPeer(from('zoe', 'there'));
      await leave('ada', ROOM);
      await store.addPeer(from('mia', 'here'));
      await expect(store.addPeer(from('eve', 'here'))).rejects.toMatchObject({ code: 'address_limited' });
      expect((await store.find(ROOM))?.peers).toHaveLength(3);
    });

    test('belong to the network of their first peer, which has a bounded number of them', async () => {
      const inRoom = (who: string, code: RoomCode, network: string) =>
        addition(who, {
          room: roomRecord(code),
          peer: livePeer(who, { network }),
          networkRoomLimit: 1,
        });
      await store.addPeer(inRoom('ada', ROOM, 'here'));
      await expect(under.other.addPeer(inRoom('bob', OTHER_ROOM, 'here'))).rejects.toMatchObject({
        code: 'address_limited',
      });
      // Somebody else may make it, and then it is open for all.
      await store.addPeer(inRoom('zoe', OTHER_ROOM, 'there'));
      await store.addPeer(inRoom('bob', OTHER_ROOM, 'here'));
      // The room belongs to its owner until it ends, also without its first peer.
      await store.addPeer(inRoom('mia', ROOM, 'there'));
      await leave('ada', ROOM);
      await leave('bob', OTHER_ROOM);
      await leave('zoe', OTHER_ROOM);
      await expect(store.addPeer(inRoom('eve', OTHER_ROOM, 'here'))).rejects.toMatchObject({
        code: 'address_limited',
      });
      await leave('mia', ROOM);
      await store.addPeer(inRoom('eve', OTHER_ROOM, 'here'));
    });
  });
}
