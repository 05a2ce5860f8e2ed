import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import { HostedRoom } from '../harness/browser/hosted-room.ts';
import {
  changesSince,
  chatLength,
  layoutOfMessage,
  placeInChat,
  readThroughChat,
  watchChanges,
} from '../harness/browser/page-changes.ts';
import { liveCaptures, openConnections } from '../harness/browser/page-probe.ts';
import { expectAllSeeEachOther, joinAs } from '../harness/browser/people.ts';
import type { CallPage } from '../harness/browser/pages.ts';
import { RawPeer } from '../harness/peer/raw-peer.ts';
import { RoomFlood } from '../harness/peer/room-flood.ts';
import '../harness/jest-timeout.ts';

/** The page takes what came in so many steps without a wait, and then in one for each tenth of a second; see `Batch`. */
const stepsIn = (ms: number) => 10 + ms / 100;
/** One for what came, and some to measure new rows, to scroll, and for a sound or a second that passes meanwhile. */
const CHANGES_OF_STEP = 6;
/** Those in sight and a few beyond the edges. */
const MESSAGES_MAX = 60;
/** With kerning it takes thirty times as long. */
const LONG_WORD_MAX_TIMES = 8;

describe('two people talk while guests send as much as the room lets through', () => {
  let room: HostedRoom;
  let ada: CallPage;
  let bela: CallPage;
  let flood: RoomFlood;

  beforeAll(async () => {
    room = await HostedRoom.start({ env: { RATE_LIMIT_FACTOR: '0' } });
    ada = await joinAs(room.browser, room.code, 'Ada');
    bela = await joinAs(room.browser, room.code, 'Bela', 'phone');
    flood = await RoomFlood.begin((name) => RawPeer.join(room.launcher.origin, room.code, name));
  });

  afterAll(async () => {
    flood?.close();
    await room?.stop();
  });

  const newest = (page: CallPage) => {
    const text = flood.messages.toSorted((a, b) => a.sentAt - b.sentAt).at(-1)?.text ?? '';
    return page.message(`${text.slice(0, text.indexOf(' '))} `);
  };

  test('the page changes far less often than something comes, and shows few messages at a time', async () => {
    await ada.openChat();
    await watchChanges(ada.page);
    await flood.burst();
    await newest(ada).waitFor();
    const { changes, mostMessages, places, frames, forMs } = await changesSince(ada.page);
    expect(flood.total).toBeGreaterThan(150);
    expect(changes).toBeLessThan(CHANGES_OF_STEP * stepsIn(forMs));
    expect(mostMessages).toBeGreaterThan(0);
    expect(mostMessages).toBeLessThan(MESSAGES_MAX);
    // One list is open, and looks once in a frame where its rows begin.
    expect(places).toBeGreaterThan(0);
    expect(places).toBeLessThanOrEqual(frames + 1);
  });

  test('a message of one long word is laid out about as fast as one of many short words', async () => {
    const ofWords = await layoutOfMessage(ada.page, `${'x'.repeat(19)} `.repeat(100));
    const ofOneWord = await layoutOfMessage(ada.page, 'x'.repeat(2000));
    expect(ofWords).toBeGreaterThan(0);
    expect(ofOneWord).toBeLessThan(LONG_WORD_MAX_TIMES * ofWords);
  });

  test('the list follows the newest message, and stays where somebody reads', async () => {
    const list = ada.page.getByRole('log');
    const fromEnd = () =>
      list.evaluate(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight);
    await waitFor(async () => (await fromEnd()) < 2, { what: 'the end of the list' });
    await list.evaluate((element) => element.scrollTo({ top: element.scrollHeight / 2 }));
    await ada.button('Newest messages').waitFor();
    const place = await placeInChat(ada.page);
    const count = flood.messages.length;
    await flood.steady(20);
    expect(flood.messages.length).toBeGreaterThan(count);
    await waitFor(async () => (await chatLength(ada.page)) === flood.messages.length, {
      what: 'new messages',
    });
    expect(await placeInChat(ada.page)).toEqual(place);
    await ada.press('Newest messages');
    await newest(ada).waitFor();
  });

  test('the chat has every message once and in order', async () => {
    const sentAt = new Map(
      flood.messages.map((message) => [message.text.slice(0, message.text.indexOf(' ')), message.sentAt]),
    );
    const read = await readThroughChat(ada.page);
    expect(read.toSorted()).toEqual([...sentAt.keys()].toSorted());
    const times = read.map((text) => sentAt.get(text)!);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  test('somebody with a keyboard keeps the place when the focused message is scrolled away', async () => {
    await bela.say('see https://example.org');
    const link = ada.page.getByRole('link', { name: 'https://example.org' });
    await link.focus();
    await ada.page.getByRole('log').evaluate((list) => list.scrollTo({ top: 0 }));
    await ada.button('Newest messages').waitFor();
    expect(await link.evaluate((element) => element === document.activeElement)).toBe(true);
    await ada.press('Newest messages');
  });

  test('what comes is announced together', async () => {
    // The list itself announces nothing: its rows come and go as somebody scrolls.
    expect(await ada.page.getByRole('log').getAttribute('aria-live')).toBe('off');
    await flood.steady(30);
    const announced = ada.page.getByTestId('chat-announcer').locator('p');
    await waitFor(async () => (await announced.count()) > 0, { what: 'the announcement' });
    expect(await announced.count()).toBeLessThanOrEqual(6);
  });

  test('Leave shows its page and frees the devices while everything comes in', async () => {
    await expectAllSeeEachOther([ada, bela]);
    const flooding = flood.burst();
    await ada.press('Leave');
    await ada.page.getByRole('heading', { name: 'You left the call' }).waitFor();
    expect(await liveCaptures(ada.page, 'audio')).toBe(0);
    expect(await liveCaptures(ada.page, 'video')).toBe(0);
    await flooding;
    await bela.tile('Ada').waitFor({ state: 'detached' });
    await waitFor(async () => (await openConnections(ada.page)) === 0, { what: 'the connections to close' });
  });

  test('no page had an error', () => {
    for (const { tab } of [ada, bela]) expect(tab.problems).toEqual([]);
  });
});
