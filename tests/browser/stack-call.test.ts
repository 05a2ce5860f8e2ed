import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RoomCode } from '@parley/proto/ids';
import { TestBrowser } from '../harness/browser/test-browser.ts';
import { expectAllSeeEachOther, joinAs } from '../harness/browser/people.ts';
import { dashboardQueries } from '../harness/records/dashboards.ts';
import { Stack } from '../harness/servers/stack.ts';
import { LogsPage, SERVICES_OF_A_JOIN } from '../harness/servers/log-viewer.ts';
import { scrape, total } from '../harness/records/metrics.ts';
import type { CallPage } from '../harness/browser/pages.ts';
import '../harness/jest-timeout.ts';
import { callRoute } from '../harness/peer/rest-client.ts';
import { waitFor } from '@parley/common/testing';

const NAMES = ['Ada', 'Bela', 'Chen', 'Dora'];
const INSTANCES = ['gateway', 'logs', 'media', 'media', 'prometheus', 'signaling', 'signaling', 'ui'];
/** A rate needs two scrapes, and browsers report their metrics every 15 seconds. */
const WATCHED_WITHIN_MS = 150_000;

type Target = { health: string; lastError: string; labels: { job: string; service?: string } };

describe('a call of four people through the stack', () => {
  let stack: Stack;
  let browser: TestBrowser;
  let code: RoomCode;
  const people: CallPage[] = [];

  beforeAll(async () => {
    stack = await Stack.start();
    browser = await TestBrowser.launch(stack.url('edge'));
    ({ code } = await callRoute(stack.url('edge'), 'createRoom', { body: {} }));
    for (const name of NAMES) people.push(await joinAs(browser, code, name));
  });

  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  const ask = async <T>(path: string): Promise<T> => {
    const response = await fetch(`${stack.url('prometheus')}/api/v1/${path}`);
    if (!response.ok) throw new Error(`Prometheus answered ${response.status} ${await response.text()}`);
    return ((await response.json()) as { data: T }).data;
  };

  test('all see moving pictures of each other, with people on both instances of signaling', async () => {
    await expectAllSeeEachOther(people);
    for (const name of ['signaling-1', 'signaling-2']) {
      const samples = await scrape(Number(stack.variable(name, 'SIGNALING_ADMIN_PORT')));
      expect(total(samples, 'parley_signaling_sockets')).toBeGreaterThan(0);
    }
  });

  test('Prometheus finds and reaches every instance of every service', async () => {
    const look = async () => (await ask<{ activeTargets: Target[] }>('targets?state=active')).activeTargets;
    const targets = await waitFor(
      async () => {
        const found = await look();
        return found.length >= INSTANCES.length && found.every(({ health }) => health === 'up') && found;
      },
      { what: 'all targets to be up', timeoutMs: 60_000, describe: look },
    );
    expect(targets.map(({ labels }) => labels.service ?? labels.job).sort()).toEqual(INSTANCES);
  });

  test('every query of every dashboard has data', async () => {
    const isEmpty = async (expr: string) =>
      (await ask<{ result: unknown[] }>(`query?query=${encodeURIComponent(expr)}`)).result.length === 0;
    let empty = dashboardQueries();
    expect(empty.length).toBeGreaterThan(20);
    await waitFor(
      async () => {
        const answers = await Promise.all(empty.map(({ expr }) => isEmpty(expr)));
        empty = empty.filter((_query, index) => answers[index]);
        return empty.length === 0;
      },
      { what: 'every panel to show something', timeoutMs: WATCHED_WITHIN_MS, describe: () => empty },
    );
  });

  test('the log viewer follows one join through all services', async () => {
    const tab = await browser.open(stack.url('logs'));
    const logs = new LogsPage(tab.page);
    await logs.logIn(stack.logsPassword);
    await tab.page.getByLabel('Search').fill('"join pressed"');
    await waitFor(async () => (await logs.messages()).length === NAMES.length, { what: 'the four joins' });
    await logs.lines
      .last()
      .getByRole('button', { name: /^Follow trace/ })
      .click();
    const services = () => tab.page.locator('.line .service').allTextContents();
    await waitFor(
      async () => {
        const seen = await services();
        return SERVICES_OF_A_JOIN.every((name) => seen.includes(name));
      },
      { what: 'all services', describe: services },
    );
    // nginx logs a request at its end, and the request of a WebSocket ends with the call.
    const shown = (await services()).filter((name) => name !== 'nginx');
    expect([...new Set(shown)].toSorted()).toEqual(SERVICES_OF_A_JOIN);
  });

  test('no page had an error', () => {
    for (const { tab } of people) expect(tab.problems).toEqual([]);
  });
});
