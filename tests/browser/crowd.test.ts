import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import { HostedRoom } from '../harness/browser/hosted-room.ts';
import { joinAs } from '../harness/browser/people.ts';
import type { CallPage } from '../harness/browser/pages.ts';
import '../harness/jest-timeout.ts';
import { RawPeer } from '../harness/peer/raw-peer.ts';

/** The snapshot of a page has a hundred of those who send nothing. */
const GUESTS = 130;
const PAGE = 50;
/** All guests have one address, and none of them sends or receives anything. */
const ROOM_FOR_MANY = {
  RATE_LIMIT_FACTOR: '0',
  PEER_LIMIT: '300',
  ROOM_PEERS_PER_ADDRESS: '300',
  ROOM_EVENTS_PER_SECOND: '1000',
  JOINS_PER_ADDRESS: '10000',
  HALF_OPEN_PER_ADDRESS: '1000',
  MEDIA_CONNECT_TIMEOUT_MS: '3600000',
};
const nameOf = (index: number): string => `Guest ${index + 1}`;
const names = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, index) => nameOf(from + index));

describe('the list of people of a crowd', () => {
  let room: HostedRoom;
  let ada: CallPage;
  const guests: RawPeer[] = [];
  const guest = (index: number): RawPeer => guests[index]!;

  beforeAll(async () => {
    room = await HostedRoom.start({ env: ROOM_FOR_MANY }, 'camera-off');
    for (let index = 0; index < GUESTS; index += 1)
      guests.push(await RawPeer.join(room.launcher.origin, room.code, nameOf(index)));
    ada = await joinAs(room.browser, room.code, 'Ada');
    await ada.press('People');
  });
  afterAll(async () => {
    for (const { socket } of guests) socket.close();
    await room?.stop();
  });

  const search = (text: string): Promise<void> =>
    ada.page.getByRole('searchbox', { name: 'Search for a name' }).fill(text);
  const expectListed = async (expected: readonly string[]): Promise<void> => {
    await waitFor(async () => (await ada.listedNames()).join() === expected.join(), {
      what: 'these people to be listed',
      describe: () => ada.listedNames(),
    });
  };
  const expectCounted = (all: number): Promise<void> =>
    ada.page.getByRole('heading', { name: `In the call (${all}), of whom 0 watch` }).waitFor();

  test('has everybody once, in the order of joining, page by page', async () => {
    await expectCounted(GUESTS + 1);
    await expectListed(names(0, PAGE));
    await ada.press('Show more people');
    await expectListed(names(0, 2 * PAGE));
    await ada.press('Show more people');
    await expectListed([...names(0, GUESTS), 'Ada']);
    await ada.button('Show more people').waitFor({ state: 'detached' });
  });

  test('finds people by their names whom the page was never notified of', async () => {
    await search('guest 12');
    await expectListed([nameOf(11), ...names(119, 129)]);
    expect([...ada.tab.wire.peers().keys()]).not.toContain(nameOf(128));
    await search('nobody of them');
    await ada.page.getByText('Nobody here has such a name.').waitFor();
    await search('');
    await expectListed(names(0, PAGE));
  });

  test('follows new names, those who leave, and hands', async () => {
    await guest(GUESTS - 1).request('peer:set-profile', { displayName: 'Zoe' });
    await search('zoe');
    await expectListed(['Zoe']);
    await search('');
    await guest(1).leave();
    await expectCounted(GUESTS);
    await expectListed([nameOf(0), ...names(2, PAGE + 1)]);
    await guest(GUESTS - 2).request('peer:set-hand', { raised: true });
    await ada.page.getByRole('heading', { name: 'Raised hands (1)' }).waitFor();
    await expectListed([nameOf(GUESTS - 2), nameOf(0), ...names(2, PAGE + 1)]);
  });
});
