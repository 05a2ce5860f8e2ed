import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Session } from '../../src/account/session.ts';
import { AccountBrowser } from '../support/account-browser.ts';
import { waitFor } from '../support/wait-for.ts';

const PERSON = { email: 'anna@example.org', password: 'correct horse battery' };
const REFRESH = 'POST /api/auth/refresh';

let browser: AccountBrowser;

beforeEach(async () => {
  browser = await AccountBrowser.open();
});
afterEach(() => browser.close());

const status = (tab: Session) => tab.getState().status;
const known = (tab: Session) => waitFor('the log-in to be known', () => status(tab) !== 'unknown');
const getAccount = (tab: Session) => tab.rest.call('getAccount', {});
const createRoom = (tab: Session) => tab.rest.call('createRoom', { body: {} });
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'it succeeded',
    (error: { code?: string }) => error.code,
  );

async function loggedInTab(): Promise<Session> {
  const tab = browser.openTab();
  await tab.logIn(PERSON);
  return tab;
}

describe('the session of a guest', () => {
  test('asks the server for nothing, and makes rooms without a token', async () => {
    const tab = browser.openTab();
    tab.start();
    expect(status(tab)).toBe('guest');
    await createRoom(tab);
    expect(browser.asked).toEqual(['POST /api/rooms']);
  });

  test('says that nobody is logged in where an account is needed', async () => {
    expect(await codeOf(getAccount(browser.openTab()))).toBe('logged_out');
  });

  test('finds the log-in that a provider left in the cookie', async () => {
    await loggedInTab();
    browser.stored.clear();
    const tab = browser.openTab();
    expect(await tab.resume()).toMatchObject({ status: 'logged-in', account: { displayName: 'Anna' } });
  });
});

describe('the session of somebody who logged in', () => {
  test('shows the token with requests', async () => {
    const tab = await loggedInTab();
    expect(tab.getState()).toMatchObject({ status: 'logged-in', account: { email: PERSON.email } });
    await createRoom(tab);
    expect(browser.asked).toEqual(['POST /api/auth/login', 'POST /api/rooms with a token']);
  });

  test('goes on after a reload', async () => {
    await loggedInTab();
    const reloaded = browser.openTab();
    reloaded.start();
    await known(reloaded);
    expect(status(reloaded)).toBe('logged-in');
    expect(await getAccount(reloaded)).toEqual(browser.account);
  });

  test('gets another token once when the server refuses one, however many requests were refused', async () => {
    const tab = await loggedInTab();
    browser.forgetAccessTokens();
    await Promise.all([getAccount(tab), createRoom(tab), getAccount(tab)]);
    expect(browser.asked.filter((line) => line === REFRESH)).toHaveLength(1);
    expect(browser.reuses).toBe(0);
  });

  test('repeats a request once only', async () => {
    const tab = await loggedInTab();
    browser.refusals.set('/api/account', 'unauthenticated');
    expect(await codeOf(getAccount(tab))).toBe('unauthenticated');
    expect(browser.asked.filter((line) => line.startsWith('GET'))).toHaveLength(2);
  });

  test('ends when the server knows it no more, and says so', async () => {
    const tab = await loggedInTab();
    browser.endSession();
    expect(await codeOf(createRoom(tab))).toBe('logged_out');
    expect(status(tab)).toBe('guest');
    browser.asked.length = 0;
    const reloaded = browser.openTab();
    await createRoom(reloaded);
    expect(browser.asked).toEqual(['POST /api/rooms']);
  });

  test('stays unknown while accounts are away, and is found afterwards', async () => {
    await loggedInTab();
    browser.refusals.set('/api/auth/refresh', 'unavailable');
    const tab = browser.openTab();
    expect(await tab.resume()).toMatchObject({ status: 'unknown', error: { code: 'unavailable' } });
    // A room would belong to a guest.
    expect(await codeOf(createRoom(tab))).toBe('unavailable');
    expect(await tab.credentials.token('guest')).toBeNull();
    browser.refusals.clear();
    expect(await tab.resume()).toMatchObject({ status: 'logged-in', error: null });
  });

  test('asks for another token before the last one ends, and does not wait for it', async () => {
    const tab = await loggedInTab();
    const lasting = await tab.credentials.token('account');
    expect(browser.asked).not.toContain(REFRESH);
    jumpBy(15 * 60_000 - 20_000);
    try {
      expect(tab.credentials.token('account')).toBe(lasting);
      await waitFor('another token', () => tab.credentials.token('account') !== lasting);
    } finally {
      Date.now = realNow;
    }
  });

  test('does not ask again and again on a device whose clock is wrong', async () => {
    browser.lifetimeMs = -3_600_000;
    const tab = await loggedInTab();
    for (let turn = 0; turn < 3; turn += 1) await getAccount(tab);
    expect(browser.asked).not.toContain(REFRESH);
  });

  test('stays logged in if the log-out does not reach the server', async () => {
    const tab = await loggedInTab();
    browser.refusals.set('/api/auth/logout', 'unavailable');
    expect(await codeOf(tab.logOut())).toBe('unavailable');
    expect(status(tab)).toBe('logged-in');
  });
});

describe('the sessions of several tabs', () => {
  test.each([
    ['with locks of the browser', true],
    ['on a page that is not secure', false],
  ])('never use a refresh token twice, %s', async (_, isSecure) => {
    await loggedInTab();
    const tabs = Array.from({ length: 5 }, () => browser.openTab({ isSecure }));
    await Promise.all(tabs.map(async (tab) => getAccount(tab)));
    expect(browser.reuses).toBe(0);
    expect(tabs.map(status)).toEqual(tabs.map(() => 'logged-in'));
  });

  test('see that somebody logged in, and out', async () => {
    const other = browser.openTab();
    other.start();
    const tab = await loggedInTab();
    await waitFor('the other tab to see the log-in', () => status(other) === 'logged-in');
    await tab.logOut();
    await waitFor('the other tab to see the log-out', () => status(other) === 'guest');
    expect(await codeOf(getAccount(other))).toBe('logged_out');
  });

  test('see another name', async () => {
    const tab = await loggedInTab();
    const other = browser.openTab();
    await getAccount(other);
    browser.account.displayName = 'Anna B.';
    await tab.rename('Anna B.');
    await waitFor('the other name', () => other.getState().account?.displayName === 'Anna B.');
  });

  test('look again at a page that was away while somebody logged out', async () => {
    const tab = await loggedInTab();
    browser.stored.clear();
    tab.wake();
    expect(status(tab)).toBe('guest');
  });
});

const realNow = Date.now;

function jumpBy(ms: number): void {
  Date.now = () => realNow() + ms;
}
