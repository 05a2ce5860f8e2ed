import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import type { Request, Route } from 'playwright-core';
import { HostedRoom } from '../harness/browser/hosted-room.ts';
import { PreJoinPage } from '../harness/browser/pages.ts';
import type { Tab } from '../harness/browser/test-browser.ts';
import '../harness/jest-timeout.ts';

const INCOMPLETE = 'The page is not complete yet';
const LATE_MS = 60_000;
const isScript = (request: Request): boolean => request.resourceType() === 'script';

describe('a room page of which a part does not come', () => {
  let room: HostedRoom;

  beforeAll(async () => {
    room = await HostedRoom.start({}, 'camera-off');
  });

  afterAll(() => room?.stop());

  /** A tab whose next page loads with these requests handled. */
  const openWith = async (path: string | RegExp, handle: (route: Route) => unknown): Promise<Tab> => {
    const tab = await room.browser.open('/icon.svg');
    await tab.page.route(path, handle);
    await tab.page.goto(`/r/${room.code}`, { waitUntil: 'commit' });
    return tab;
  };
  const notice = (tab: Tab) => tab.page.getByRole('alert').getByText(INCOMPLETE);
  const loadAgain = (tab: Tab) => tab.page.getByRole('alert').getByRole('link', { name: 'Load again' });
  const isFormShown = (tab: Tab) => new PreJoinPage(tab).name().waitFor();

  test('asks again for scripts and styles that failed, and is complete', async () => {
    const failed = new Set<string>();
    const tab = await openWith(/_next\/static/, (route) => {
      const url = route.request().url();
      if (failed.has(url)) return route.continue();
      failed.add(url);
      return route.abort('connectionreset');
    });
    await isFormShown(tab);
    expect(failed.size).toBeGreaterThan(3);
    const styled = await tab.page.evaluate(() => getComputedStyle(document.documentElement).touchAction);
    expect(styled).toBe('manipulation');
    expect(await notice(tab).isVisible()).toBe(false);
    await tab.context.close();
  });

  /** The ways in which a part does not come. A page waits for each, so pages wait side by side. */
  const WAYS: readonly ((route: Route) => unknown)[] = [
    (route) => route.abort('connectionreset'),
    (route) => route.fulfill({ status: 502, body: '{}' }),
    () => undefined,
  ];

  test('says so when its scripts fail again and again, are answered with an error of the edge, never come, or come late', async () => {
    const loadsAgain = async (handle: (route: Route) => unknown): Promise<void> => {
      const tab = await openWith(/_next\/static/, (route) =>
        isScript(route.request()) ? handle(route) : route.continue(),
      );
      await notice(tab).waitFor({ timeout: LATE_MS });
      await tab.page.unroute(/_next\/static/);
      await loadAgain(tab).click();
      await isFormShown(tab);
      expect(await notice(tab).isVisible()).toBe(false);
      await tab.context.close();
    };
    const takesItBack = async (): Promise<void> => {
      const held: Route[] = [];
      const tab = await openWith(/_next\/static/, (route) =>
        isScript(route.request()) ? held.push(route) : route.continue(),
      );
      await notice(tab).waitFor({ timeout: LATE_MS });
      await Promise.all(held.splice(0).map((route) => route.continue()));
      await tab.page.unroute(/_next\/static/);
      await isFormShown(tab);
      expect(await notice(tab).isVisible()).toBe(false);
      await tab.context.close();
    };
    await Promise.all([...WAYS.map(loadsAgain), takesItBack()]);
  });

  const lookup = new RegExp(`/api/rooms/[^/]*$`);

  test('asks again by itself when the lookup of the room fails once', async () => {
    const asksAgain = async (handle: (route: Route) => unknown): Promise<void> => {
      let asked = 0;
      const tab = await openWith(lookup, (route) => ((asked += 1) === 1 ? handle(route) : route.continue()));
      await isFormShown(tab);
      expect(asked).toBe(2);
      await tab.context.close();
    };
    await Promise.all(WAYS.map(asksAgain));
  });

  test('says so when the lookup of the room fails for longer, and goes on by itself when it works again', async () => {
    const tab = await openWith(lookup, (route) => route.fulfill({ status: 502, body: '{}' }));
    await tab.page.getByRole('heading', { name: 'The server is not available right now' }).waitFor();
    await tab.page.getByRole('button', { name: 'Try again' }).waitFor();
    await tab.page.getByText('This page goes on by itself when the server answers.').waitFor();
    await tab.page.unroute(lookup);
    await isFormShown(tab);
    await tab.context.close();
  });

  /** The files that the page loads after its code runs: the code of the call. */
  const openWithoutCall = async (handle: (route: Route) => unknown): Promise<Tab> => {
    const probe = await room.browser.open('/icon.svg');
    const early = new Set<string>();
    let runs = false;
    const late = new Set<string>();
    await probe.page.route(/_next\/static/, async (route) => {
      runs ||= await probe.page.evaluate(() => document.documentElement.hasAttribute('data-runs'));
      (runs ? late : early).add(route.request().url());
      await route.continue();
    });
    await probe.page.goto(`/r/${room.code}`);
    await isFormShown(probe);
    await probe.context.close();
    const files = [...late].filter((url) => !early.has(url) && url.endsWith('.js'));
    expect(files).not.toEqual([]);
    return openWith(/_next\/static/, (route) =>
      files.includes(route.request().url()) ? handle(route) : route.continue(),
    );
  };

  test('asks again when the code of the call fails once', async () => {
    const failed = new Set<string>();
    const tab = await openWithoutCall((route) => {
      const url = route.request().url();
      if (failed.has(url)) return route.continue();
      failed.add(url);
      return route.abort('connectionreset');
    });
    await isFormShown(tab);
    expect(failed.size).toBeGreaterThan(0);
    await tab.context.close();
  });

  test('says so when the code of the call fails again and again or never comes, and a press loads it again', async () => {
    const loadsAgain = async (handle: (route: Route) => unknown): Promise<void> => {
      const tab = await openWithoutCall(handle);
      const button = tab.page.getByRole('button', { name: 'Load again' });
      await button.waitFor({ timeout: LATE_MS });
      await tab.page.unroute(/_next\/static/);
      await button.click();
      await isFormShown(tab);
      await tab.context.close();
    };
    await Promise.all([WAYS[0]!, WAYS[2]!].map(loadsAgain));
  });

  test('sees none of this on a page that loads', async () => {
    const tab = await room.browser.open(`/r/${room.code}`);
    await isFormShown(tab);
    await waitFor(() => tab.page.evaluate(() => document.documentElement.hasAttribute('data-runs')));
    expect(await notice(tab).isVisible()).toBe(false);
    expect(tab.problems).toEqual([]);
    await tab.context.close();
  });
});
