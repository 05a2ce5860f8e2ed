import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { axeViolations } from '../harness/browser/axe.ts';
import { TestBrowser, type BrowserKind, type Form, type Tab } from '../harness/browser/test-browser.ts';
import { countConnections, liveCaptures } from '../harness/browser/page-probe.ts';
import '../harness/jest-timeout.ts';
import { callRoute } from '../harness/peer/rest-client.ts';
import { Launcher } from '../harness/servers/launcher.ts';
import { waitFor } from '@parley/common/testing';

const DIRECT = ['origin', 'server', 'clock', 'websocket', 'udp', 'tcp', 'address', 'bandwidth'];
const DEVICES = ['microphone', 'camera', 'speaker'];

describe('the page that checks the connection', () => {
  let launcher: Launcher | undefined;
  let browser: TestBrowser | undefined;

  beforeEach(() => {
    launcher = undefined;
    browser = undefined;
  });

  afterEach(async () => {
    await browser?.close();
    await launcher?.stop();
  });

  async function open(kind: BrowserKind, form: Form, env: Record<string, string> = {}): Promise<Tab> {
    launcher = await Launcher.start({ env });
    browser = await TestBrowser.launch(launcher.origin, kind);
    return browser.open('/check', form);
  }

  test('reports what works on a healthy system, uses no device before and after, and can be stopped', async () => {
    const tab = await open('willing', 'desktop');
    const start = tab.page.getByRole('button', { name: 'Start the check' });
    await start.waitFor();
    expect(await axeViolations(tab.page)).toEqual([]);
    expect(await countConnections(tab.page)).toBe(0);
    expect(tab.wire.sockets).toBe(0);
    await start.click();
    await finished(tab);
    expect(await states(tab, [...DIRECT, ...DEVICES])).toEqual(all([...DIRECT, ...DEVICES], 'well'));
    expect(await words(tab, 'relay')).toMatch(/not tried.*No TURN server is set up/);
    expect(await words(tab, 'web')).toMatch(/not tried.*not offered on the port of https/);
    const [, up = '', down = ''] =
      /Up ([\d.]+ [Mk]bit\/s), enough.*down ([\d.]+ [Mk]bit\/s), enough/.exec(
        await words(tab, 'bandwidth'),
      ) ?? [];
    expect([Number.parseFloat(up) > 0, Number.parseFloat(down) > 0]).toEqual([true, true]);
    await tab.page.getByText('Everything works.').waitFor();
    expect(await axeViolations(tab.page)).toEqual([]);
    expect([await liveCaptures(tab.page, 'audio'), await liveCaptures(tab.page, 'video')]).toEqual([0, 0]);
    await tab.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await tab.page.getByRole('button', { name: 'Copy report' }).click();
    await tab.page.getByRole('button', { name: 'Report copied' }).waitFor();
    const report = await tab.page.evaluate(() => navigator.clipboard.readText());
    expect(report).toContain('ok   Media over UDP: It works, through port');
    expect(report).not.toMatch(/eyJ|fake|deviceId/i);
    await tab.page.getByRole('button', { name: 'Start again' }).press('Enter');
    await tab.page.getByRole('button', { name: 'Stop the check' }).press('Enter');
    await tab.page.getByText('Stopped before the end.').waitFor();
    expect(tab.problems).toEqual([]);
  });

  test('says what to do about refused devices, and that the rest works', async () => {
    const tab = await open('refusing', 'phone');
    await tab.page.getByRole('button', { name: 'Start the check' }).click();
    await finished(tab);
    expect(await states(tab, DIRECT)).toEqual(all(DIRECT, 'well'));
    expect(await words(tab, 'microphone')).toMatch(
      /is not allowed to use your microphone.*Allow it with the icon/,
    );
    expect(await words(tab, 'camera')).toMatch(/is not allowed to use your camera.*Allow it with the icon/);
    await tab.page.getByText('2 things have a problem').waitFor();
    expect(await axeViolations(tab.page)).toEqual([]);
  });

  test('names a wrong announced address and the variable to set', async () => {
    const tab = await open('willing', 'phone', { MEDIA_RTC_ANNOUNCED_ADDRESSES: '127.9.9.9' });
    await tab.page.getByRole('button', { name: 'Start the check' }).click();
    await finished(tab);
    const rest = ['server', 'websocket', ...DEVICES];
    expect(await states(tab, rest)).toEqual(all(rest, 'well'));
    expect(await words(tab, 'udp')).toMatch(/UDP port \d+ of 127\.9\.9\.9 does not answer/);
    expect(await words(tab, 'tcp')).toMatch(/TCP port \d+ of 127\.9\.9\.9 does not answer/);
    expect(await words(tab, 'address')).toMatch(/127\.9\.9\.9.*set MEDIA_RTC_ANNOUNCED_ADDRESSES/);
    expect(await words(tab, 'bandwidth')).toMatch(/not tried.*no connection for media/);
    await tab.page.getByText('3 things have a problem').waitFor();
  });

  test('is one press away from the landing page, and leaves its room empty', async () => {
    launcher = await Launcher.start();
    browser = await TestBrowser.launch(launcher.origin);
    const tab = await browser.open('/');
    await tab.page.getByRole('link', { name: 'Check your connection' }).click();
    const made = tab.page.waitForResponse((response) => new URL(response.url()).pathname === '/api/rooms');
    await tab.page.getByRole('button', { name: 'Start the check' }).click();
    const { code } = (await (await made).json()) as { code: string };
    await finished(tab);
    const peers = async () => (await callRoute(launcher!.origin, 'getRoom', { code })).peerCount;
    await waitFor(async () => (await peers()) === 0, { what: 'the guests to have left' });
  });
});

async function finished({ page }: Tab): Promise<void> {
  await page.getByRole('button', { name: 'Start again' }).waitFor({ timeout: 120_000 });
}

function item({ page }: Tab, name: string) {
  return page.locator(`[data-check="${name}"]`);
}

async function words(tab: Tab, name: string): Promise<string> {
  return (await item(tab, name).innerText()).replaceAll(/\s+/g, ' ');
}

async function states(tab: Tab, names: readonly string[]): Promise<Record<string, string>> {
  const found: [string, string][] = [];
  for (const name of names) {
    const state = await item(tab, name).getAttribute('data-state');
    // The text of the item is in the error if the test fails.
    found.push([name, state === 'well' ? state : `${state}: ${await words(tab, name)}`]);
  }
  return Object.fromEntries(found);
}

function all(names: readonly string[], state: string): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, state]));
}
