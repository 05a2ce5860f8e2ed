import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { browserIdentity } from '@parley/proto/room';
import type { LiveRoom, LiveRoomStore, Person } from '../../src/store/live-room-store.ts';
import {
  addition,
  livePeer,
  peerId,
  ROOM,
  session,
  type StoreUnderTest,
} from './live-room-store-contract.ts';

/** A room as one person has it. Both stores run it. */
export function describeViews(name: string, create: () => Promise<StoreUnderTest>): void {
  describe(`the view of one person in ${name}`, () => {
    let under: StoreUnderTest;
    let store: LiveRoomStore;

    beforeEach(async () => {
      under = await create();
      store = under.store;
    });
    afterEach(() => under.close());

    test('has the own peers and the number of the others', async () => {
      const [person, other] = [browserIdentity('p'.repeat(22)), browserIdentity('q'.repeat(22))];
      expect(await store.look(ROOM, { identity: person })).toBeUndefined();
      const phone = livePeer('phone', { identity: person, network: 'home' });
      const laptop = livePeer('laptop', { identity: person, network: 'office' });
      const bob = livePeer('bob', { identity: other, network: 'office' });
      for (const peer of [phone, laptop, bob])
        await store.addPeer(addition(peer.record.displayName, { peer }));
      const seen = (given: Person) =>
        under.other.look(ROOM, given).then((view) => ({
          own: view?.own.map(({ record }) => record.displayName).toSorted(),
          counts: [view?.peerCount, view?.networkPeerCount],
        }));
      const office = { identity: person, network: 'office' };
      expect(await seen(office)).toEqual({ own: ['laptop', 'phone'], counts: [3, 2] });
      expect(await seen({ identity: null, peerId: peerId('bob') })).toEqual({ own: ['bob'], counts: [3, 0] });
      expect(await seen({ identity: null })).toEqual({ own: [], counts: [3, 0] });
      const { peers, ...rest } = (await store.find(ROOM)) as LiveRoom;
      expect(await under.other.look(ROOM, office)).toMatchObject({ ...rest, own: peers.slice(0, 2) });
      const ref = { code: ROOM, peerId: peerId('laptop'), sessionId: session('laptop-1') };
      await store.removePeer(ref, 'left');
      expect(await seen(office)).toEqual({ own: ['phone'], counts: [2, 1] });
      const { room } = addition('tablet');
      const tablet = livePeer('tablet', { identity: person });
      expect(await store.restorePeer({ room, peer: tablet })).toBe('restored');
      expect(await seen(office)).toEqual({ own: ['phone', 'tablet'], counts: [3, 1] });
    });
  });
}
