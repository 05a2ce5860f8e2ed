import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AccountPages } from '../harness/browser/account-pages.ts';
import { axeViolations } from '../harness/browser/axe.ts';
import { OwnedRoom } from '../harness/browser/owned-room.ts';
import { PreJoinPage } from '../harness/browser/pages.ts';
import { TestBrowser } from '../harness/browser/test-browser.ts';
import { Launcher } from '../harness/servers/launcher.ts';
import '../harness/jest-timeout.ts';

const EMAIL = 'ada@example.org';
const PASSWORD = 'a sentence to remember';

describe('before a call', () => {
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

  test('a person sees where they are logged in, and ends one log-in and all others', async () => {
    const pages = new AccountPages(await browser.open('/register'));
    await pages.fill({ 'E-mail address': EMAIL, Password: PASSWORD, Name: 'Ada' });
    await pages.fill({ 'Setup code': await launcher.setupCode() });
    await pages.press('Make the account');
    await pages.menu('Ada').waitFor();
    const others: AccountPages[] = [];
    for (let index = 0; index < 3; index += 1) {
      const other = new AccountPages(await browser.open('/', index === 0 ? 'phone' : undefined));
      await other.logIn(EMAIL, PASSWORD);
      await other.menu('Ada').waitFor();
      others.push(other);
    }
    await pages.page.goto('/account');
    const list = pages.page.getByRole('list', { name: 'Your log-ins' });
    await list.getByRole('listitem').nth(3).waitFor();
    expect(await list.getByText('This browser').count()).toBe(1);
    expect(await list.getByText('Last used: Today').count()).toBe(4);
    expect(await list.getByText(/Chrome on /).count()).toBe(4);
    expect(await axeViolations(pages.page)).toEqual([]);
    await list
      .getByRole('button', { name: /^Log out: Chrome on / })
      .first()
      .click();
    await list.getByRole('listitem').nth(3).waitFor({ state: 'detached' });
    await pages.press('Log out everywhere else');
    await list.getByRole('listitem').nth(1).waitFor({ state: 'detached' });
    expect(await pages.page.getByRole('button', { name: 'Log out everywhere else' }).count()).toBe(0);
    for (const other of others) {
      await other.page.goto('/account');
      await other.heading('You are not logged in').waitFor();
    }
    await pages.page.reload();
    await pages.heading('Your account').waitFor();
  });

  test('whoever waits to be let in sees how loud their microphone is, and not while it is off', async () => {
    const room = await OwnedRoom.create(browser, { waitingRoom: true });
    await new PreJoinPage(room.owner).join('Olga');
    const prejoin = new PreJoinPage(await browser.open(room.path));
    const { page } = prejoin;
    await prejoin.name().fill('Wanda');
    await prejoin.joinButton().click();
    await page.getByRole('heading', { name: 'You are waiting to be let in' }).waitFor();
    // The device of the test browser beeps.
    await page.getByRole('img', { name: 'Microphone level' }).locator('[data-lit="true"]').first().waitFor();
    await page.getByRole('button', { name: 'Mute microphone', exact: true }).click();
    await page.getByRole('img', { name: 'The microphone is off' }).waitFor();
  });
});
