import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { HostedRoom } from '../harness/browser/hosted-room.ts';
import { expectAllSeeEachOther, joinAs } from '../harness/browser/people.ts';
import { expectDoesNotHear, expectHears } from '../harness/browser/playback.ts';
import { liveCaptures, sentAudioPackets } from '../harness/browser/page-probe.ts';
import type { CallPage } from '../harness/browser/pages.ts';
import '../harness/jest-timeout.ts';
import type { ServiceName } from '../harness/servers/launcher.ts';
import { waitFor } from '@parley/common/testing';

/** Counts in each frame of the page the people who have a tile. Runs in the page. */
function watchTiles(): void {
  const view = globalThis as typeof globalThis & { fewest: number };
  view.fewest = Number.POSITIVE_INFINITY;
  const count = (): void => {
    const names = [...document.querySelectorAll('[data-testid="tile"][data-peer-name]')].map((tile) =>
      tile.getAttribute('data-peer-name'),
    );
    view.fewest = Math.min(view.fewest, new Set(names).size);
    requestAnimationFrame(count);
  };
  count();
}

describe('when a service is killed in a call', () => {
  let room: HostedRoom;
  let ada: CallPage;
  let bela: CallPage;
  let chen: CallPage;
  const all = () => [ada, bela, chen];

  beforeAll(async () => {
    room = await HostedRoom.start();
    const { browser, code } = room;
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

  afterAll(() => room?.stop());

  const kill = async (service: ServiceName): Promise<void> => {
    const { launcher } = room;
    const killed = launcher.pid(service);
    process.kill(killed, 'SIGKILL');
    await waitFor(() => new RegExp(`${service} +ready again`).test(launcher.output), {
      what: `${service} to be up again`,
    });
  };

  /** The page sends no sound, the other page receives none, and both show the microphone as muted. */
  const expectStillMuted = async (): Promise<void> => {
    await ada.button('Unmute microphone').waitFor();
    await bela.tileSaying('Ada', 'muted').waitFor();
    await expectHears(bela, 'Chen');
    const sent = await sentAudioPackets(ada.page);
    await expectDoesNotHear(bela, 'Ada');
    expect(await sentAudioPackets(ada.page)).toBe(sent);
    expect(await liveCaptures(ada.page, 'audio')).toBe(0);
  };

  test('media dies: the tiles show it without moving, and pictures come back by themselves', async () => {
    const before = await bela.tile('Ada').boundingBox();
    // Checked in each frame: on a fast machine the state lasts a moment only.
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
    // The words go away by themselves, so all pages are watched from the beginning.
    const back = all().map(({ page }) => page.getByText('Sound and video are back').waitFor());
    await Promise.all([kill('media'), shown]);
    expect(await bela.tile('Ada').boundingBox()).toEqual(before);
    await Promise.all(back);
    await expectAllSeeEachOther(all());
    await bela.page.getByTestId('veil').first().waitFor({ state: 'detached' });
    expect(await bela.tile('Ada').boundingBox()).toEqual(before);
    // The status announces it once for all, and not for each person.
    expect(await bela.page.getByTestId('announcer').getByText('reconnecting').count()).toBe(0);
  });

  test('a microphone that was muted stays muted after media died', async () => {
    await expectStillMuted();
    await expectHears(ada, 'Bela');
  });

  test('signaling dies: a muted person stays muted, and people see each other', async () => {
    for (const page of all()) await page.page.evaluate(watchTiles);
    await Promise.all([
      kill('signaling'),
      ...all().map(async (page) => {
        await page.page.getByText('You are connected again').waitFor();
      }),
    ]);
    await expectAllSeeEachOther(all());
    // No frame lacked anybody, and no page announced that somebody left or joined.
    for (const page of all())
      expect(
        await page.page.evaluate(() => (globalThis as typeof globalThis & { fewest: number }).fewest),
      ).toBe(3);
    for (const page of all())
      expect(
        await page.page
          .getByTestId('announcer')
          .getByText(/left|joined/)
          .count(),
      ).toBe(0);
    await expectStillMuted();
    await expectHears(ada, 'Bela');
  });

  test('after unmuting, the same checks find a live microphone', async () => {
    const sent = await sentAudioPackets(ada.page);
    await ada.press('Unmute microphone');
    await bela.tileSaying('Ada', 'muted').waitFor({ state: 'detached' });
    await expectHears(bela, 'Ada');
    expect(await sentAudioPackets(ada.page)).toBeGreaterThan(sent);
    expect(await liveCaptures(ada.page, 'audio')).toBe(1);
  });
});
