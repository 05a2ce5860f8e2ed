import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AccountPages } from '../harness/browser/account-pages.ts';
import { axeViolations } from '../harness/browser/axe.ts';
import { joinAs } from '../harness/browser/people.ts';
import { RoomPages } from '../harness/browser/room-pages.ts';
import { TestBrowser, type Form } from '../harness/browser/test-browser.ts';
import { Launcher } from '../harness/servers/launcher.ts';
import '../harness/jest-timeout.ts';

const OPERATOR = { 'E-mail address': 'olga@example.com', Password: 'correct horse battery', Name: 'Olga' };
/** Names and texts that a spreadsheet would compute. */
const GUS = '=1+Gus';
const TEXT = '@all, hello';
describe('the pages of rooms', () => {
  let launcher: Launcher;
  let browser: TestBrowser;

  beforeAll(async () => {
    launcher = await Launcher.start();
    browser = await TestBrowser.launch(launcher.origin, 'camera-off');
  });
  afterAll(async () => {
    await browser?.close();
    await launcher?.stop();
  });

  const open = async (path: string, form?: Form): Promise<RoomPages> =>
    new RoomPages(await browser.open(path, form));

  test('a guest makes a room, changes it while others talk, and finds the call, its people and its chat afterwards', async () => {
    const pages = await open('/rooms');
    await pages.page.getByText('These rooms belong to this browser.').waitFor();
    await pages.page.getByText('No rooms yet').waitFor();
    await pages.follow('New room');
    await pages.heading('New room').waitFor();
    await pages.fill('Name of the room', 'Choir');
    await pages.toggle('Everybody comes in muted');
    await pages.choose('Who may share the screen', 'Only hosts');
    await pages.fill('Places', '5000');
    await pages.page.getByText('Use a whole number from 1 to 1,000.').waitFor();
    await pages.fill('Places', '7');
    await pages.press('Make the room');
    const code = await pages.madeRoom();
    await pages.page.getByText(`${launcher.origin}/r/${code}`).waitFor();
    await pages.switchFor('Everybody comes in muted', true).waitFor();
    expect(await pages.field('Places').inputValue()).toBe('7');

    const gus = await joinAs(browser, code, GUS);
    await gus.press('Unmute microphone');
    await gus.say(TEXT);
    await pages.choose('Who may speak', 'Only hosts');
    await gus.page.getByText('You are muted now').first().waitFor();
    await pages.page.getByText('Saved', { exact: true }).waitFor();
    await pages.fill('Passcode', 'abc');
    await pages.page.getByText('That is too short.').waitFor();
    await pages.fill('Passcode', 'sesame');
    await pages.page.getByText('A passcode is set.').waitFor();
    await pages.press('Remove passcode');
    await pages.page.getByText('Everybody who comes has to type it.').waitFor();
    await pages.page.goto('/rooms');
    await pages.page.getByText('One person is there now').waitFor();
    await gus.leave();

    await pages.follow('Past calls of Choir');
    await pages.page.getByText('1 entry').click();
    await pages.page.getByRole('row', { name: GUS }).getByText('guest').waitFor();
    await pages.page.getByText(TEXT).waitFor();
    const attendance = await pages.save('Who was there (CSV)');
    expect(attendance.name).toMatch(new RegExp(`^${code}-\\d{4}-\\d{2}-\\d{2}-attendance\\.csv$`));
    expect(attendance.text).toContain(`\r\n"'${GUS}",guest,`);
    expect(attendance.text.startsWith('\uFEFF')).toBe(true);
    expect((await pages.save('Chat (CSV)')).text).toContain(`"'${TEXT}"`);
    expect(JSON.parse((await pages.save('Everything (JSON)')).text)).toMatchObject({ title: 'Choir' });

    await pages.page.goto(`/rooms/${code}`);
    await pages.press('Delete…');
    await pages.press('Delete for good');
    await pages.page.getByText('No rooms yet').waitFor();
    await pages.page.goto(`/r/${code}`);
    await pages.heading('This call does not exist').waitFor();
    await gus.tab.context.close();
    await pages.page.context().close();
  });

  test('somebody who does not lead a room reads so, and their own visits', async () => {
    const owner = await open('/rooms/new');
    await owner.press('Make the room');
    const code = await owner.madeRoom();
    const gus = await joinAs(browser, code, 'Gus');
    await gus.leave();
    const pages = new RoomPages(gus.tab);
    await pages.page.goto(`/rooms/${code}`);
    await pages.page.getByText('You do not lead this room').waitFor();
    await pages.page.goto(`/rooms/${code}/calls`);
    await pages.page.getByRole('alert').getByText('This call does not exist').waitFor();
    await pages.page.goto('/rooms/visits');
    await pages.page.getByText('as Gus').waitFor();
    await pages.page.goto('/rooms/nonsense');
    await pages.heading('This page does not exist').waitFor();
    for (const { page } of [owner, pages]) await page.context().close();
  });

  test('a room is made with the keyboard alone', async () => {
    const { page } = await open('/rooms');
    const link = page.getByRole('link', { name: 'New room' });
    await link.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'New room' }).waitFor();
    await page.getByLabel('Name of the room').focus();
    await page.keyboard.type('Keys');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.getByRole('switch', { name: /^Lock the room/, checked: true }).waitFor();
    await page.getByRole('button', { name: 'Make the room' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/rooms\/[a-z0-9-]{13}$/);
    await page.getByRole('switch', { name: /^Lock the room/, checked: true }).waitFor();
    await page.context().close();
  });

  test('an operator ends a call and its people read why; others read that the page is not for them', async () => {
    const pages = await open('/operator');
    await pages.page.getByText('This page is for operators').waitFor();
    const account = new AccountPages(pages);
    await pages.page.goto('/register?next=/operator');
    await account.fill({ ...OPERATOR, 'Setup code': await launcher.setupCode() });
    await account.press('Make the account');
    await account.menu('Olga').waitFor();
    await pages.page.goto('/rooms/new');
    await pages.fill('Name of the room', 'Team');
    await pages.press('Make the room');
    const gus = await joinAs(browser, await pages.madeRoom(), 'Gus');

    await pages.page.goto('/operator');
    await pages.page.getByText('Owner: Olga').waitFor();
    await pages.press('End the call in Team');
    await pages.press('End it for everybody');
    await gus.page.getByText('An operator of this server ended the call').waitFor();
    await pages.page.getByText('No call runs now').waitFor();

    await pages.fill('IP address', 'here');
    await pages.press('Block the address');
    await pages.page.getByText('This is no IP address.').waitFor();
    await pages.fill('IP address', '203.0.113.5');
    await pages.press('Block the address');
    await pages.press('Unblock 203.0.113.5');
    await pages.page.getByText('No address is blocked.').waitFor();
    await pages.press('Make an invitation');
    const link = await pages.page.getByText(/\/register#/).textContent();

    const eve = await browser.open(new URL(link ?? '').pathname + new URL(link ?? '').hash);
    const others = new AccountPages(eve);
    await others.fill({ ...OPERATOR, 'E-mail address': 'eve@example.com', Name: 'Eve' });
    await others.press('Make the account');
    await others.menu('Eve').waitFor();
    await eve.page.goto('/operator');
    await eve.page.getByText('This page is for operators').waitFor();
    await pages.fill('Name or e-mail address', 'eve@');
    await pages.press('Find');
    await pages.press('Block Eve');
    await pages.page.getByRole('button', { name: 'Unblock Eve' }).waitFor();
    await eve.page.reload();
    await eve.page.getByRole('link', { name: 'Log in' }).first().waitFor();
    for (const { context } of [gus.tab, eve]) await context.close();
    await pages.page.context().close();
  });

  test.each<[Form]>([['desktop'], ['phone']])('axe finds nothing serious on a %s', async (form) => {
    const pages = await open('/rooms/new', form);
    const account = new AccountPages(pages);
    await account.logIn(OPERATOR['E-mail address'], OPERATOR.Password);
    await account.menu('Olga').waitFor();
    await pages.page.goto('/rooms/new');
    const look = async (where: string): Promise<void> => {
      expect([where, await axeViolations(pages.page)]).toEqual([where, []]);
      const sideways = await pages.page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect([where, sideways]).toEqual([where, 0]);
      if (process.env.SHOTS_DIR !== undefined)
        await pages.page.screenshot({
          path: join(process.env.SHOTS_DIR, `${form}-${where}.png`),
          fullPage: true,
        });
    };
    await pages.heading('New room').waitFor();
    await look('new room');
    await pages.fill('Name of the room', 'A room with a name that is long enough for two lines on a phone');
    await pages.press('Make the room');
    const code = await pages.madeRoom();
    await pages.page.getByText('Nobody is banned from this room.').waitFor();
    await look('settings');
    await pages.press('Delete…');
    await look('delete');
    const gus = await joinAs(browser, code, 'Gus');
    await gus.say('hello');
    await pages.page.goto('/operator');
    await pages.page.getByText('Media node').waitFor();
    await pages.page.getByText('eve@example.com').waitFor();
    await look('operator');
    await pages.press('End the call in A room with a name that is long enough for two lines on a phone');
    await look('end');
    await gus.leave();
    await gus.tab.context.close();
    await pages.page.goto('/rooms');
    await pages.page.getByText('A room with a name').first().waitFor();
    await look('rooms');
    await pages.page.goto(`/rooms/${code}/calls`);
    await pages.page.getByText('1 entry').waitFor();
    await look('calls');
    await pages.page.getByText('1 entry').click();
    await pages.page.getByRole('row', { name: 'Gus' }).waitFor();
    await look('call');
    await pages.page.goto('/rooms/visits');
    await pages.page.getByText('No calls yet').waitFor();
    await look('visits');
    await pages.page.context().close();
  });
});
