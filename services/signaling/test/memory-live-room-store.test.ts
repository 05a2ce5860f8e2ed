import { expect, test } from '@jest/globals';
import { MemoryLiveRoomStore } from '../src/store/memory-live-room-store.ts';
import { reasonTtlMs } from '../src/store/peer-rules.ts';
import { describeLiveRoomStore, type StoreUnderTest } from './support/live-room-store-contract.ts';
import { describeNetworks } from './support/networks-contract.ts';
import { describeNodes } from './support/nodes-contract.ts';
import { describeRoles } from './support/roles-contract.ts';
import { describeSettings } from './support/settings-contract.ts';
import { describeViews } from './support/view-contract.ts';
import { describeWaiting } from './support/waiting-contract.ts';

const create = async (): Promise<StoreUnderTest> => {
  const store = new MemoryLiveRoomStore();
  return { store, other: store, close: () => store.close() };
};

describeLiveRoomStore('the live-room store in memory', create);
describeNetworks('the live-room store in memory', create);
describeNodes('the live-room store in memory', create);
describeRoles('the live-room store in memory', create);
describeSettings('the live-room store in memory', create);
describeViews('the live-room store in memory', create);
describeWaiting('the live-room store in memory', create);

test('the reason for which somebody ended a peer is kept for hours, the others as long as a join token', () => {
  expect(reasonTtlMs('left', 60_000)).toBe(60_000);
  expect(reasonTtlMs('timed-out', 60_000)).toBe(60_000);
  for (const reason of ['removed', 'banned', 'call-ended', 'moved'] as const)
    expect(reasonTtlMs(reason, 60_000)).toBeGreaterThanOrEqual(12 * 3_600_000);
});
