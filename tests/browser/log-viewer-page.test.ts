import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { axeViolations } from '../harness/browser/axe.ts';
import { TestBrowser, type Form, type Tab } from '../harness/browser/test-browser.ts';
import { LogsPage, PrefixProxy, TestLogViewer } from '../harness/servers/log-viewer.ts';
import '../harness/jest-timeout.ts';
import { waitFor } from '@parley/common/testing';

const TRACE = 'ab'.repeat(16);
const NAME =
  'Eve\n{"level":"fatal","msg":"forged"}\u001b[31m</script><img src=x onerror="window.hit=1">\u202egpj';

let viewer: TestLogViewer;
let browser: TestBrowser;
let tab: Tab;
let logs: LogsPage;

beforeAll(async () => {
  viewer = await TestLogViewer.start();
  browser = await TestBrowser.launch(viewer.origin);
});

afterAll(async () => {
  await browser?.close();
  await viewer?.stop();
});

async function open(path = '/', form: Form = 'desktop'): Promise<void> {
  tab = await browser.open(path, form);
  logs = new LogsPage(tab.page);
}

afterEach(async () => {
  const problems = tab.problems.filter((problem) => !problem.includes('401'));
  await tab.context.close();
  expect(problems).toEqual([]);
});

/** Writes one join as all services do, with a line of another join in between. */
function writeJoin(start: number): void {
  const fields = { traceId: TRACE, room: 'abcd-efgh-jkm', peer: 'p1' };
  viewer.write('browser', { ...fields, msg: 'join pressed' }, start);
  viewer.write('gateway', { ...fields, msg: 'join asked' }, start + 10);
  viewer.write('signaling', { traceId: 'cd'.repeat(16), msg: 'somebody else' }, start + 15);
  viewer.write('signaling', { ...fields, displayName: NAME, msg: 'peer joined' }, start + 20);
  viewer.write('media', { ...fields, msg: 'peer opened' }, start + 20);
  viewer.write(
    'media',
    { ...fields, level: 'error', msg: 'transport failed', err: { type: 'Error', message: 'boom' } },
    start + 900,
  );
}

const JOIN = ['join pressed', 'join asked', 'peer joined', 'peer opened', 'transport failed'];

describe('an operator', () => {
  const start = Date.now() - 60_000;
  beforeAll(() => writeJoin(start));

  test('logs in with the password only, and logs out', async () => {
    await open();
    await tab.page.getByLabel('Password').fill('not the password');
    await tab.page.getByRole('button', { name: 'Log in' }).click();
    await tab.page.getByText('That is not the password.').waitFor();
    await logs.logIn();
    expect(await logs.messages()).toEqual(expect.arrayContaining(JOIN));
    await tab.page.getByRole('button', { name: 'Log out' }).click();
    await tab.page.getByLabel('Password').waitFor();
    await tab.page.goto('/');
    await tab.page.getByLabel('Password').waitFor();
  });

  test('follows one join through browser, gateway, signaling and media with one click', async () => {
    await open();
    await logs.logIn();
    await logs.lines
      .filter({ hasText: 'peer opened' })
      .getByRole('button', { name: /^Follow trace/ })
      .click();
    await logs.shows(...JOIN);
    expect(await tab.page.locator('.line .service').allTextContents()).toEqual([
      'browser',
      'gateway',
      'signaling',
      'media',
      'media',
    ]);
    expect(await tab.page.locator('.line .time').last().textContent()).toMatch(/ \+0\.900$/);
    await tab.page.goBack();
    await waitFor(async () => (await logs.messages()).includes('somebody else'), { what: 'all lines again' });
  });

  test('searches and filters, and finds the lines around one', async () => {
    await open();
    await logs.logIn();
    await tab.page.getByLabel('Search').fill('FAILED');
    await logs.shows('transport failed');
    await tab.page.getByLabel('Search').fill('');
    await tab.page.getByLabel('Level').selectOption('error');
    await logs.shows('transport failed');
    await logs.lines.first().locator('.open').click();
    await logs.lines.first().getByText('boom', { exact: true }).waitFor();
    await tab.page.getByRole('button', { name: 'Lines around it' }).click();
    await waitFor(async () => (await logs.messages()).includes('somebody else'), {
      what: 'the lines around it',
    });
    expect(await tab.page.locator('.line.anchor .message').textContent()).toBe('transport failed');
    await tab.page.getByLabel('this instance only').check();
    await waitFor(
      async () => {
        const services = await tab.page.locator('.line .service').allTextContents();
        return services.length > 0 && services.every((service) => service === 'media');
      },
      { what: 'its instance only' },
    );
    await tab.page.getByRole('button', { name: 'Back to the results' }).click();
    await logs.shows('transport failed');
    await tab.page.getByLabel('Level').selectOption('fatal');
    await tab.page.getByText('No lines match.').waitFor();
    await tab.page.getByRole('button', { name: 'Clear' }).click();
    await waitFor(async () => (await logs.messages()).length >= 6, { what: 'all lines' });
  });

  test('sees markup and line breaks of a log line as text, in one row', async () => {
    await open();
    await logs.logIn();
    await tab.page.getByLabel('Search').fill('forged');
    await logs.shows('peer joined');
    const row = logs.lines.first();
    expect(await row.textContent()).toContain(
      'Eve\\n{"level":"fatal","msg":"forged"}\\x1b[31m</script><img src=x',
    );
    await row.locator('.open').click();
    expect(await row.locator('dd').filter({ hasText: 'Eve' }).textContent()).toContain('\\u202egpj');
    expect(await tab.page.locator('main img, main script').count()).toBe(0);
    expect(await tab.page.evaluate('window.hit')).toBeUndefined();
  });

  test('watches live lines, pauses them, and resumes', async () => {
    await open();
    await logs.logIn();
    await tab.page.getByLabel('Search').fill('tick');
    await tab.page.getByRole('button', { name: 'Live', exact: true }).waitFor();
    viewer.write('media', { msg: 'tick one' });
    await logs.shows('tick one');
    await tab.page.getByRole('button', { name: 'Live', exact: true }).click();
    viewer.write('media', { msg: 'tick two' });
    await tab.page.getByRole('button', { name: 'Resume (1 new)' }).click();
    await logs.shows('tick one', 'tick two');
    viewer.write('media', { msg: 'tick three' });
    await logs.shows('tick one', 'tick two', 'tick three');
  });

  test('downloads the result as a file', async () => {
    await open();
    await logs.logIn();
    await tab.page.getByRole('searchbox', { name: 'Trace' }).fill(TRACE);
    await logs.shows(...JOIN);
    const [download] = await Promise.all([
      tab.page.waitForEvent('download'),
      tab.page.getByRole('link', { name: 'Download' }).click(),
    ]);
    const lines = readFileSync(await download.path(), 'utf8')
      .trimEnd()
      .split('\n');
    const read = lines.map((line) => (JSON.parse(line) as { msg: string }).msg);
    expect(read.toSorted()).toEqual(JOIN.toSorted());
  });

  test('can do everything with the keyboard', async () => {
    await open();
    await logs.logIn();
    const { keyboard } = tab.page;
    await keyboard.press('/');
    await keyboard.type('opened');
    await keyboard.press('Enter');
    await logs.shows('peer opened');
    await keyboard.press('Tab');
    await tab.page.locator('.line .open').focus();
    await keyboard.press('Enter');
    await tab.page.getByRole('button', { name: 'Follow this trace' }).waitFor();
    await keyboard.press('t');
    await logs.shows(...JOIN);
    await tab.page.locator('.line .open').first().focus();
    await keyboard.press('j');
    await keyboard.press('c');
    await waitFor(async () => (await logs.messages()).includes('somebody else'), {
      what: 'the lines around it',
    });
    await keyboard.press('Escape');
    await logs.shows(...JOIN);
    await keyboard.press('?');
    const help = tab.page.getByRole('dialog', { name: 'Keyboard' });
    await help.waitFor();
    await keyboard.press('Escape');
    await help.waitFor({ state: 'hidden' });
    await keyboard.press('x');
    await waitFor(async () => (await logs.messages()).includes('somebody else'), {
      what: 'all lines',
      describe: async () => ({
        url: tab.page.url(),
        focus: await tab.page.evaluate('document.activeElement.outerHTML.slice(0, 200)'),
        messages: await logs.messages(),
      }),
    });
  });

  test('goes through long results page by page, in both directions', async () => {
    const many = Array.from({ length: 1_000 }, (_, n) => {
      const time = new Date(start - 600_000 + n).toISOString();
      return JSON.stringify({ level: 'info', time, service: 'media', room: 'long', msg: `n${n}` });
    });
    viewer.writeText('media', ...many);
    await open();
    await logs.logIn();
    await tab.page.getByRole('searchbox', { name: 'Room' }).fill('long');
    const shows = (what: string, first: number, last: number) => {
      const expected = Array.from({ length: last - first + 1 }, (_, n) => `n${first + n}`);
      return logs.showsLines(what, expected);
    };
    await shows('the newest page', 800, 999);
    for (const first of [600, 400, 200, 0]) {
      await tab.page.getByRole('button', { name: 'Load older lines' }).click();
      await shows('an older page', first, 999);
    }
    expect(await tab.page.getByRole('button', { name: 'Load older lines' }).isVisible()).toBe(false);
    await tab.page.getByRole('button', { name: 'Oldest' }).click();
    await shows('the oldest page', 0, 199);
    await tab.page.getByRole('button', { name: 'Load newer lines' }).click();
    await shows('the next page', 0, 399);
  });
});

describe('behind an edge that serves it under /logs/', () => {
  test('everything works, and the cookie is sent to that prefix only', async () => {
    const proxy = await PrefixProxy.start(viewer.origin, '/logs/');
    await open(`${proxy.origin}/logs/`);
    await logs.logIn();
    expect(new URL(tab.page.url()).pathname).toBe('/logs/');
    viewer.write('media', { msg: 'through the edge' });
    await waitFor(async () => (await logs.messages()).includes('through the edge'), { what: 'a live line' });
    const cookies = await tab.context.cookies();
    expect(cookies).toMatchObject([{ path: '/logs', httpOnly: true, sameSite: 'Strict' }]);
    await tab.page.getByRole('button', { name: 'Log out' }).click();
    await tab.page.getByLabel('Password').waitFor();
    expect(await tab.context.cookies()).toEqual([]);
    await proxy.stop();
  });
});

describe.each<[Form]>([['desktop'], ['phone']])('on a %s', (form) => {
  test('axe finds nothing serious, and nothing is wider than the page', async () => {
    await open('/', form);
    const check = async () => {
      expect(await axeViolations(tab.page)).toEqual([]);
      const [content, width] = await tab.page.evaluate(() => [
        document.documentElement.scrollWidth,
        window.innerWidth,
      ]);
      expect(content).toBeLessThanOrEqual(width);
    };
    await check();
    await logs.logIn();
    await check();
    if (form === 'phone') await tab.page.getByRole('button', { name: /^Filters/ }).click();
    await tab.page.getByLabel('Search').fill('forged');
    await logs.shows('peer joined');
    await logs.lines.first().locator('.open').click();
    await check();
    await tab.page.getByRole('button', { name: 'Lines around it' }).click();
    await tab.page.locator('.line.anchor').waitFor();
    await check();
    if (form === 'phone') return;
    await tab.page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
    await check();
  });
});
