import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CallOfFour } from '../harness/browser/call-of-four.ts';
import { expectAllSeeEachOther, joinAs } from '../harness/browser/people.ts';
import { expectDoesNotHear, expectHears, expectMoving } from '../harness/browser/playback.ts';
import { scrape, total } from '../harness/records/metrics.ts';
import { liveCaptures } from '../harness/browser/page-probe.ts';
import type { CallPage } from '../harness/browser/pages.ts';
import '../harness/jest-timeout.ts';
import { waitFor } from '@parley/common/testing';

describe('four people in a call come and go', () => {
  let four: CallOfFour;
  let ada: CallPage;
  let bela: CallPage;
  let chen: CallPage;
  let dora: CallPage;
  const all = () => [ada, bela, chen, dora];

  beforeAll(async () => {
    four = await CallOfFour.start();
    [ada, bela, chen, dora] = four.people;
  });

  afterAll(() => four?.stop());

  test('a person who leaves disappears for the others at once, and can rejoin', async () => {
    await dora.leave();
    expect(await liveCaptures(dora.page, 'video')).toBe(0);
    expect(await liveCaptures(dora.page, 'audio')).toBe(0);
    for (const page of [ada, bela, chen]) await page.tile('Dora').waitFor({ state: 'detached' });
    await dora.press('Rejoin');
    await dora.waitUntilJoined();
    await expectAllSeeEachOther(all());
    await dora.leave();
  });

  test('a person who joins late sees every state that was set before', async () => {
    await bela.say('Hello all of you');
    await bela.say('between us, Ada', 'Ada');
    await bela.closePanel();
    await ada.press('Mute microphone');
    await bela.press('Raise hand');
    await bela.press('Turn off camera');
    await chen.press('Share screen');
    await bela.tileSaying('Chen', 'sharing the screen').waitFor();
    await bela.tileSaying('Ada', 'muted').waitFor();
    await chen.tileSaying('Bela', 'camera off').waitFor();
    dora = await joinAs(four.room.browser, four.room.code, 'Dora');
    await dora.tileSaying('Ada', 'muted').waitFor();
    await dora.tileSaying('Bela', 'hand raised').waitFor();
    await dora.tileSaying('Bela', 'camera off').waitFor();
    await expectMoving(dora.screenOf('Chen').locator('video'));
    await expectMoving(dora.video('Chen'));
    await expectDoesNotHear(dora, 'Ada');
    await dora.openChat();
    await dora.message('Hello all of you').waitFor();
    expect(await dora.message('between us').count()).toBe(0);
    await dora.closePanel();
    await chen.press('Stop sharing');
    await ada.press('Unmute microphone');
    await bela.press('Lower hand');
    await bela.press('Turn on camera');
  });

  test('a person who reloads the page is back by itself, and there once', async () => {
    await bela.page.reload();
    await bela.waitUntilJoined();
    for (const page of [ada, chen]) await expectMoving(page.video('Bela'));
    await expectMoving(bela.video('Ada'));
    expect(await ada.tile('Bela').count()).toBe(1);
  });

  test('a tab that is closed without warning disappears from the call after the grace of closed pages', async () => {
    await dora.tab.context.close();
    for (const page of [ada, bela, chen]) await page.tile('Dora').waitFor({ state: 'detached' });
  });

  test('a tab that crashes disappears from the call after the grace period', async () => {
    const crashed = chen.page.waitForEvent('crash');
    await chen.page.goto('chrome://crash').catch(() => undefined);
    await crashed;
    for (const page of [ada, bela]) await page.tile('Chen').waitFor({ state: 'detached' });
    await expectMoving(ada.video('Bela'));
    await expectHears(bela, 'Ada');
  });

  test('repeated reloads and the end of the call leave nothing behind on the servers', async () => {
    for (let round = 0; round < 3; round += 1) {
      await bela.page.reload();
      await bela.waitUntilJoined();
      await expectMoving(ada.video('Bela'));
    }
    await ada.leave();
    await bela.leave();
    await waitFor(
      async () => {
        const media = await scrape(four.room.launcher.ports.MEDIA_ADMIN_PORT);
        const signaling = await scrape(four.room.launcher.ports.SIGNALING_ADMIN_PORT);
        const held = ['rooms', 'peers', 'routers', 'transports', 'producers', 'consumers'];
        const left = held.map((what) => total(media, `parley_media_${what}`));
        const live = ['rooms', 'peers', 'sockets', 'local_rooms', 'queued_peers', 'pending_releases'];
        const kept = live.map((what) => total(signaling, `parley_signaling_${what}`));
        return [...left, ...kept].every((count) => count === 0);
      },
      { what: 'the media node and signaling to be empty' },
    );
  });

  test('no page had an error', () => {
    for (const page of [ada, bela]) expect(page.tab.problems).toEqual([]);
  });
});
