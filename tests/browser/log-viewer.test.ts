import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RoomCode } from '@parley/proto/ids';
import { REPORT_PASS_HEADER } from '@parley/proto/rest';
import { TestBrowser, type Tab } from '../harness/browser/test-browser.ts';
import { joinAs } from '../harness/browser/people.ts';
import { LogsPage, SERVICES_OF_A_JOIN } from '../harness/servers/log-viewer.ts';
import { expectMoving } from '../harness/browser/playback.ts';
import { scrape, total } from '../harness/records/metrics.ts';
import type { CallPage } from '../harness/browser/pages.ts';
import '../harness/jest-timeout.ts';
import { callRoute } from '../harness/peer/rest-client.ts';
import { Launcher } from '../harness/servers/launcher.ts';
import { waitFor } from '@parley/common/testing';

const EVIL =
  'Eve\n{"level":"fatal","service":"media","msg":"forged"}\u001b[31m</script><img src=x onerror="window.hit=1">';

describe('the log viewer beside a call', () => {
  let launcher: Launcher;
  let browser: TestBrowser;
  let code: RoomCode;
  let ada: CallPage;
  let bela: CallPage;
  let tab: Tab;
  let logs: LogsPage;

  beforeAll(async () => {
    launcher = await Launcher.start();
    browser = await TestBrowser.launch(launcher.origin);
    ({ code } = await callRoute(launcher.origin, 'createRoom', { body: {} }));
    ada = await joinAs(browser, code, 'Ada');
    bela = await joinAs(browser, code, 'Bela');
    await expectMoving(bela.video('Ada'));
    tab = await browser.open(launcher.logsOrigin);
    logs = new LogsPage(tab.page);
    await logs.logIn(launcher.secrets.logsPassword);
  });

  afterAll(async () => {
    await browser?.close();
    await launcher?.stop();
  });

  const services = () => tab.page.locator('.line .service').allTextContents();

  test('follows one join from the lobby to the first picture through all services, in the order of time, with one click', async () => {
    const search = tab.page.getByLabel('Search');
    await search.fill('"join pressed"');
    await logs.shows('join pressed', 'join pressed');
    await logs.lines
      .last()
      .getByRole('button', { name: /^Follow trace/ })
      .click();
    await waitFor(async () => new Set(await services()).size >= SERVICES_OF_A_JOIN.length, {
      what: 'all services',
      describe: async () => ({ services: await services(), messages: await logs.messages() }),
    });
    await waitFor(async () => (await logs.messages()).includes('first picture shown'), {
      what: 'the first picture',
    });
    expect([...new Set(await services())].toSorted()).toEqual(SERVICES_OF_A_JOIN);
    const messages = await logs.messages();
    expect(messages).toContain('join pressed');
    expect(messages.indexOf('join pressed')).toBeLessThan(messages.indexOf('first picture shown'));
  });

  test('shows the line of a leave as it is written', async () => {
    await tab.page.goto(launcher.logsOrigin);
    await tab.page.getByLabel('Search').fill(`"left"`);
    await tab.page.getByLabel('Service').selectOption('browser');
    await logs.shows();
    await bela.leave();
    await logs.shows('left');
    const line = logs.lines.first();
    await line.locator('.open').click();
    // The line has the name of the room in logs, and not its code.
    await line
      .getByText(/^room-[0-9a-f]{16}$/)
      .first()
      .waitFor();
    expect(await line.textContent()).not.toContain(code);
    bela = await joinAs(browser, code, 'Bela');
  });

  test('filters by service, room and words', async () => {
    await tab.page.goto(launcher.logsOrigin);
    await waitFor(async () => (await logs.lines.count()) > 20, { what: 'lines' });
    const only = (what: string, wanted: string) =>
      waitFor(
        async () => {
          const found = await tab.page.locator(`.line .${what}`).allTextContents();
          return found.length > 0 && found.every((text) => text === wanted);
        },
        { what: `only ${what} ${wanted}` },
      );
    for (const service of SERVICES_OF_A_JOIN) {
      await tab.page.getByLabel('Service').selectOption(service);
      await only('service', service);
    }
    await tab.page.getByRole('button', { name: 'Clear' }).click();
    await tab.page.getByRole('searchbox', { name: 'Room' }).fill(code);
    await tab.page.getByLabel('Search').fill('"join "');
    const joins = ['join pressed', 'join requested', 'join authorised'];
    await waitFor(
      async () => {
        const found = await logs.messages();
        return found.length === 9 && joins.every((message) => found.includes(message));
      },
      { what: 'the joins of all services' },
    );
    await tab.page.getByRole('searchbox', { name: 'Room' }).fill('aaaa-bbbb-ccc');
    await tab.page.getByText('No lines match.').waitFor();
  });

  test('shows a forged line from a browser as text, in one line of the service browser', async () => {
    const joined = await fetch(`${launcher.origin}/api/rooms/${code}/join`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ displayName: 'Eve' }),
    });
    const { traceId } = (await joined.json()) as { traceId: string };
    const pass = joined.headers.get(REPORT_PASS_HEADER) ?? '';
    const line = {
      time: Date.now(),
      level: 'warn',
      message: 'request failed',
      traceId,
      fields: { reason: EVIL },
    };
    const sent = await fetch(`${launcher.origin}/api/client-logs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [REPORT_PASS_HEADER]: pass },
      body: JSON.stringify({ sentAt: Date.now(), lines: [line] }),
    });
    expect(sent.status).toBe(204);
    await tab.page.goto(`${launcher.logsOrigin}/?trace=${traceId}&service=browser`);
    await logs.shows('request failed');
    expect(await services()).toEqual(['browser']);
    expect(await logs.lines.first().textContent()).toContain(
      'reason=Eve\\n{"level":"fatal","service":"media","msg":"forged"}\\x1b[31m</script><img src=x',
    );
    expect(await tab.page.locator('main img, main script').count()).toBe(0);
    expect(await tab.page.evaluate('window.hit')).toBeUndefined();
    // The file has one line for it too.
    expect(launcher.log('browser').filter((one) => one.traceId === traceId)).toHaveLength(1);
    expect(launcher.logText('browser')).not.toContain('\u001b');
  });

  test('shows a display name that looks like markup as text in the call, and in no log', async () => {
    const name = '</script><img src=x onerror=hit=1>';
    const eve = await joinAs(browser, code, name);
    expect(await eve.page.evaluate('window.hit')).toBeUndefined();
    await eve.leave();
    await waitFor(() => launcher.log('browser').some(({ msg }) => msg === 'left'), {
      what: 'the lines of the leave',
    });
    for (const service of [...SERVICES_OF_A_JOIN, 'logs', 'ui'])
      expect(launcher.logText(service)).not.toContain(name);
  });

  test('counts at the gateway how the calls went', async () => {
    const samples = () => scrape(launcher.ports.GATEWAY_ADMIN_PORT);
    const count = async (name: string, labels = {}) =>
      total(await samples(), `parley_client_${name}`, labels);
    await waitFor(async () => (await count('reports_total', { outcome: 'accepted' })) > 0, {
      what: 'reports',
    });
    await waitFor(async () => (await count('first_frame_seconds_count')) > 0, { what: 'a first frame' });
    await waitFor(async () => (await count('first_audio_seconds_count')) > 0, { what: 'a first sound' });
    await waitFor(async () => (await count('ice_path_total', { path: 'udp' })) > 0, { what: 'a path' });
    await waitFor(async () => (await count('watched_seconds_total')) > 0, { what: 'watched time' });
    await ada.leave();
    expect(await count('reports_total', { outcome: 'invalid' })).toBe(0);
    expect(await count('first_frame_seconds_sum')).toBeLessThan(30);
  });

  test('finds no problem in the consoles of the pages', () => {
    expect(tab.problems).toEqual([]);
    expect(ada.tab.problems).toEqual([]);
  });
});
