import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RoomCode } from '@parley/proto/ids';
import { freePorts } from '@parley/common/testing';
import { qrCode } from '../../scripts/lib/qr-code.ts';
import { TestBrowser } from '../harness/browser/test-browser.ts';
import { expectAllSeeEachOther, joinAs } from '../harness/browser/people.ts';
import { PreJoinPage } from '../harness/browser/pages.ts';
import '../harness/jest-timeout.ts';
import { callRoute } from '../harness/peer/rest-client.ts';
import { Launcher } from '../harness/servers/launcher.ts';

/** A second loopback address: `npm start` without arguments does not serve it. */
const ADDRESS = '127.0.0.2';

describe('npm start -- --lan', () => {
  let launcher: Launcher;
  let browser: TestBrowser;
  let url: string;
  let code: RoomCode;

  beforeAll(async () => {
    const port = await freePorts(1);
    url = `https://${ADDRESS}:${port}`;
    launcher = await Launcher.start({ args: [`--lan=${ADDRESS}`], env: { HTTPS_PORT: String(port) } });
    // A person accepts the certificate on the warning page of the browser.
    browser = await TestBrowser.launch(url, 'willing', ['--ignore-certificate-errors']);
    ({ code } = await callRoute(launcher.origin, 'createRoom', { body: {} }));
  });

  afterAll(async () => {
    await browser?.close();
    await launcher?.stop();
  });

  test('prints the address as text and as a QR code', () => {
    expect(launcher.output).toContain(`For other devices in this network: ${url}\n`);
    expect(launcher.output).toContain(qrCode(url, false));
    expect(launcher.output).toMatch(/Its SHA-256 fingerprint: ([0-9A-F]{2}:){31}[0-9A-F]{2}\n/);
  });

  test('people on other devices join over https, and see the people on this machine', async () => {
    const ada = await joinAs(browser, code, 'Ada');
    expect(await ada.page.evaluate(() => window.isSecureContext)).toBe(true);
    const bela = await joinAs(browser, code, 'Bela');
    // A full address, in place of a path at the address above: this person is on the machine itself.
    const tab = await browser.open(`${launcher.origin}/r/${code}`);
    const chen = await new PreJoinPage(tab).join('Chen');
    await expectAllSeeEachOther([ada, bela, chen]);
    for (const page of [ada, bela, chen]) expect(page.tab.problems).toEqual([]);
  });
});
