import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CallOfFour } from '../harness/browser/call-of-four.ts';
import { expectAllSeeEachOther, expectRightResolution } from '../harness/browser/people.ts';
import { expectDoesNotHear, expectHears, expectMoving } from '../harness/browser/playback.ts';
import { enabledCaptures, liveCaptures, sentAudioPackets } from '../harness/browser/page-probe.ts';
import type { CallPage } from '../harness/browser/pages.ts';
import '../harness/jest-timeout.ts';
import { waitFor } from '@parley/common/testing';

describe('four people in a call see and hear each other', () => {
  let four: CallOfFour;
  let ada: CallPage;
  let bela: CallPage;
  let chen: CallPage;
  let dora: CallPage;
  const all = () => [ada, bela, chen, dora];
  const others = (one: CallPage) => all().filter((page) => page !== one);

  beforeAll(async () => {
    four = await CallOfFour.start();
    [ada, bela, chen, dora] = four.people;
  });

  afterAll(() => four?.stop());

  test('all see three moving videos', async () => {
    await expectAllSeeEachOther(all());
    for (const page of all()) expect(await page.tiles().count()).toBe(4);
  });

  test('all get each picture in the resolution of its tile', async () => {
    for (const page of all()) {
      for (const other of others(page)) await expectRightResolution(page, other.name);
    }
  });

  test('a picture that becomes larger gets more lines, and one that becomes smaller gets fewer', async () => {
    const before = await expectRightResolution(ada, 'Bela');
    await ada.pin('Bela');
    const large = await expectRightResolution(ada, 'Bela');
    const small = await expectRightResolution(ada, 'Chen');
    expect(large.height).toBeGreaterThan(small.height);
    await ada.unpin('Bela');
    expect(await expectRightResolution(ada, 'Bela')).toEqual(before);
  });

  test('all hear each other', async () => {
    for (const page of all()) {
      for (const other of others(page)) await expectHears(page, other.name);
    }
  });

  test('muting frees the microphone, is shown to all, and no sound arrives until unmuting', async () => {
    await ada.press('Mute microphone');
    expect(await enabledCaptures(ada.page, 'audio')).toBe(0);
    await waitFor(async () => (await liveCaptures(ada.page, 'audio')) === 0, {
      what: 'the microphone to be free',
    });
    for (const page of all()) await page.tileSaying('Ada', 'muted').waitFor();
    await expectDoesNotHear(bela, 'Ada');
    await expectHears(bela, 'Chen');
    await ada.press('Unmute microphone');
    await bela.tileSaying('Ada', 'muted').waitFor({ state: 'detached' });
    await expectHears(bela, 'Ada');
    expect(await liveCaptures(ada.page, 'audio')).toBe(1);
  });

  test('the space bar unmutes the microphone while it is held, also right after a click on its button', async () => {
    await ada.press('Mute microphone');
    await bela.tileSaying('Ada', 'muted').waitFor();
    await ada.page.keyboard.down(' ');
    await bela.tileSaying('Ada', 'muted').waitFor({ state: 'detached' });
    expect(await liveCaptures(ada.page, 'audio')).toBe(1);
    await ada.page.keyboard.up(' ');
    await bela.tileSaying('Ada', 'muted').waitFor();
    await ada.button('Unmute microphone').waitFor();
    expect(await enabledCaptures(ada.page, 'audio')).toBe(0);
    await ada.press('Unmute microphone');
  });

  test('the space bar that is let go while the command key of a Mac is held, of which no browser reports, leaves no microphone open', async () => {
    const { keyboard } = ada.page;
    await ada.press('Mute microphone');
    await bela.tileSaying('Ada', 'muted').waitFor();
    await keyboard.down(' ');
    await bela.tileSaying('Ada', 'muted').waitFor({ state: 'detached' });
    await keyboard.down('Meta');
    await bela.tileSaying('Ada', 'muted').waitFor();
    expect(await enabledCaptures(ada.page, 'audio')).toBe(0);
    await keyboard.up('Meta');
    await keyboard.up(' ');
    await ada.press('Unmute microphone');
  });

  test('a microphone that is kept open is silent while muted, and live again without being opened', async () => {
    const { page } = ada;
    await ada.press('Sound devices');
    await page.getByRole('menuitem', { name: 'Settings…' }).click();
    await page.getByRole('combobox', { name: 'When you mute' }).click();
    await page.getByRole('option', { name: /keep it open/ }).click();
    await page.keyboard.press('Escape');
    await ada.press('Mute microphone');
    await bela.tileSaying('Ada', 'muted').waitFor();
    await page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error('no device is opened here'));
    });
    const sent = await sentAudioPackets(page);
    await expectDoesNotHear(bela, 'Ada');
    expect(await sentAudioPackets(page)).toBe(sent);
    expect(await liveCaptures(page, 'audio')).toBe(1);
    expect(await enabledCaptures(page, 'audio')).toBe(0);
    await ada.press('Unmute microphone');
    await expectHears(bela, 'Ada');
    expect(await liveCaptures(page, 'audio')).toBe(1);
  });

  test('what the system pauses plays again by itself', async () => {
    const paused = () =>
      bela.page.evaluate(
        () =>
          [...document.querySelectorAll<HTMLMediaElement>('audio, video')].filter((one) => one.paused).length,
      );
    const before = await bela.page.evaluate(() => {
      const all = [...document.querySelectorAll<HTMLMediaElement>('audio, video')];
      for (const one of all) one.pause();
      return all.filter((one) => one.paused).length;
    });
    expect(before).toBeGreaterThan(6);
    await waitFor(async () => (await paused()) === 0, { what: 'everything to play' });
    await expectMoving(bela.video('Ada'));
  });

  test('turning the camera off frees it and removes the picture everywhere; turning it on brings it back', async () => {
    await bela.press('Turn off camera');
    await waitFor(async () => (await liveCaptures(bela.page, 'video')) === 0, {
      what: 'the camera to be free',
    });
    for (const page of all()) {
      await page.tileSaying('Bela', 'camera off').waitFor();
      await page.video('Bela').waitFor({ state: 'detached' });
    }
    await bela.press('Turn on camera');
    for (const page of others(bela)) await expectMoving(page.video('Bela'));
    expect(await liveCaptures(bela.page, 'video')).toBe(1);
  });

  test('a shared screen is seen by all until it stops, and its capture ends with it', async () => {
    await chen.press('Share screen');
    for (const page of others(chen)) await expectMoving(page.screenOf('Chen').locator('video'));
    for (const page of all()) await page.tileSaying('Chen', 'sharing the screen').waitFor();
    expect(await liveCaptures(chen.page, 'video')).toBe(2);
    await chen.press('Stop sharing');
    for (const page of all()) await page.screenOf('Chen').waitFor({ state: 'detached' });
    await waitFor(async () => (await liveCaptures(chen.page, 'video')) === 1, {
      what: 'the screen to be free',
    });
    await chen.button('Share screen').waitFor();
    for (const page of others(chen)) await expectMoving(page.video('Chen'));
  });

  test('the person who shares sees it and can pause it; the others read that it is paused until it goes on', async () => {
    await chen.press('Share screen');
    await chen.page.getByText('You are sharing your screen').waitFor();
    await expectMoving(chen.page.getByLabel('Your shared screen'));
    for (const page of others(chen)) await expectMoving(page.screenOf('Chen').locator('video'));
    await chen.press('Pause');
    await chen.page.getByText('Your screen share is paused').waitFor();
    for (const page of others(chen)) {
      await page.screenOf('Chen').getByText('Screen share paused').waitFor();
      expect(await page.screenOf('Chen').locator('video').count()).toBe(0);
    }
    await chen.press('Resume');
    for (const page of others(chen)) await expectMoving(page.screenOf('Chen').locator('video'));
    await chen.press('Stop');
    for (const page of others(chen)) await page.screenOf('Chen').waitFor({ state: 'detached' });
    await chen.page.getByText('You are sharing your screen').waitFor({ state: 'detached' });
  });

  test('a browser that cannot share the screen says so when the key for it is pressed', async () => {
    await dora.page.evaluate(() => Object.assign(navigator.mediaDevices, { getDisplayMedia: undefined }));
    await dora.page.keyboard.press('s');
    await dora.page.getByText('This browser cannot share the screen').waitFor();
  });

  test('no page had an error', () => {
    for (const page of all()) expect(page.tab.problems).toEqual([]);
  });
});
