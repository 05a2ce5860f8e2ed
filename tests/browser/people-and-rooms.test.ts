import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AccountPages } from '../harness/browser/account-pages.ts';
import { CallPage, PreJoinPage } from '../harness/browser/pages.ts';
import { expectDoesNotHear, expectHears } from '../harness/browser/playback.ts';
import { RoomPages } from '../harness/browser/room-pages.ts';
import { TestBrowser, type Tab } from '../harness/browser/test-browser.ts';
import { WireLog } from '../harness/browser/wire-log.ts';
import { Launcher } from '../harness/servers/launcher.ts';
import '../harness/jest-timeout.ts';

const PASSWORD = 'correct horse battery';
const PASSCODE = 'sesame';
// Each part goes on where the one before it ended, as people do: if one fails, those after it fail as well.
describe('two people with accounts and two guests', () => {
  let launcher: Launcher;
  let browser: TestBrowser;
  let rooms: RoomPages;
  let code: string;
  /** Owns the room. */
  let olga: CallPage;
  let ada: CallPage;
  let gus: CallPage;
  let gina: CallPage;

  beforeAll(async () => {
    launcher = await Launcher.start({ env: { CLOSED_GRACE_MS: '30000' } });
    browser = await TestBrowser.launch(launcher.origin, 'camera-off');
  });
  afterAll(async () => {
    await browser?.close();
    await launcher?.stop();
  });

  const register = async (name: string, fields: Record<string, string> = {}): Promise<Tab> => {
    const tab = await browser.open('/register');
    const pages = new AccountPages(tab);
    const email = `${name.toLowerCase()}@example.com`;
    await pages.fill({ 'E-mail address': email, Password: PASSWORD, Name: name, ...fields });
    await pages.press('Make the account');
    await pages.menu(name).waitFor();
    return tab;
  };
  const heading = ({ page }: Pick<Tab, 'page'>, name: string): Promise<void> =>
    page.getByRole('heading', { name, exact: true }).waitFor();
  const reads = ({ page }: Pick<Tab, 'page'>, text: string): Promise<void> =>
    page.getByText(text).first().waitFor();
  /** Opens the link of the room in this tab, and presses Join. */
  const knock = async (tab: Tab, name: string, passcode?: string): Promise<CallPage> => {
    await tab.page.goto(`/r/${code}`);
    const prejoin = new PreJoinPage(tab);
    await prejoin.name().fill(name);
    if (passcode !== undefined) await tab.page.getByLabel('Passcode').fill(passcode);
    await prejoin.joinButton().click();
    return new CallPage(tab, name);
  };
  const anotherTab = async ({ context }: Tab): Promise<Tab> => {
    const page = await context.newPage();
    return { page, context, wire: new WireLog(page), problems: [] };
  };
  const choose = async (name: string, item: string): Promise<void> => {
    await olga.tile(name).first().hover();
    await olga
      .tile(name)
      .first()
      .getByRole('button', { name: `Options for ${name}` })
      .click();
    await olga.page.getByRole('menuitem', { name: item, exact: true }).click();
  };
  const confirm = (answer: string): Promise<void> =>
    olga.page.getByRole('dialog').getByRole('button', { name: answer, exact: true }).click();
  /** Does something in the host controls, and closes them. */
  const withControls = async (act: () => Promise<void>): Promise<void> => {
    await olga.press('People');
    await olga.press('Host controls');
    await act();
    await olga.page.keyboard.press('Escape');
    await olga.page.getByRole('dialog').waitFor({ state: 'detached' });
    await olga.closePanel();
  };
  const lock = (on: boolean): Promise<void> =>
    withControls(async () => {
      const found = olga.page.getByRole('switch', { name: 'Lock the room' });
      await found.click();
      await olga.page.getByRole('switch', { name: 'Lock the room', checked: on }).waitFor();
    });

  test('one makes a room with a passcode and a waiting room, and enters without either', async () => {
    const tab = await register('Olga', { 'Setup code': await launcher.setupCode() });
    rooms = new RoomPages(await anotherTab(tab));
    await rooms.page.goto('/rooms/new');
    await rooms.fill('Name of the room', 'Team');
    await rooms.toggle('Waiting room');
    await rooms.fill('Passcode', PASSCODE);
    await rooms.press('Make the room');
    code = await rooms.madeRoom();
    // A tab behind another one draws once a second, and every press in it takes two.
    await tab.page.bringToFront();
    await tab.page.goto(`/r/${code}`);
    olga = await new PreJoinPage(tab).join('Olga');
  });

  test('the others need the passcode, wait, and are denied or let in', async () => {
    const adasTab = await register('Ada');
    ada = await knock(adasTab, 'Ada', 'wrong');
    await reads(ada, 'That is not the passcode.');
    ada = await knock(adasTab, 'Ada', PASSCODE);
    await heading(ada, 'You are waiting to be let in');
    await olga.press('Show');
    await olga.press('Options for Ada');
    await olga.page.getByRole('menuitem', { name: 'Do not let in', exact: true }).click();
    await heading(ada, 'You were not let in');
    ada = await knock(adasTab, 'Ada', PASSCODE);
    await olga.press('Let in Ada');
    await ada.waitUntilJoined();
    gus = await knock(await browser.open('/'), 'Gus', PASSCODE);
    gina = await knock(await browser.open('/', 'phone'), 'Gina', PASSCODE);
    // The panel is open, and says it in its heading.
    await reads(olga, 'Waiting to come in (2)');
    await olga.press('Let all in');
    for (const guest of [gus, gina]) await guest.waitUntilJoined();
    await olga.closePanel();
  });

  test('a locked room lets nobody else in', async () => {
    await lock(true);
    const { tab } = await knock(await browser.open('/'), 'Late', PASSCODE);
    await heading(tab, 'The room is locked');
    await tab.context.close();
    await lock(false);
  });

  test('a host is made, and a viewer, who is made a participant again', async () => {
    await choose('Ada', 'Make host');
    await reads(ada, 'Olga made you a host');
    await choose('Gina', 'Make viewer');
    await confirm('Make viewer');
    await gina.button('You are a viewer: you can listen, not speak').waitFor();
    await choose('Gina', 'Make participant');
    await reads(gina, 'Olga made you a participant');
  });

  test('everybody is muted for good, and one is asked to unmute', async () => {
    await withControls(() => olga.press('Mute all, and nobody may unmute'));
    for (const name of ['Ada', 'Gus', 'Gina']) await olga.tileSaying(name, 'muted').waitFor();
    await expectDoesNotHear(olga, 'Gus');
    await gus.button('Only hosts may unmute now. Raise your hand if you want to speak').waitFor();
    await choose('Gus', 'Ask to unmute');
    await reads(gus, 'Olga asks you to unmute');
    await expectDoesNotHear(olga, 'Gus');
    await gus.press('Unmute');
    await expectHears(olga, 'Gus');
  });

  test('the chat and a file are there after a late join and a reload', async () => {
    await ada.say('Here is the plan');
    await ada.page
      .getByTestId('chat-file-input')
      .setInputFiles({ name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('First, lunch.') });
    await gus.openChat();
    await gus.message('plan.txt').waitFor();
    // A person in the call needs no door after a reload.
    await gus.page.reload();
    const late = await knock(await browser.open('/'), 'Late', PASSCODE);
    await olga.press('Let in Late');
    for (const person of [gus, late]) {
      await person.waitUntilJoined();
      await person.openChat();
      await person.message('Here is the plan').waitFor();
      const saved = person.page.waitForEvent('download');
      await person.message('plan.txt').getByRole('button', { name: 'Save plan.txt' }).click();
      expect((await saved).suggestedFilename()).toBe('plan.txt');
    }
    await late.leave();
    await late.tab.context.close();
  });

  test('one who is removed may come back, one who is banned may not, in a new tab and a new profile', async () => {
    await choose('Gus', 'Remove from the call');
    await confirm('Remove');
    await reads(gus, 'Olga removed you from the call');
    gus = await knock(gus.tab, 'Gus', PASSCODE);
    await olga.press('Let in Gus');
    await gus.waitUntilJoined();
    await choose('Gus', 'Ban from the room');
    await confirm('Ban');
    await reads(gus, 'Olga removed you from the call for good');
    for (const tab of [await anotherTab(gus.tab), await browser.open('/')])
      await heading(await knock(tab, 'Gus', PASSCODE), 'You may not come into this room');
  });

  test('the call ends for all, and its owner finds what happened', async () => {
    await olga.press('More ways to leave');
    await olga.page.getByRole('menuitem', { name: 'End the call for all' }).click();
    await confirm('End for all');
    for (const person of [ada, gina]) await reads(person, 'Olga ended the call for everybody');
    await rooms.page.bringToFront();
    await rooms.page.goto(`/rooms/${code}/calls`);
    await rooms.page.getByText(/^\d+ entries$/).click();
    for (const name of ['Olga', 'Ada', 'Gus', 'Gina'])
      await rooms.page.getByRole('row', { name }).first().waitFor();
    for (const text of [
      'Here is the plan',
      'Olga did not let Ada in',
      'Olga changed the role of Ada: host',
      'Olga muted everybody',
      'Olga removed Gus',
      'Olga banned Gus',
    ])
      await rooms.page.getByText(text).first().waitFor();
    expect((await rooms.save('What hosts did (CSV)')).text).toContain('Gus');
    await rooms.page.goto(`/rooms/${code}`);
    await rooms.press('Let in again: Gus');
    await rooms.page.getByText('Nobody is banned from this room.').waitFor();
  });

  test('a person finds the room among those they were in', async () => {
    const pages = new RoomPages(await anotherTab(ada.tab));
    await pages.page.goto('/rooms/visits');
    await pages.page.getByText('as Ada').first().waitFor();
  });
});
