import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { RoomCode } from '@parley/proto/ids';
import { TestBrowser } from '../harness/browser/test-browser.ts';
import { expectAllSeeEachOther, joinAs } from '../harness/browser/people.ts';
import { Stack } from '../harness/servers/stack.ts';
import { expectMoving } from '../harness/browser/playback.ts';
import { scrape, total } from '../harness/records/metrics.ts';
import { enabledCaptures, refuseWebSockets } from '../harness/browser/page-probe.ts';
import { PreJoinPage, type CallPage } from '../harness/browser/pages.ts';
import '../harness/jest-timeout.ts';
import { callRoute } from '../harness/peer/rest-client.ts';
import { waitFor } from '@parley/common/testing';

/** A picture with ten frames a second that stands still for this long was interrupted. */
const LONGEST_STILL_MS = 2_000;

describe('a part of the stack dies during a call', () => {
  let stack: Stack;
  let browser: TestBrowser;
  let code: RoomCode;
  let ada: CallPage;
  let bela: CallPage;

  beforeAll(async () => {
    stack = await Stack.start({ MEDIA_WORKERS: '1' });
    browser = await TestBrowser.launch(stack.url('edge'));
    ({ code } = await callRoute(stack.url('edge'), 'createRoom', { body: {} }));
    ada = await joinAs(browser, code, 'Ada');
    bela = await joinAs(browser, code, 'Bela');
    await bela.press('Mute microphone');
    await ada.tileSaying('Bela', 'muted').waitFor();
    await expectAllSeeEachOther([ada, bela]);
  });

  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  afterEach(async () => {
    // Whichever part died: a person who was muted before is still muted.
    await ada.tileSaying('Bela', 'muted').waitFor();
    await bela.button('Unmute microphone').waitFor();
    expect(await enabledCaptures(bela.page, 'audio')).toBe(0);
  });

  const readiness = async (service: string, variable: string): Promise<number> =>
    (await fetch(`http://127.0.0.1:${stack.variable(service, variable)}/readyz`)).status;

  /** Begins to watch a picture. The returned function resolves with the longest time between two frames since then, in milliseconds. */
  async function watchPicture(page: CallPage, name: string): Promise<() => Promise<number>> {
    const video = page.video(name).first();
    await video.evaluate((node) => {
      const shown = node as HTMLVideoElement & { longestStillMs: number };
      let last = performance.now();
      shown.longestStillMs = 0;
      const look = (): void => {
        shown.longestStillMs = Math.max(shown.longestStillMs, performance.now() - last);
        last = performance.now();
        shown.requestVideoFrameCallback(look);
      };
      shown.requestVideoFrameCallback(look);
    });
    return () =>
      video.evaluate((node) => (node as HTMLVideoElement & { longestStillMs: number }).longestStillMs);
  }

  async function expectNewcomerGetsIn(name: string): Promise<void> {
    const newcomer = await joinAs(browser, code, name);
    await expectMoving(newcomer.video('Ada'));
    await expectMoving(ada.video(name));
    await newcomer.leave();
  }

  test.each([
    ['consul', 'agent -config-file='],
    ['prometheus', 'prometheus --config.file='],
  ])('without %s the pictures go on, and after its restart new people can join', async (name, command) => {
    const longestStillMs = await watchPicture(ada, 'Bela');
    await stack.killAndAwait(name, command);
    await expectMoving(ada.video('Bela'));
    expect(await longestStillMs()).toBeLessThan(LONGEST_STILL_MS);
    await expectNewcomerGetsIn('Chen');
  });

  test('without Redis the pictures go on, and new people see why they cannot join until Redis is back', async () => {
    const longestStillMs = await watchPicture(ada, 'Bela');
    const newcomer = new PreJoinPage(await browser.open(`/r/${code}`));
    await newcomer.name().fill('Dora');
    const before = stack.restarts('redis');
    // A killed Redis would be back before the press of Join, so it is stopped first.
    stack.signalService('redis-server', 'SIGSTOP');
    await newcomer.joinButton().click();
    // Next.js announces titles in an alert of its own.
    const alert = newcomer.page.locator('[role="alert"]:not(#__next-route-announcer__)');
    await alert.filter({ hasText: /\w/, visible: true }).waitFor();
    await waitFor(
      async () => {
        return (await readiness('signaling-1', 'SIGNALING_ADMIN_PORT')) === 503;
      },
      { what: 'signaling to say that it is not ready' },
    );
    stack.signalService('redis-server', 'SIGKILL');
    await stack.awaitRestart('redis', before);
    for (const name of ['signaling-1', 'signaling-2'])
      await waitFor(async () => (await readiness(name, 'SIGNALING_ADMIN_PORT')) === 200, {
        what: `${name} to be ready again`,
      });
    await expectMoving(ada.video('Bela'));
    expect(await longestStillMs()).toBeLessThan(LONGEST_STILL_MS);
    await expectNewcomerGetsIn('Dora');
  });

  async function killEachSignaling(connected: number): Promise<void> {
    const names = ['signaling-1', 'signaling-2'];
    for (const name of names) {
      const port = stack.variable(name, 'SIGNALING_ADMIN_PORT');
      const before = stack.restarts(name);
      process.kill(stack.instancePid('SIGNALING_ADMIN_PORT', port), 'SIGKILL');
      await stack.awaitRestart(name, before);
      await waitFor(
        async () => {
          const counts = await Promise.all(
            names.map(async (one) => {
              const samples = await scrape(Number(stack.variable(one, 'SIGNALING_ADMIN_PORT')));
              return total(samples, 'parley_signaling_sockets');
            }),
          );
          return counts.reduce((sum, count) => sum + count, 0) >= connected;
        },
        { what: 'all people to be connected again' },
      );
    }
  }

  test('if an instance of signaling dies, its people stay in the call and keep their pictures', async () => {
    const longestStillMs = await watchPicture(ada, 'Bela');
    await killEachSignaling(2);
    expect(await longestStillMs()).toBeLessThan(LONGEST_STILL_MS);
    await expectNewcomerGetsIn('Emil');
  });

  test('a person whose network blocks WebSockets joins through either instance, and stays if it dies', async () => {
    for (const name of ['Fay', 'Gert', 'Hana']) {
      const tab = await browser.open(`/r/${code}`, 'desktop', refuseWebSockets);
      const polling = await new PreJoinPage(tab).join(name);
      await expectAllSeeEachOther([ada, polling]);
      if (name === 'Hana') {
        await killEachSignaling(3);
        await ada.say('Are you still there?');
        await polling.openChat();
        await polling.message('Are you still there?').waitFor();
        await expectAllSeeEachOther([ada, polling]);
      }
      expect(tab.wire.frames).toEqual([]);
      await polling.leave();
    }
  });

  test('if the media node of the call dies, the pictures come back through the other node', async () => {
    const nodes = await Promise.all(
      ['media-1', 'media-2'].map(async (name) => ({
        name,
        port: stack.variable(name, 'MEDIA_ADMIN_PORT'),
        rooms: total(await scrape(Number(stack.variable(name, 'MEDIA_ADMIN_PORT'))), 'parley_media_rooms'),
      })),
    );
    const home = nodes.find(({ rooms }) => rooms > 0);
    if (!home) throw new Error('no node has the room');
    const before = stack.restarts(home.name);
    // The words go away by themselves, so both pages are watched from the beginning.
    const back = [ada, bela].map(({ page }) =>
      page.getByText('Sound and video are back').waitFor({ timeout: 90_000 }),
    );
    process.kill(stack.instancePid('MEDIA_ADMIN_PORT', home.port), 'SIGKILL');
    await Promise.all(back);
    await stack.awaitRestart(home.name, before);
    await expectAllSeeEachOther([ada, bela]);
  });
});
