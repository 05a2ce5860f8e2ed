import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { TestBrowser } from '../harness/browser/test-browser.ts';
import { expectAllSeeEachOther, joinAs } from '../harness/browser/people.ts';
import { expectDoesNotHear, expectHears } from '../harness/browser/playback.ts';
import { liveCaptures, sentAudioPackets } from '../harness/browser/page-probe.ts';
import type { CallPage } from '../harness/browser/pages.ts';
import '../harness/jest-timeout.ts';
import { callRoute } from '../harness/peer/rest-client.ts';
import { Launcher, type ServiceName } from '../harness/servers/launcher.ts';
import { waitFor } from '@parley/common/testing';

describe('when a service is killed in a call', () => {
  let launcher: Launcher;
  let browser: TestBrowser;
  let code: string;
  let ada: CallPage;
  let bela: CallPage;
  let chen: CallPage;
  const all = () => [ada, bela, chen];

  beforeAll(async () => {
    launcher = await Launcher.start();
    browser = await TestBrowser.launch(launcher.origin);
    ({ code } = await callRoute(launcher.origin, 'createRoom', { body: {} }));
    ada = await joinAs(browser, code, 'Ada');
    bela = await joinAs(browser, code, 'Bela');
    chen = await joinAs(browser, code, 'Chen');
    await expectAllSeeEachOther(all());
    await ada.press('Mute microphone');
    await bela.tileSaying('Ada', 'muted').waitFor();
    await waitFor(async () => (await liveCaptures(ada.page, 'audio')) === 0, {
      what: 'the microphone to be free',
    });
  });

  afterAll(async () => {
    await browser?.close();
    await launcher?.stop();
  });

  const kill = async (service: ServiceName): Promise<void> => {
    const killed = launcher.pid(service);
    process.kill(killed, 'SIGKILL');
    await waitFor(() => new RegExp(`${service} +ready again`).test(launcher.output), {
      what: `${service} to be up again`,
    });
  };

  /** Nothing of the microphone leaves the page or reaches the other one, and both still say so. */
  const expectStillMuted = async (): Promise<void> => {
    await ada.button('Unmute microphone').waitFor();
    await bela.tileSaying('Ada', 'muted').waitFor();
    await expectHears(bela, 'Chen');
    const sent = await sentAudioPackets(ada.page);
    await expectDoesNotHear(bela, 'Ada');
    expect(await sentAudioPackets(ada.page)).toBe(sent);
    expect(await liveCaptures(ada.page, 'audio')).toBe(0);
  };

  test('the media service, the tiles say so without moving, and pictures come back by themselves', async () => {
    const before = await bela.tile('Ada').boundingBox();
    // Looked for in each frame: on a quick machine it is over within a moment.
    const shown = bela.page.waitForFunction(
      () => {
        const veiled = document.querySelectorAll('[data-testid="tile"] [data-testid="veil"]').length;
        const named = document.querySelectorAll('[data-testid="tile"][aria-label*=", reconnecting"]').length;
        const status = [...document.querySelectorAll('[role="status"]')].some(({ textContent }) =>
          textContent?.includes('Reconnecting…'),
        );
        return status && veiled === 3 && named === 3;
      },
      undefined,
      { polling: 'raf' },
    );
    await Promise.all([kill('media'), shown]);
    expect(await bela.tile('Ada').boundingBox()).toEqual(before);
    for (const page of all()) await page.page.getByText('Sound and video are back').waitFor();
    await expectAllSeeEachOther(all());
    await bela.page.getByTestId('veil').first().waitFor({ state: 'detached' });
    expect(await bela.tile('Ada').boundingBox()).toEqual(before);
    // Said once for all by the status, not person by person.
    expect(await bela.page.getByTestId('announcer').getByText('reconnecting').count()).toBe(0);
  });

  test('and the microphone that was muted before is not live after it', async () => {
    await expectStillMuted();
    await expectHears(ada, 'Bela');
  });

  test('signaling, the same: who was muted stays muted, and people see each other', async () => {
    await kill('signaling');
    for (const page of all()) await page.page.getByText('You are connected again').waitFor();
    await expectAllSeeEachOther(all());
    await expectStillMuted();
    await expectHears(ada, 'Bela');
  });

  test('and afterwards the same looks see a microphone that is live', async () => {
    const sent = await sentAudioPackets(ada.page);
    await ada.press('Unmute microphone');
    await bela.tileSaying('Ada', 'muted').waitFor({ state: 'detached' });
    await expectHears(bela, 'Ada');
    expect(await sentAudioPackets(ada.page)).toBeGreaterThan(sent);
    expect(await liveCaptures(ada.page, 'audio')).toBe(1);
  });
});
