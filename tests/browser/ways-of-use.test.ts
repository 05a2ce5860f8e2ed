import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { TestBrowser, type Tab } from '../harness/browser/test-browser.ts';
import { expectAllSeeEachOther, joinAs } from '../harness/browser/people.ts';
import { expectMoving } from '../harness/browser/playback.ts';
import { CallPage, PreJoinPage } from '../harness/browser/pages.ts';
import '../harness/jest-timeout.ts';
import { callRoute } from '../harness/peer/rest-client.ts';
import { Launcher } from '../harness/servers/launcher.ts';

describe('without a mouse', () => {
  let launcher: Launcher;
  let browser: TestBrowser;

  const newRoom = async () => (await callRoute(launcher.origin, 'createRoom', { body: {} })).code;

  beforeAll(async () => {
    launcher = await Launcher.start();
    browser = await TestBrowser.launch(launcher.origin);
  });

  afterAll(async () => {
    await browser?.close();
    await launcher?.stop();
  });

  /** By how many pixels the content is wider than the window. */
  const overflow = (tab: Tab) =>
    tab.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

  test('a phone joins, talks, writes and leaves by touch alone', async () => {
    const code = await newRoom();
    const desktop = await joinAs(browser, code, 'Desk');
    const tab = await browser.open('/', 'phone');
    expect(await overflow(tab)).toBe(0);
    await tab.page.getByRole('textbox', { name: 'Code or link' }).tap();
    await tab.page.keyboard.insertText(code);
    await tab.page.getByRole('button', { name: 'Join call' }).tap();
    const preJoin = new PreJoinPage(tab);
    await preJoin.name().tap();
    await tab.page.keyboard.insertText('Phone');
    expect(await overflow(tab)).toBe(0);
    await preJoin.joinButton().tap();
    const phone = new CallPage(tab, 'Phone');
    await phone.waitUntilJoined();
    await expectAllSeeEachOther([desktop, phone]);
    expect(await overflow(tab)).toBe(0);
    await phone.button('Mute microphone').tap();
    await desktop.tileSaying('Phone', 'muted').waitFor();
    await phone.button('Turn off camera').tap();
    await desktop.tileSaying('Phone', 'camera off').waitFor();
    await phone.button('Raise hand').tap();
    await desktop.tileSaying('Phone', 'hand raised').waitFor();
    await phone.button('Chat').tap();
    await phone.messageBox().tap();
    await tab.page.keyboard.insertText('from my phone');
    await phone.button('Send').tap();
    await desktop.openChat();
    await desktop.message('from my phone').waitFor();
    await phone.button('Close panel').tap();
    await phone.button('People').tap();
    await tab.page.getByRole('listitem').filter({ hasText: 'Desk' }).waitFor();
    await phone.button('Close panel').tap();
    await phone.button('Leave').tap();
    await tab.page.getByRole('heading', { name: 'You left the call' }).waitFor();
    await desktop.tile('Phone').waitFor({ state: 'detached' });
    await tab.context.close();
    await desktop.tab.context.close();
  });

  test('a person joins, uses every control and leaves with the keyboard alone', async () => {
    const code = await newRoom();
    const other = await joinAs(browser, code, 'Other');
    const tab = await browser.open('/');
    const { page } = tab;
    const { keyboard } = page;

    /** Moves the focus with Tab, as a person does. */
    const tabTo = async (role: 'button' | 'textbox' | 'menuitem', name: string): Promise<void> => {
      const wanted = page.getByRole(role, { name, exact: true });
      await wanted.waitFor();
      for (let presses = 0; presses < 60; presses += 1) {
        if (await wanted.evaluate((node) => node === document.activeElement)) return;
        await keyboard.press('Tab');
      }
      throw new Error(`Tab does not lead to the ${role} ${name}`);
    };
    const press = async (name: string): Promise<void> => {
      await tabTo('button', name);
      await keyboard.press('Enter');
    };

    await tabTo('textbox', 'Code or link');
    await keyboard.type(code);
    await keyboard.press('Enter');
    await tabTo('textbox', 'Your name');
    await keyboard.type('Keys');
    await press('Join');
    const keys = new CallPage(tab, 'Keys');
    await keys.waitUntilJoined();
    await expectMoving(keys.video('Other'));
    await press('Mute microphone');
    await other.tileSaying('Keys', 'muted').waitFor();
    await press('Turn off camera');
    await other.tileSaying('Keys', 'camera off').waitFor();
    await press('Raise hand');
    await other.tileSaying('Keys', 'hand raised').waitFor();
    await press('Share screen');
    await other.tileSaying('Keys', 'sharing the screen').waitFor();
    await press('Stop sharing');
    await other.screenOf('Keys').waitFor({ state: 'detached' });
    await press('Chat');
    await tabTo('textbox', 'Message');
    await keyboard.type('typed');
    await keyboard.press('Enter');
    await other.openChat();
    await other.message('typed').waitFor();
    await keyboard.press('Escape');
    await keys.messageBox().waitFor({ state: 'detached' });
    await press('People');
    await page.getByRole('heading', { name: 'People' }).waitFor();
    await keyboard.press('Escape');
    await press('Leave');
    await page.getByRole('heading', { name: 'You left the call' }).waitFor();
    await tab.context.close();
    await other.tab.context.close();
  });
});
