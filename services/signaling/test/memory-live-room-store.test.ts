import { MemoryLiveRoomStore } from '../src/store/memory-live-room-store.ts';
import { describeLiveRoomStore, type StoreUnderTest } from './support/live-room-store-contract.ts';
import { describeNetworks } from './support/networks-contract.ts';
import { describeSettings } from './support/settings-contract.ts';
import { describeWaiting } from './support/waiting-contract.ts';

const create = async (): Promise<StoreUnderTest> => {
  const store = new MemoryLiveRoomStore();
  return { store, other: store, close: () => store.close() };
};

describeLiveRoomStore('the live-room store in memory', create);
describeNetworks('the live-room store in memory', create);
describeSettings('the live-room store in memory', create);
describeWaiting('the live-room store in memory', create);
