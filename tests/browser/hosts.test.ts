import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { roomCodeSchema, type RoomCode } from '@parley/proto/ids';
import { waitFor } from '@parley/common/testing';
import { axeViolations } from '../harness/browser/axe.ts';
import { LandingPage, PreJoinPage, type CallPage } from '../harness/browser/pages.ts';
import { joinAs } from '../harness/browser/people.ts';
import { sentAudioPackets } from '../harness/browser/page-probe.ts';
import { expectHears } from '../harness/browser/playback.ts';
import { TestBrowser, type Tab } from '../harness/browser/test-browser.ts';
import { WireLog } from '../harness/browser/wire-log.ts';
import '../harness/jest-timeout.ts';
import { Launcher } from '../harness/servers/launcher.ts';

const RIGHTS = ['Who may share the screen', 'Who may write in the chat', 'Who may turn on the camera'];

describe('somebody who leads a call', () => {
  let launcher: Launcher;
  let browser: TestBrowser;
  let code: RoomCode;
  /** Made the room with one press, and owns it in that browser. */
  let hana: CallPage;
  let gus: CallPage;
  let ann: CallPage;

  beforeAll(async () => {
    launcher = await Launcher.start({ env: { LEADER_GRACE_MS: '1500', CLOSED_GRACE_MS: '20000' } });
    browser = await TestBrowser.launch(launcher.origin, 'camera-off');
    const tab = await browser.open('/');
    await new LandingPage(tab).newCall().click();
    await tab.page.waitForURL(/\/r\//);
    code = roomCodeSchema.parse(new URL(tab.page.url()).pathname.split('/').at(-1));
    hana = await new PreJoinPage(tab).join('Hana');
    gus = await joinAs(browser, code, 'Gus');
    await gus.press('Turn on camera');
    ann = await joinAs(browser, code, 'Ann', 'phone');
    await hana.tile('Ann').first().waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await launcher?.stop();
  });

  const choose = async (by: CallPage, name: string, item: string): Promise<void> => {
    await by.tile(name).first().hover();
    await by
      .tile(name)
      .first()
      .getByRole('button', { name: `Options for ${name}` })
      .click();
    await by.page.getByRole('menuitem', { name: item, exact: true }).click();
  };
  const confirm = (by: CallPage, answer: string): Promise<void> =>
    by.page.getByRole('dialog').getByRole('button', { name: answer, exact: true }).click();
  const reads = (who: CallPage, text: string): Promise<void> => who.page.getByText(text).first().waitFor();
  const rule = async (label: string, on: boolean): Promise<void> => {
    const found = hana.page.getByRole('switch', { name: label });
    if ((await found.getAttribute('aria-checked')) !== String(on)) await found.click();
    await waitFor(async () => (await found.getAttribute('aria-checked')) === String(on), {
      what: `${label} to be ${on}`,
    });
  };
  const allow = async (label: string, who: 'Everybody' | 'Only hosts'): Promise<void> => {
    const choice = hana.page.getByRole('combobox', { name: label });
    await choice.click();
    await hana.page.getByRole('option', { name: who, exact: true }).click();
    await choice.filter({ hasText: who }).waitFor();
  };
  const openControls = async (): Promise<void> => {
    await hana.press('People');
    await hana.press('Host controls');
    await hana.page.getByRole('dialog').waitFor();
  };
  const closeControls = async (): Promise<void> => {
    await hana.page.keyboard.press('Escape');
    await hana.page.getByRole('dialog').waitFor({ state: 'detached' });
    await hana.closePanel();
  };
  /** The browser of this person sends no sound for as long as that of Hana sends some. */
  const sendsNoSound = (who: CallPage): Promise<unknown> =>
    waitFor(
      async () => {
        const [sent, clock] = [await sentAudioPackets(who.page), await sentAudioPackets(hana.page)];
        await waitFor(async () => (await sentAudioPackets(hana.page)) > clock + 10, {
          what: 'sound of Hana',
        });
        return (await sentAudioPackets(who.page)) === sent;
      },
      { what: `${who.name} to send no sound` },
    );
  const unmute = (who: CallPage): Promise<void> => who.press('Unmute microphone');
  /** The words of a page that does not let this person in. */
  const refusal = async (tab: Tab, words: string): Promise<void> => {
    const page = new PreJoinPage(tab);
    await page.name().fill('Again');
    await page.joinButton().click();
    await tab.page.getByText(words).first().waitFor();
  };
  const anotherTab = async ({ context }: Tab): Promise<Tab> => {
    const page = await context.newPage();
    await page.goto(`/r/${code}`);
    return { page, context, wire: new WireLog(page), problems: [] };
  };

  test('is marked for all, and others are offered nothing that they may not do', async () => {
    await gus.tileSaying('Hana', 'host').waitFor();
    await gus.press('People');
    expect(await gus.page.getByTestId('person').filter({ hasText: 'Owner' }).count()).toBe(1);
    expect(await gus.button('Host controls').count()).toBe(0);
    await gus.page.getByTestId('person').getByRole('button', { name: 'Options for Hana' }).click();
    expect(await gus.page.getByRole('menuitem').allTextContents()).toEqual(['Pin', 'Write privately']);
    await gus.page.keyboard.press('Escape');
    await gus.closePanel();
    await hana.press('People');
    await hana.page.getByTestId('person').getByRole('button', { name: 'Options for Gus' }).click();
    expect(await hana.page.getByRole('menuitem').allTextContents()).toEqual([
      'Pin',
      'Write privately',
      'Mute',
      'Turn off camera',
      'Make host',
      'Make viewer',
      'Remove from the call',
      'Ban from the room',
    ]);
    expect(await axeViolations(hana.page)).toEqual([]);
    await hana.page.keyboard.press('Escape');
    await hana.closePanel();
  });

  test('mutes one person, who reads so and may unmute', async () => {
    await expectHears(hana, 'Gus');
    await choose(hana, 'Gus', 'Mute');
    await reads(gus, 'Hana muted you');
    await hana.tileSaying('Gus', 'muted').waitFor();
    await sendsNoSound(gus);
    await unmute(gus);
    await expectHears(hana, 'Gus');
  });

  test('mutes all so that nobody unmutes until asked, and then only by their own press', async () => {
    await openControls();
    expect(await axeViolations(hana.page)).toEqual([]);
    await hana.press('Mute all, and nobody may unmute');
    await closeControls();
    for (const name of ['Gus', 'Ann']) await hana.tileSaying(name, 'muted').waitFor();
    for (const who of [gus, ann]) await sendsNoSound(who);
    const reason = 'Only hosts may unmute now. Raise your hand if you want to speak';
    for (const who of [gus, ann]) {
      // Playwright waits for a control that is not off.
      await who.button(reason).click({ force: true });
      await who.page.getByTestId('toast').filter({ hasText: reason }).waitFor();
    }
    await gus.press('Raise hand');
    await hana.tileSaying('Gus', 'hand raised').waitFor();
    await choose(hana, 'Gus', 'Ask to unmute');
    await reads(gus, 'Hana asks you to unmute');
    await gus.button('Unmute microphone').waitFor();
    await sendsNoSound(gus);
    await gus.press('Unmute');
    await expectHears(hana, 'Gus');
    await choose(hana, 'Gus', 'Lower hand');
    await reads(gus, 'Hana lowered your hand');
  });

  test('stops a camera and a shared screen', async () => {
    await choose(hana, 'Gus', 'Turn off camera');
    await reads(gus, 'Hana turned off your camera');
    await hana.tileSaying('Gus', 'camera off').waitFor();
    await gus.press('Share screen');
    await hana.screenOf('Gus').waitFor();
    await choose(hana, 'Gus', 'Stop screen share');
    await reads(gus, 'Hana ended your screen share');
    await hana.screenOf('Gus').waitFor({ state: 'detached' });
    await gus.button('Share screen').waitFor();
  });

  test('takes chat, screen and camera from all others, who read why', async () => {
    await openControls();
    for (const label of RIGHTS) await allow(label, 'Only hosts');
    await closeControls();
    await gus.button('Only hosts may share a screen now').waitFor();
    await gus.button('Only hosts may turn on the camera now').waitFor();
    await gus.press('Chat');
    await reads(gus, 'Only hosts may write in the chat now');
    expect(await gus.messageBox().count()).toBe(0);
    await openControls();
    for (const label of [...RIGHTS, 'Who may speak']) await allow(label, 'Everybody');
    await closeControls();
    await gus.messageBox().waitFor();
    await gus.button('Share screen').waitFor();
  });

  test('clears the chat for all, which others cannot', async () => {
    await gus.say('a few words');
    expect(await gus.button('Clear the chat').count()).toBe(0);
    await hana.openChat();
    await hana.message('a few words').waitFor();
    await hana.press('Clear the chat');
    await confirm(hana, 'Clear the chat');
    await gus.page.getByTestId('chat-cleared').filter({ hasText: 'Hana cleared the chat' }).waitFor();
    expect(await gus.page.getByRole('article').count()).toBe(0);
    await hana.closePanel();
    await gus.closePanel();
  });

  test('makes a viewer, who keeps that role over a reload, and a participant again', async () => {
    await choose(hana, 'Gus', 'Make viewer');
    await confirm(hana, 'Make viewer');
    await reads(gus, 'Hana lets you watch only');
    await gus.button('You are a viewer: you can listen, not speak').waitFor();
    await gus.page.reload();
    await gus.waitUntilJoined();
    await gus.button('You are a viewer: you can listen, not speak').waitFor();
    await hana.tileSaying('Gus', 'viewer').waitFor();
    await choose(hana, 'Gus', 'Make participant');
    await reads(gus, 'Hana made you a participant');
    await unmute(gus);
    await hana.tileSaying('Gus', 'muted').waitFor({ state: 'detached' });
  });

  test('locks the room for newcomers', async () => {
    await openControls();
    await rule('Lock the room', true);
    await refusal(await browser.open(`/r/${code}`), 'The room is locked');
    await rule('Lock the room', false);
    await closeControls();
  });

  test('shows the names of the people in the call before Join, and takes them away', async () => {
    await openControls();
    await rule('Show names before Join', true);
    const tab = await browser.open(`/r/${code}`);
    await new PreJoinPage(tab).name().fill('Late');
    await tab.page.getByText(/In the call: Hana,/).waitFor();
    await rule('Show names before Join', false);
    await tab.page.getByText(/\d people are in the call/).waitFor();
    await tab.context.close();
    await closeControls();
  });

  test('removes a person after a question that has the name, and the person may come back', async () => {
    await choose(hana, 'Gus', 'Remove from the call');
    await reads(hana, 'Remove Gus from the call?');
    await confirm(hana, 'Cancel');
    expect(await hana.tile('Gus').count()).toBe(1);
    await choose(hana, 'Gus', 'Remove from the call');
    await confirm(hana, 'Remove');
    await reads(gus, 'Hana removed you from the call');
    await hana.tile('Gus').waitFor({ state: 'detached' });
    gus = await new PreJoinPage(await anotherTab(gus.tab)).join('Gus');
    await hana.tile('Gus').waitFor();
  });

  test('bans a person, for whom a new tab and a new profile are closed too', async () => {
    await choose(hana, 'Gus', 'Ban from the room');
    await reads(hana, 'Ban Gus from the room?');
    expect(await axeViolations(hana.page)).toEqual([]);
    await confirm(hana, 'Ban');
    await reads(gus, 'Hana removed you from the call for good');
    await refusal(await anotherTab(gus.tab), 'You may not come into this room');
    await refusal(await browser.open(`/r/${code}`), 'You may not come into this room');
  });

  test('hands over by leaving: another person becomes host after a while, and reads it', async () => {
    const { tab } = hana;
    await hana.leave();
    await reads(ann, 'You are the host now');
    await ann.press('People');
    expect(await axeViolations(ann.page)).toEqual([]);
    await ann.press('Host controls');
    await ann.page.getByRole('switch', { name: 'Lock the room' }).waitFor();
    expect(await axeViolations(ann.page)).toEqual([]);
    await ann.page.keyboard.press('Escape');
    await ann.closePanel();
    // The owner is owner again, whoever leads meanwhile.
    await tab.page.goto(`/r/${code}`);
    hana = await new PreJoinPage(tab).join('Hana');
    await hana.tileSaying('Ann', 'host').waitFor();
  });

  test('ends the call for everybody', async () => {
    await hana.press('More ways to leave');
    await hana.page.getByRole('menuitem', { name: 'End the call for all' }).click();
    await confirm(hana, 'End for all');
    await reads(ann, 'Hana ended the call for everybody');
    await hana.page.getByRole('heading', { name: 'You left the call' }).waitFor();
  });
});
