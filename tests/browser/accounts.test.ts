import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AccountPages } from '../harness/browser/account-pages.ts';
import { axeViolations } from '../harness/browser/axe.ts';
import { PreJoinPage } from '../harness/browser/pages.ts';
import { TestBrowser, type Form, type Tab } from '../harness/browser/test-browser.ts';
import { Launcher } from '../harness/servers/launcher.ts';
import { MailSink } from '../harness/servers/mail-sink.ts';
import '../harness/jest-timeout.ts';

const PUBLIC_URL = 'http://meet.example';
const ADA = { email: 'ada@example.com', password: 'correct horse battery' };
const BEN = { email: 'ben@example.com', password: 'four words and more' };
/** A name that does something where a page takes it for markup. */
const ADA_NAME = '<img src=x onerror=document.title="!">';

describe('the pages of accounts', () => {
  let mails: MailSink;
  let launcher: Launcher;
  let browser: TestBrowser;

  beforeAll(async () => {
    mails = await MailSink.start();
    const mail = { SMTP_URL: mails.url, MAIL_FROM: 'parley@meet.example', PUBLIC_URL };
    // All people of this test come from one address.
    const env = { ...mail, RATE_LIMIT_FACTOR: '2' };
    launcher = await Launcher.start({ env });
    browser = await TestBrowser.launch(launcher.origin, 'camera-off');
  });
  afterAll(async () => {
    await browser?.close();
    await launcher?.stop();
    await mails?.close();
  });

  const pathOf = (link: string): string => link.slice(PUBLIC_URL.length);
  const open = async (path: string, form?: Form): Promise<AccountPages> =>
    new AccountPages(await browser.open(path, form));
  const linkTo = (email: string): Promise<string> => mails.nextLink(email, PUBLIC_URL);
  const refreshes = (tab: Tab): Promise<number> =>
    tab.page.evaluate(
      () => performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('/refresh')).length,
    );

  test('a guest sees how to log in, and the page asks for no session', async () => {
    const tab = await browser.open('/');
    await tab.page.getByRole('link', { name: 'Log in' }).waitFor();
    await tab.page.getByRole('button', { name: 'New call' }).waitFor();
    expect(await refreshes(tab)).toBe(0);
    await tab.context.close();
  });

  test('the first account needs the setup code, and its name is text', async () => {
    const pages = await open('/login');
    await pages.page.getByText('This server has no account yet.').waitFor();
    await pages.follow('Make an account');
    const ada = { 'E-mail address': ADA.email, Password: ADA.password, Name: ADA_NAME };
    await pages.fill({ ...ada, 'Setup code': 'guessed' });
    await pages.press('Make the account');
    await pages.page.getByRole('alert').getByText('This is not the setup code').waitFor();
    await pages.fill({ 'Setup code': await launcher.accounts('setup-code') });
    await pages.press('Make the account');
    await pages.menu(ADA_NAME).waitFor();
    expect(await pages.page.title()).not.toBe('!');
    expect(await pages.page.locator('header img').count()).toBe(0);
    await pages.page.context().close();
  });
  test('a person registers, confirms by mail, renames, changes the password, forgets it, and leaves', async () => {
    const tab = await browser.open('/register');
    const pages = new AccountPages(tab);
    await pages.fill({ 'E-mail address': 'ben', Password: 'short' });
    await pages.press('Make the account');
    await pages.page.getByText('Type a whole address').waitFor();
    await pages.page.getByText('Use at least 10 characters.').waitFor();
    await pages.fill({ 'E-mail address': BEN.email, Password: BEN.password, Name: 'Ben' });
    await pages.press('Make the account');
    await pages.heading('Look into your mail').waitFor();

    await pages.page.goto(await linkTo(BEN.email));
    await pages.heading('Confirm your address').waitFor();
    await pages.page.waitForURL(({ hash }) => hash === '');
    await pages.press('Make my account');
    await pages.heading('Welcome, Ben').waitFor();
    // A reload loses the token in the memory of the page, and the cookie brings another one.
    await pages.page.goto('/');
    await pages.choose('Ben', 'Account');
    await pages.fill({ Name: 'Benjamin' });
    await pages.press('Save the name');
    await pages.page.getByText('The name is saved.').waitFor();
    await pages.menu('Benjamin').waitFor();

    await pages.fill({ 'Current password': 'not this one', 'New password': 'another good password' });
    await pages.press('Save the password');
    await pages.page.getByRole('alert').getByText('The current password is wrong').waitFor();
    await pages.fill({ 'Current password': BEN.password });
    await pages.press('Save the password');
    await pages.page.getByText('The password is saved.').waitFor();

    await pages.choose('Benjamin', 'Log out');
    await pages.heading('You are not logged in').waitFor();
    await pages.logIn(BEN.email, BEN.password);
    await pages.page.getByRole('alert').getByText('The e-mail address or the password is wrong').waitFor();

    await pages.follow('Forgot your password?');
    await pages.fill({ 'E-mail address': BEN.email });
    await pages.press('Send the link');
    await pages.heading('Look into your mail').waitFor();
    await pages.page.goto(await linkTo(BEN.email));
    await pages.fill({ 'New password': 'the third password' });
    await pages.press('Save the password');
    await pages.heading('Your new password is saved').waitFor();
    await pages.follow('Log in');
    await pages.fill({ 'E-mail address': BEN.email, Password: 'the third password' });
    await pages.press('Log in');
    await pages.menu('Benjamin').waitFor();

    await pages.page.goto('/account');
    await pages.press('Delete the account…');
    const dialog = pages.page.getByRole('dialog');
    await dialog.getByText('Your rooms end').waitFor();
    await dialog.getByLabel('Password', { exact: true }).fill('the third password');
    await dialog.getByRole('button', { name: 'Delete for good' }).click();
    await pages.heading('Your account is deleted').waitFor();
    await pages.page.getByText('No room was deleted.').waitFor();
    await pages.logIn(BEN.email, 'the third password');
    await pages.alert().waitFor();
    await tab.context.close();
  });

  test('tabs of one browser share the log-in, refresh at once without losing it, and see the log-out', async () => {
    const pages = await open('/');
    await pages.logIn(ADA.email, ADA.password);
    await pages.menu(ADA_NAME).waitFor();
    const context = pages.page.context();
    const tabs = await Promise.all(Array.from({ length: 4 }, () => context.newPage()));
    for (let round = 0; round < 3; round += 1) {
      await Promise.all(tabs.map((page) => page.goto('/')));
      await Promise.all(tabs.map((page) => new AccountPages({ page }).menu(ADA_NAME).waitFor()));
    }
    await pages.choose(ADA_NAME, 'Log out');
    for (const page of tabs) await page.getByRole('link', { name: 'Log in' }).waitFor();
    await context.close();
  });

  test('a person joins with the name of the account, and is the owner of a room that it makes', async () => {
    const tab = await browser.open('/login?next=/');
    const pages = new AccountPages(tab);
    await pages.fill({ 'E-mail address': ADA.email, Password: ADA.password });
    await pages.press('Log in');
    await pages.menu(ADA_NAME).waitFor();
    await pages.press('New call');
    const preJoin = new PreJoinPage(tab);
    await preJoin.joinButton().waitFor();
    expect(await preJoin.name().inputValue()).toBe(ADA_NAME);
    await pages.page.getByText(`You join with your account, ${ADA.email}.`).waitFor();
    const room = pages.page.waitForResponse((response) => /\/api\/rooms\/[a-z0-9-]+$/.test(response.url()));
    await pages.page.reload();
    expect(await (await room).json()).toMatchObject({ role: 'owner' });
    const path = new URL(pages.page.url()).pathname;
    const call = await preJoin.join('Ada');
    await call.leave();
    await tab.context.close();

    const guest = await browser.open(path);
    await guest.page.getByText('You join as a guest.').waitFor();
    await guest.context.close();
  });

  test('a person logs in by keyboard only', async () => {
    const { page } = await open('/login');
    await page.getByRole('heading', { level: 1, name: 'Log in' }).waitFor();
    const { keyboard } = page;
    await keyboard.press('Tab');
    await keyboard.type(ADA.email);
    await keyboard.press('Tab');
    await keyboard.type(ADA.password);
    await keyboard.press('Tab');
    await keyboard.press('Space');
    expect(await page.getByLabel('Password', { exact: true }).getAttribute('type')).toBe('text');
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await new AccountPages({ page }).menu(ADA_NAME).waitFor();
    await page.context().close();
  });

  test('an invitation and a link of the operator lead to pages that work', async () => {
    const pages = await open(pathOf(await launcher.accounts('invite')));
    await pages.page.getByText('You are invited.').waitFor();
    await pages.page.waitForURL(({ hash }) => hash === '');
    await pages.fill({ 'E-mail address': 'cleo@example.com', Password: BEN.password, Name: 'Cleo' });
    await pages.press('Make the account');
    await pages.menu('Cleo').waitFor();
    await pages.choose('Cleo', 'Log out');
    await pages.page.goto(pathOf(await launcher.accounts('reset', 'cleo@example.com')));
    await pages.fill({ 'New password': 'another good password' });
    await pages.press('Save the password');
    await pages.heading('Your new password is saved').waitFor();
    await pages.page.context().close();
  });

  test('links that are broken, used or invented say what to do', async () => {
    const pages = await open('/reset-password');
    await pages.heading('A part of the link is missing').waitFor();
    await pages.page.goto(`/register/confirm#${'A'.repeat(43)}`);
    await pages.press('Make my account');
    await pages.page.getByRole('alert').getByText('This link does not work any more').waitFor();
    await pages.page.goto(`/register#${'A'.repeat(43)}`);
    await pages.fill({ 'E-mail address': 'dan@example.com', Password: BEN.password, Name: 'Dan' });
    await pages.press('Make the account');
    await pages.page.getByRole('alert').getByText('This invitation does not work').waitFor();
    await pages.page.goto('/login?openid=registration_closed');
    await pages.page.getByRole('alert').getByText('You have no account here yet').waitFor();
    await pages.page.context().close();
  });

  test.each<[Form]>([['desktop'], ['phone']])('axe finds nothing serious on a %s', async (form) => {
    const pages = await open('/', form);
    for (const [path, heading] of [
      ['/login', 'Log in'],
      ['/login?openid=email_taken', 'Log in'],
      ['/register', 'Make an account'],
      ['/forgot-password', 'Forgotten password'],
      [`/reset-password#${'A'.repeat(43)}`, 'Choose a new password'],
      [`/register/confirm#${'A'.repeat(43)}`, 'Confirm your address'],
      ['/account', 'You are not logged in'],
    ] as const) {
      await pages.page.goto(path);
      await pages.heading(heading).waitFor();
      expect([path, await axeViolations(pages.page)]).toEqual([path, []]);
    }
    await pages.logIn(ADA.email, ADA.password);
    // The next page has a menu of its own, and that of the form goes away with an open list.
    await pages.page.waitForURL(({ pathname }) => pathname !== '/login');
    await pages.menu(ADA_NAME).click();
    expect(await axeViolations(pages.page)).toEqual([]);
    await pages.page.getByRole('menuitem', { name: 'Account' }).click();
    await pages.heading('Your account').waitFor();
    expect(await axeViolations(pages.page)).toEqual([]);
    await pages.press('Delete the account…');
    expect(await axeViolations(pages.page)).toEqual([]);
    await pages.page.context().close();
  });

  test('somebody who guesses reads when to try again, whether there is such an account or not', async () => {
    const pages = await open('/login');
    const refusal = pages.page.getByRole('alert').getByText('That was tried too often');
    await pages.fill({ 'E-mail address': 'nobody@example.com', Password: 'a guess' });
    for (let guess = 0; guess < 45 && !(await refusal.isVisible()); guess += 1) {
      await pages.press('Log in');
      await pages.alert().waitFor();
    }
    await refusal.waitFor();
    await pages.page.getByText(/Try again in \d+ minutes?\./).waitFor();
    await pages.page.context().close();
  });
});
