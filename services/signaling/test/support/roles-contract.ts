import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { browserIdentity, UNKNOWN_IDENTITY, type Role } from '@parley/proto/room';
import type { LiveRoomStore, PeerChange } from '../../src/store/live-room-store.ts';
import {
  addition,
  livePeer,
  peerId,
  ROOM,
  session,
  type StoreUnderTest,
} from './live-room-store-contract.ts';

const ADA = browserIdentity('a'.repeat(22));

/** The part of the contract of LiveRoomStore that is about roles that a call has given. */
export function describeRoles(name: string, create: () => Promise<StoreUnderTest>): void {
  describe(`the roles of a call in ${name}`, () => {
    let under: StoreUnderTest;
    let store: LiveRoomStore;

    beforeEach(async () => {
      under = await create();
      store = under.store;
      await store.addPeer(addition('bob'));
      await store.addPeer(addition('ada', { peer: livePeer('ada', { identity: ADA }) }));
    });
    afterEach(() => under.close());

    const as =
      (role: Role): PeerChange =>
      (peer) => ({ ...peer, record: { ...peer.record, role } });
    const give = (who: string, role: Role) => store.changePeer(ROOM, peerId(who), 'none', as(role));
    const roles = async () => [...((await under.other.find(ROOM))?.roles ?? [])];
    const leave = (who: string) =>
      store.removePeer({ code: ROOM, peerId: peerId(who), sessionId: session(`${who}-1`) }, 'left');

    test('are kept after the person has left, for whoever reads or joins the room', async () => {
      expect(await roles()).toEqual([]);
      await give('ada', 'viewer');
      await leave('ada');
      expect(await roles()).toEqual([[ADA, 'viewer']]);
      const joined = await store.addPeer(addition('zoe'));
      expect([...joined.roles]).toEqual([[ADA, 'viewer']]);
    });

    test('end with another role, and with the call', async () => {
      await give('ada', 'host');
      await give('ada', 'participant');
      expect(await roles()).toEqual([]);
      await give('ada', 'viewer');
      await leave('ada');
      await leave('bob');
      expect([...(await store.addPeer(addition('zoe'))).roles]).toEqual([]);
    });

    test('are not touched by other changes of the peer', async () => {
      await give('ada', 'host');
      await store.changePeer(ROOM, peerId('ada'), 'none', (peer) => ({ ...peer, mediaNodeId: null }));
      expect(await roles()).toEqual([[ADA, 'host']]);
    });

    test('are those of succession too', async () => {
      await give('bob', 'host');
      await leave('bob');
      const leftAt = (await store.find(ROOM))?.leaderLeftAt ?? 0;
      await store.promote(ROOM, peerId('ada'), leftAt);
      expect(await roles()).toEqual([[ADA, 'host']]);
    });

    test('are not kept of a peer whose person nobody knows', async () => {
      expect(livePeer('bob').identity).toBe(UNKNOWN_IDENTITY);
      await give('bob', 'viewer');
      expect(await roles()).toEqual([]);
    });
  });
}
