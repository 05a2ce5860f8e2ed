import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { TestBrowser, type BrowserKind, type Tab } from '../harness/browser/test-browser.ts';
import { joinAs } from '../harness/browser/people.ts';
import { expectMoving } from '../harness/browser/playback.ts';
import { countFrames, liveCaptures, mediaPaths, sentAudioPackets } from '../harness/browser/page-probe.ts';
import { CallPage, LandingPage, PreJoinPage } from '../harness/browser/pages.ts';
import '../harness/jest-timeout.ts';
import { callRoute } from '../harness/peer/rest-client.ts';
import { Launcher } from '../harness/servers/launcher.ts';
import { waitFor } from '@parley/common/testing';

const ROOM_URL = /\/r\/[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{3}$/;

/** Pictures that the page has encoded to be sent, and packets of its sound. */
async function sentMedia({ page }: Tab): Promise<number> {
  return (await countFrames(page, 'sent')) + (await sentAudioPackets(page));
}

describe('before the call', () => {
  let launcher: Launcher;
  let browser: TestBrowser;
  let code: string;

  beforeAll(async () => {
    launcher = await Launcher.start();
    ({ code } = await callRoute(launcher.origin, 'createRoom', { body: {} }));
    browser = await TestBrowser.launch(launcher.origin);
  });

  afterAll(async () => {
    await browser?.close();
    await launcher?.stop();
  });

  describe('on the landing page', () => {
    test('a new call is one press away', async () => {
      const tab = await browser.open();
      await new LandingPage(tab).newCall().click();
      await tab.page.waitForURL(ROOM_URL);
      await new PreJoinPage(tab).join('Ada');
      await tab.context.close();
    });

    test.each([
      ['a code', () => code],
      ['a code in capitals and without dashes', () => code.replaceAll('-', '').toUpperCase()],
      ['a link', () => `${launcher.origin}/r/${code}`],
    ])('%s leads to its room', async (_what, typed) => {
      const tab = await browser.open();
      const landing = new LandingPage(tab);
      await landing.codeOrLink().fill(typed());
      await landing.joinCall().click();
      await tab.page.waitForURL(`${launcher.origin}/r/${code}`);
      await new PreJoinPage(tab).name().waitFor();
      await tab.context.close();
    });

    test('a text without a code is refused with an explanation, and the page stays', async () => {
      const tab = await browser.open();
      const landing = new LandingPage(tab);
      await landing.codeOrLink().fill('hello there');
      await landing.joinCall().click();
      await tab.page.getByText(/no call code/).waitFor();
      expect(new URL(tab.page.url()).pathname).toBe('/');
      await tab.context.close();
    });

    test('an unknown room and a malformed code are explained, and the page offers a new start', async () => {
      const unknown = await browser.open('/r/aaaa-bbbb-ccc');
      await unknown.page.getByRole('heading', { name: 'This call does not exist' }).waitFor();
      await unknown.page.getByRole('button', { name: 'New call' }).waitFor();
      expect(await liveCaptures(unknown.page, 'video')).toBe(0);
      await unknown.context.close();
      const malformed = await browser.open('/r/not-a-code');
      await malformed.page.getByRole('heading', { name: 'This is not a call link' }).waitFor();
      await new LandingPage(malformed).codeOrLink().fill(code);
      await new LandingPage(malformed).joinCall().click();
      await new PreJoinPage(malformed).name().waitFor();
      await malformed.context.close();
    });
  });

  describe('on the pre-join page', () => {
    test('the preview runs, and before Join nothing of it leaves the browser and nobody notices the person', async () => {
      const watcher = await joinAs(browser, code, 'Watcher');
      const heard = watcher.tab.wire.received('peer:joined').length;
      const tab = await browser.open(`/r/${code}`);
      const preJoin = new PreJoinPage(tab);
      await expectMoving(preJoin.preview());
      expect(tab.wire.sockets).toBe(0);
      await preJoin.name().fill('Ada');
      // The watcher sends, so the page connects the transport on which it will receive.
      await waitFor(async () => (await mediaPaths(tab.page)).length > 0, { what: 'the media of the lobby' });
      expect(await sentMedia(tab)).toBe(0);
      expect(tab.wire.sent('producer:create')).toEqual([]);
      expect((await callRoute(launcher.origin, 'getRoom', { code })).peerCount).toBe(1);
      expect(await watcher.tiles().count()).toBe(1);
      expect(watcher.tab.wire.received('peer:joined')).toHaveLength(heard);
      const call = await preJoin.join('Ada Lovelace');
      // After Join the same checks find all of it.
      await waitFor(async () => (await sentMedia(tab)) > 0, { what: 'the own picture to be sent' });
      await watcher.tile('Ada Lovelace').waitFor();
      expect(tab.wire.sockets).toBe(1);
      await call.press('Leave');
      await tab.context.close();
      await watcher.tab.context.close();
    });

    test('a person reads before Join who is in the call, where the room shows names', async () => {
      const body = { settings: { namesBeforeJoin: true } };
      const shown = await callRoute(launcher.origin, 'createRoom', { body });
      const watcher = await joinAs(browser, shown.code, 'Watcher');
      const tab = await browser.open(`/r/${shown.code}`);
      await tab.page.getByText('1 person is in the call').waitFor();
      await new PreJoinPage(tab).name().fill('Late');
      await tab.page.getByText('In the call: Watcher').waitFor();
      await watcher.press('Leave');
      await tab.page.getByText('Nobody else is here yet').waitFor();
      await tab.context.close();
      await watcher.tab.context.close();
    });

    test('a person who cannot come in reads that before Join', async () => {
      const locked = await callRoute(launcher.origin, 'createRoom', { body: { settings: { locked: true } } });
      const tab = await browser.open(`/r/${locked.code}`);
      await new PreJoinPage(tab).name().fill('Late');
      await tab.page.getByRole('status').getByText('The room is locked').waitFor();
      await tab.context.close();
    });

    test('a person without a name is asked for one, and stays on the page', async () => {
      const tab = await browser.open(`/r/${code}`);
      const preJoin = new PreJoinPage(tab);
      await preJoin.joinButton().click();
      await tab.page.getByText('Enter your name so that the others know who you are.').waitFor();
      expect(tab.wire.sockets).toBe(0);
      await tab.context.close();
    });

    test('a person who joins with camera and microphone off has both off in the call, and both devices are free', async () => {
      const watcher = await joinAs(browser, code, 'Watcher');
      const tab = await browser.open(`/r/${code}`);
      const preJoin = new PreJoinPage(tab);
      await expectMoving(preJoin.preview());
      await preJoin.button('Mute microphone').click();
      await preJoin.button('Turn off camera').click();
      await waitFor(async () => (await liveCaptures(tab.page, 'video')) === 0, {
        what: 'the camera to be free',
      });
      const page = await preJoin.join('Quiet');
      await page.button('Unmute microphone').waitFor();
      await page.button('Turn on camera').waitFor();
      await watcher.tileSaying('Quiet', 'muted').waitFor();
      await watcher.tileSaying('Quiet', 'camera off').waitFor();
      expect(await liveCaptures(tab.page, 'audio')).toBe(0);
      expect(await liveCaptures(tab.page, 'video')).toBe(0);
      await page.press('Turn on camera');
      await expectMoving(watcher.video('Quiet'));
      await tab.context.close();
      await watcher.tab.context.close();
    });
  });

  describe('in a network that wants people to sign in first', () => {
    const SIGN_IN = 'Your network wants you to sign in first';
    /** The network answers every request to the server with its own page, as in a hotel. */
    const intercept = ({ page }: Tab) =>
      page.route('**/api/**', (route) =>
        route.fulfill({ status: 200, contentType: 'text/html', body: '<h1>Welcome to our Wi-Fi</h1>' }),
      );

    test('a new call is refused with words about the network', async () => {
      const tab = await browser.open();
      await intercept(tab);
      await new LandingPage(tab).newCall().click();
      await tab.page.getByText(SIGN_IN).waitFor();
      await tab.context.close();
    });

    test('a join says so, and goes on by itself afterwards', async () => {
      const tab = await browser.open(`/r/${code}`);
      const preJoin = new PreJoinPage(tab);
      await preJoin.name().waitFor();
      // Before the name: a place in the lobby has what the join needs.
      await intercept(tab);
      await preJoin.name().fill('Guest');
      await preJoin.joinButton().click();
      await tab.page.getByRole('heading', { name: SIGN_IN }).waitFor();
      await tab.page.unroute('**/api/**');
      await new CallPage(tab, 'Guest').waitUntilJoined();
      await tab.context.close();
    });
  });

  const troubles: [string, BrowserKind, RegExp][] = [
    ['refused devices', 'refusing', /is not allowed to use your microphone/],
    ['no devices', 'without-devices', /No microphone and no camera were found/],
  ];

  test.each(troubles)('%s are explained, and a person can join without them', async (_what, kind, words) => {
    await browser.close();
    browser = await TestBrowser.launch(launcher.origin, kind);
    // A new room: in the other one, people of earlier tests may still be shown as reconnecting.
    const room = await callRoute(launcher.origin, 'createRoom', { body: {} });
    const host = await browser.open(`/r/${room.code}`);
    const preJoin = new PreJoinPage(host);
    await host.page.getByRole('alert').getByText(words).waitFor();
    const page = await preJoin.join('Listener');
    await page.tileSaying('Listener', 'muted').waitFor();
    await page.tileSaying('Listener', 'camera off').waitFor();
    const second = await joinAs(browser, room.code, 'Second');
    await second.say('can you read me?');
    await page.openChat();
    await page.message('can you read me?').waitFor();
  });
});
