import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import { axeViolations } from '../harness/browser/axe.ts';
import { HostedRoom } from '../harness/browser/hosted-room.ts';
import { OwnedRoom } from '../harness/browser/owned-room.ts';
import { CallPage, PreJoinPage } from '../harness/browser/pages.ts';
import { liveCaptures } from '../harness/browser/page-probe.ts';
import { expectMoving } from '../harness/browser/playback.ts';
import type { Form, Tab } from '../harness/browser/test-browser.ts';
import '../harness/jest-timeout.ts';

describe('the door of a room, through the page', () => {
  let hosted: HostedRoom;
  let tabs: Tab[] = [];

  beforeAll(async () => {
    const env = { RESUME_GRACE_MS: '3000', CLOSED_GRACE_MS: '15000' };
    hosted = await HostedRoom.start({ env }, 'camera-off');
  });
  afterEach(async () => {
    await hosted.browser.closeTabs();
    // A refusal over REST is a line in the console of the browser, and no error of the page.
    const problems = tabs.flatMap((tab) => tab.problems);
    tabs = [];
    expect(problems.filter((problem) => !/Failed to load resource/.test(problem))).toEqual([]);
  });
  afterAll(() => hosted?.stop());

  const own = async (settings: Parameters<typeof OwnedRoom.create>[1]): Promise<OwnedRoom> => {
    const room = await OwnedRoom.create(hosted.browser, settings);
    tabs.push(room.owner);
    return room;
  };
  const open = async (path: string, form?: Form): Promise<PreJoinPage> => {
    const tab = await hosted.browser.open(path, form);
    tabs.push(tab);
    return new PreJoinPage(tab);
  };
  /** Presses Join, and does not expect to be in the call. */
  const knock = async ({ path }: OwnedRoom, name: string, form?: Form): Promise<CallPage> => {
    const prejoin = await open(path, form);
    await prejoin.name().fill(name);
    await prejoin.joinButton().click();
    return new CallPage({ page: prejoin.page } as Tab, name);
  };
  const heading = ({ page }: { page: CallPage['page'] }, name: string) =>
    page.getByRole('heading', { name, exact: true }).waitFor();
  const waits = (person: CallPage) => heading(person, 'You are waiting to be let in');
  const listed = (host: CallPage) => host.page.getByTestId('waiting-person').locator('bdi').allTextContents();

  test('somebody waits with their picture, is announced, and is let in muted as they chose', async () => {
    const room = await own({ waitingRoom: true });
    const olga = await new PreJoinPage(room.owner).join('Olga');
    const wanda = await knock(room, 'Wanda', 'phone');
    await waits(wanda);
    await wanda.press('Turn on camera');
    await expectMoving(wanda.page.getByRole('region', { name: 'Your picture' }).locator('video'));
    await wanda.page.getByText('see your name, Wanda').waitFor();
    await wanda.press('Mute microphone');
    expect(await axeViolations(wanda.page)).toEqual([]);
    await olga.page.getByText('Wanda wants to come in').first().waitFor();
    await olga.page.getByTestId('announcer').getByText('Wanda wants to come in').waitFor();
    expect(await axeViolations(olga.page)).toEqual([]);
    await olga.press('Let in Wanda');
    await wanda.waitUntilJoined();
    await olga.tileSaying('Wanda', 'muted').waitFor();
    await olga.page.getByText('Wanda wants to come in').first().waitFor({ state: 'detached' });

    // Two of one name, and one of them is denied.
    const ana = await knock(room, 'Ana');
    await waits(ana);
    const other = await knock(room, 'Ana');
    await waits(other);
    await olga.page.getByText('2 people want to come in').first().waitFor();
    await olga.press('Show');
    expect(await listed(olga)).toEqual(['Ana', 'Ana (2)']);
    expect(await axeViolations(olga.page)).toEqual([]);
    await olga.press('Options for Ana (2)');
    await olga.page.getByRole('menuitem', { name: 'Do not let in', exact: true }).click();
    await heading(other, 'You were not let in');
    expect(await liveCaptures(other.page, 'video')).toBe(0);

    // The list survives a reload of the host.
    await olga.page.reload();
    await olga.waitUntilJoined();
    await olga.press('Let in Ana');
    await ana.waitUntilJoined();
  });

  test('somebody waits for a host who comes later, or goes away', async () => {
    const room = await own({ waitingRoom: true });
    const wanda = await knock(room, 'Wanda');
    await waits(wanda);
    await wanda.page.getByText('Nobody is in the call yet').waitFor();
    const will = await knock(room, 'Will');
    await waits(will);
    await will.press('Stop waiting');
    await heading(will, 'You left the call');
    const olga = await new PreJoinPage(room.owner).join('Olga');
    await olga.press('Let in Wanda');
    await wanda.waitUntilJoined();
  });

  test('a passcode is asked for, wrong, right, remembered in the tab, and limited', async () => {
    const room = await own({ passcode: 'sesame' });
    const prejoin = await open(room.path, 'phone');
    const { page } = prejoin;
    const field = page.getByLabel('Passcode');
    const enter = async (passcode: string) => {
      await field.fill(passcode);
      await prejoin.joinButton().click();
    };
    await prejoin.name().fill('Pia');
    await enter('');
    await page.getByText('Enter the passcode of the call.').waitFor();
    await enter('wrong');
    await page.getByText('That is not the passcode.').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await enter('sesame');
    const pia = new CallPage({ page } as Tab, 'Pia');
    await pia.waitUntilJoined();
    await pia.leave();
    await page.reload();
    expect(await field.inputValue()).toBe('sesame');
    for (let attempt = 0; attempt < 4; attempt += 1) {
      await enter(`wrong${attempt}`);
      await page.getByText('That is not the passcode.').waitFor();
      await field.fill('');
    }
    await enter('wrong again');
    await page.getByText(/Too many passcodes were tried\. Try again in \d+ minutes/).waitFor();
    // The owner needs none.
    await new PreJoinPage(room.owner).join('Olga');
  });

  test.each([
    ['locked', { locked: true }, 'The room is locked'],
    ['closed', { closesAt: 1_000 }, 'This room is closed'],
    ['for people with an account', { guestsAllowed: false }, 'This room is for people with an account'],
  ] as const)('a room that is %s says so', async (_, settings, title) => {
    const room = await own(settings);
    const gast = await knock(room, 'Gast');
    await heading(gast, title);
    expect(await axeViolations(gast.page)).toEqual([]);
  });

  test('a room that opens later says when, and lets people in by itself', async () => {
    const room = await own({ opensAt: Date.now() + 30_000 });
    const early = await knock(room, 'Early');
    await heading(early, 'The room is not open yet');
    await early.page.getByText(/It opens on .*\d{1,2}:\d{2}/).waitFor();
    await early.waitUntilJoined();
  });

  test('a person moves to another tab, and stays muted', async () => {
    const room = await own({});
    await new PreJoinPage(room.owner).join('Olga');
    const bela = await (await open(room.path)).join('Bela');
    await bela.press('Mute microphone');
    const page = await bela.page.context().newPage();
    await page.goto(bela.page.url());
    const second = new PreJoinPage({ page } as Tab);
    await second.name().fill('Bela');
    await second.joinButton().click();
    await heading(second, 'You are in this call already');
    expect(await axeViolations(page)).toEqual([]);
    await second.button('Move it here').click();
    const moved = new CallPage({ page } as Tab, 'Bela');
    await moved.waitUntilJoined();
    await heading(bela, 'You went on with another device');
    const olga = new CallPage(room.owner, 'Olga');
    await olga.tileSaying('Bela', 'muted').waitFor();
    await moved.button('Unmute microphone').waitFor();
    await waitFor(async () => (await olga.tile('Bela').count()) === 1, { what: 'one Bela' });
    // Back, and this time both stay.
    await bela.press('Rejoin');
    await heading(bela, 'You are in this call already');
    await bela.press('Join here as well');
    await bela.waitUntilJoined();
    await waitFor(async () => (await olga.tile('Bela').count()) === 2, { what: 'two of Bela' });
  });

  test('somebody who is blocked cannot come back, not with a new profile either', async () => {
    const room = await own({ waitingRoom: true });
    const olga = await new PreJoinPage(room.owner).join('Olga');
    const mallory = await knock(room, 'Mallory');
    await waits(mallory);
    await olga.press('Show');
    await olga.press('Options for Mallory');
    await olga.page.getByRole('menuitem', { name: 'Do not let in, and block' }).click();
    await olga.page.getByRole('dialog', { name: 'Block Mallory?' }).waitFor();
    expect(await axeViolations(olga.page)).toEqual([]);
    await olga.press('Block');
    await heading(mallory, 'You may not come into this room');
    await mallory.page.reload();
    const again = new PreJoinPage({ page: mallory.page } as Tab);
    await again.joinButton().click();
    await heading(again, 'You may not come into this room');
    await heading(await knock(room, 'Mallory'), 'You may not come into this room');
  });
});
