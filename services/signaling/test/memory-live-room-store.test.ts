import { MemoryLiveRoomStore } from '../src/store/memory-live-room-store.ts';
import { describeLiveRoomStore } from './support/live-room-store-contract.ts';

describeLiveRoomStore('the live-room store in memory', async () => {
  const store = new MemoryLiveRoomStore();
  return { store, other: store, close: () => store.close() };
});
