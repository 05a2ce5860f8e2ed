import { expect, test } from '@jest/globals';
import { silentLogger } from '@parley/common/testing';
import type { ProducerId } from '@parley/proto/ids';
import type { RoomListener } from '../src/store/live-room-store.ts';
import { MemoryLiveRoomStore } from '../src/store/memory-live-room-store.ts';
import { LocalRoom } from '../src/room/local-room.ts';
import type { Parts } from '../src/room/parts.ts';
import { addition, livePeer, ROOM } from './support/live-room-store-contract.ts';

const SOUND = 'sound' as ProducerId;

test('whoever joins while events are missing knows the node of each producer that was read for them', async () => {
  const store = new MemoryLiveRoomStore();
  let listener: RoomListener = () => undefined;
  store.subscribe = async (_code, added) => {
    listener = added;
    return () => undefined;
  };
  const room = new LocalRoom({ store, settings: { nodeLostMs: 1 } } as unknown as Parts, ROOM, silentLogger);
  await room.ready;
  const first = await store.addPeer(addition('ada'));
  await room.people(first);
  const bob = livePeer('bob', { mediaNodeId: 'b' });
  const producers = [{ producerId: SOUND, source: 'microphone', kind: 'audio', paused: false } as const];
  const record = { ...bob.record, producers };
  const live = await store.addPeer(addition('bob', { peer: { ...bob, record }, placedAsFirst: false }));
  // The event of it is among the missed ones.
  listener({ type: 'events-missed', since: 0 });
  const { peers, homeOf } = await room.people(live);
  // Before the comparison with the store begins.
  room.close();
  expect(peers).toHaveLength(2);
  expect([homeOf(SOUND), homeOf('nobody' as ProducerId)]).toEqual(['b', undefined]);
  store.close();
});
