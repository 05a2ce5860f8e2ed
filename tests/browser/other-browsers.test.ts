import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import { PreJoinPage, type CallPage } from '../harness/browser/pages.ts';
import { liveCaptures } from '../harness/browser/page-probe.ts';
import { expectAllSeeEachOther, joinAs } from '../harness/browser/people.ts';
import { expectHears, expectMoving, pictureSize } from '../harness/browser/playback.ts';
import { endInterruption, interrupt, safari } from '../harness/browser/safari.ts';
import { TestBrowser, type Tab } from '../harness/browser/test-browser.ts';
import '../harness/jest-timeout.ts';
import { callRoute } from '../harness/peer/rest-client.ts';
import { Launcher } from '../harness/servers/launcher.ts';

/** A name that is no loopback address: http there is not secure. */
const PLAIN_HOST = 'parley.test';

/** Replaces the camera by a small one, and then, when it is opened anew, by a large one. */
function smallCamera(): void {
  const { mediaDevices } = navigator;
  const open = mediaDevices.getUserMedia.bind(mediaDevices);
  const sizes: [number, number][] = [
    [320, 240],
    [640, 480],
  ];
  mediaDevices.getUserMedia = async (constraints) => {
    if (!constraints?.video) return open(constraints);
    const [width, height] = sizes.shift() ?? [1280, 720];
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const context = canvas.getContext('2d');
    setInterval(() => {
      if (context !== null) context.fillStyle = `hsl(${(Date.now() / 10) % 360} 80% 50%)`;
      context?.fillRect(0, 0, width, height);
    }, 100);
    return canvas.captureStream(10);
  };
}

describe('browsers other than a current Chromium', () => {
  let launcher: Launcher;
  let browser: TestBrowser;
  let code: string;
  let ada: CallPage;

  beforeAll(async () => {
    launcher = await Launcher.start({ env: { EDGE_NAMES: PLAIN_HOST } });
    ({ code } = await callRoute(launcher.origin, 'createRoom', { body: {} }));
    browser = await TestBrowser.launch(launcher.origin, 'willing', [
      `--host-resolver-rules=MAP ${PLAIN_HOST} 127.0.0.1`,
    ]);
    ada = await joinAs(browser, code, 'Ada');
  });

  afterAll(async () => {
    await browser?.close();
    await launcher?.stop();
  });

  async function expectNoDevices({ page }: Tab): Promise<void> {
    expect([await liveCaptures(page, 'audio'), await liveCaptures(page, 'video')]).toEqual([0, 0]);
  }

  const lacks: [string, () => void, string][] = [
    ['too old', () => Reflect.deleteProperty(Promise, 'withResolvers'), 'This browser is too old for calls'],
    [
      'without WebRTC',
      () => Reflect.deleteProperty(globalThis, 'RTCPeerConnection'),
      'This browser cannot make calls as it is set up',
    ],
  ];

  test.each(lacks)(
    'one %s reads so before a device is opened, for a call and for the check',
    async (_what, before, words) => {
      for (const path of [`/r/${code}`, '/check']) {
        const tab = await browser.open(path, 'phone', before);
        await tab.page.getByRole('heading', { name: words }).waitFor();
        expect(await new PreJoinPage(tab).joinButton().count()).toBe(0);
        expect(await tab.page.getByRole('button', { name: 'Start the check' }).count()).toBe(0);
        await expectNoDevices(tab);
        await tab.page.getByRole('link', { name: 'Go to the start page' }).click();
        await tab.page.getByRole('button', { name: 'New call' }).waitFor();
        await tab.context.close();
      }
    },
  );

  test('one that cannot even read the code of the page reads that it is too old', async () => {
    const tab = await browser.open('/', 'phone', () => Reflect.deleteProperty(Promise, 'withResolvers'));
    await tab.page.route('**/_next/**/*.js*', (route) => route.fulfill({ body: 'not a script (' }));
    await tab.page.goto(`/r/${code}`);
    await tab.page.getByRole('heading', { name: 'This browser is too old for calls' }).waitFor();
    await tab.context.close();
  });

  test('one with an unknown name joins by what it can do', async () => {
    const tab = await browser.open(`/r/${code}`, 'desktop', () => {
      Object.defineProperty(Navigator.prototype, 'userAgent', { get: () => 'Quiet/1.0' });
      Reflect.deleteProperty(Navigator.prototype, 'userAgentData');
    });
    const bela = await new PreJoinPage(tab).join('Bela');
    await expectAllSeeEachOther([ada, bela]);
    await bela.leave();
    await tab.context.close();
  });

  test('one on a page without https joins without devices, and hears, sees and writes', async () => {
    const tab = await browser.open(`http://${PLAIN_HOST}:${launcher.ports.PORT}/r/${code}`);
    expect(await tab.page.evaluate(() => window.isSecureContext)).toBe(false);
    await tab.page
      .getByRole('alert')
      .getByText(/need a secure address/)
      .waitFor();
    const chen = await new PreJoinPage(tab).join('Chen');
    await expectMoving(chen.video('Ada'));
    await chen.say('Good morning');
    await ada.openChat();
    await ada.message('Good morning').waitFor();
    await chen.leave();
    // Chromium says so of every plain page.
    const others = tab.problems.filter((problem) => !problem.includes('Cross-Origin-Opener-Policy'));
    expect(others).toEqual([]);
    await tab.context.close();
  });

  test('one with the gaps and habits of Safari joins, gets over a phone call, leaves and frees its devices', async () => {
    const tab = await browser.open(`/r/${code}`, 'desktop', safari());
    const dora = await new PreJoinPage(tab).join('Dora');
    await expectAllSeeEachOther([ada, dora]);
    await expectHears(ada, 'Dora');
    await interrupt(tab.page);
    await endInterruption(tab.page);
    await expectHears(ada, 'Dora');
    await dora.press('Mute microphone');
    await ada.tileSaying('Dora', 'muted').waitFor();
    await dora.press('Unmute microphone');
    await expectHears(ada, 'Dora');
    await interrupt(tab.page);
    await dora.leave();
    await ada.tile('Dora').waitFor({ state: 'detached' });
    await waitFor(async () => (await liveCaptures(tab.page, 'audio')) === 0, {
      what: 'the microphone to be free',
    });
    await expectNoDevices(tab);
    expect(tab.problems).toEqual([]);
    await tab.context.close();
  });

  test('a small camera is seen with all its lines, and so is a larger one that takes its place', async () => {
    const tab = await browser.open(`/r/${code}`, 'desktop', smallCamera);
    const small = await new PreJoinPage(tab).join('Small');
    for (const width of [320, 640, 1280]) {
      const seen = async () => (await pictureSize(ada.video('Small'))).width;
      await waitFor(async () => (await ada.video('Small').count()) === 1 && (await seen()) === width, {
        what: `the whole width of ${width}`,
      });
      await small.press('Turn off camera');
      await ada.tileSaying('Small', 'camera off').waitFor();
      await small.press('Turn on camera');
    }
    await tab.context.close();
  });

  test('an address that is no text is no call link', async () => {
    const tab = await browser.open('/r/%E0%A4%A');
    await tab.page.getByRole('heading', { name: 'This is not a call link' }).waitFor();
    await tab.context.close();
  });
});
