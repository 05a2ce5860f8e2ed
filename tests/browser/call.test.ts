import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { TestBrowser } from '../harness/browser.ts';
import { expectAllSeeEachOther, expectRightResolution, joinAs } from '../harness/call-setup.ts';
import { expectDoesNotHear, expectHears, expectMoving } from '../harness/media-checks.ts';
import { liveCaptures, unplug } from '../harness/page-probe.ts';
import { PreJoinPage, type CallPage } from '../harness/pages.ts';
import '../harness/patience.ts';
import { call } from '../harness/rest-client.ts';
import { Stack } from '../harness/stack.ts';
import { waitFor } from '../harness/wait-for.ts';

/** One call, from the fourth person's arrival to the last one's going; each test begins where the one before ended. */
describe('four people in a call', () => {
  let stack: Stack;
  let browser: TestBrowser;
  let code: string;
  let ada: CallPage;
  let bela: CallPage;
  let chen: CallPage;
  let dora: CallPage;
  const all = () => [ada, bela, chen, dora];
  const others = (one: CallPage) => all().filter((page) => page !== one);

  beforeAll(async () => {
    stack = await Stack.start({ env: { RESUME_GRACE_MS: '3000' } });
    browser = await TestBrowser.launch(stack.origin);
    ({ code } = await call(stack.origin, 'createRoom', { body: {} }));
    ada = await joinAs(browser, code, 'Ada');
    bela = await joinAs(browser, code, 'Bela');
    chen = await joinAs(browser, code, 'Chen');
    dora = await joinAs(browser, code, 'Dora');
  });

  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  test('all see three moving videos', async () => {
    await expectAllSeeEachOther(all());
    for (const page of all()) expect(await page.tiles().count()).toBe(4);
  });

  test('all get each picture in the resolution of its tile', async () => {
    for (const page of all()) {
      for (const other of others(page)) await expectRightResolution(page, other.name);
    }
  });

  test('a picture that becomes larger gets more lines, and one that becomes smaller fewer', async () => {
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

  test('muting frees the microphone, is shown to all, and nothing is heard until it ends', async () => {
    await ada.press('Mute microphone');
    await waitFor('the microphone to be free', async () => (await liveCaptures(ada.page, 'audio')) === 0);
    for (const page of all()) await page.tileSaying('Ada', 'muted').waitFor();
    await expectDoesNotHear(bela, 'Ada');
    await expectHears(bela, 'Chen');
    await ada.press('Unmute microphone');
    await bela.tileSaying('Ada', 'muted').waitFor({ state: 'detached' });
    await expectHears(bela, 'Ada');
    expect(await liveCaptures(ada.page, 'audio')).toBe(1);
  });

  test('turning the camera off frees it and removes the picture everywhere; turning it on brings it back', async () => {
    await bela.press('Turn off camera');
    await waitFor('the camera to be free', async () => (await liveCaptures(bela.page, 'video')) === 0);
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
    await waitFor('the screen to be free', async () => (await liveCaptures(chen.page, 'video')) === 1);
    await chen.button('Share screen').waitFor();
    for (const page of others(chen)) await expectMoving(page.video('Chen'));
  });

  test('a message to everyone reaches everyone', async () => {
    await dora.say('Hello all of you');
    for (const page of all()) {
      await page.openChat();
      await page.message('Hello all of you').waitFor();
    }
  });

  test('a private message reaches one, and a third person gets nothing of it on the wire', async () => {
    await dora.say('between us, Ada', 'Ada');
    await ada.message('between us, Ada').waitFor();
    await dora.message('between us, Ada').waitFor();
    // What is sent to all afterwards has arrived: so would have the private message.
    await dora.say('and now all');
    for (const page of [bela, chen]) {
      await page.message('and now all').waitFor();
      expect(await page.message('between us').count()).toBe(0);
      expect(page.tab.wire.mentions('between us')).toEqual([]);
    }
    expect(ada.tab.wire.mentions('between us')).toHaveLength(1);
    for (const page of all()) await page.closePanel();
  });

  test('a raised hand is seen by all until it is lowered', async () => {
    await ada.press('Raise hand');
    for (const page of all()) await page.tileSaying('Ada', 'hand raised').waitFor();
    await ada.press('Lower hand');
    for (const page of all()) await page.tileSaying('Ada', 'hand raised').waitFor({ state: 'detached' });
  });

  test('who leaves is gone for the others at once and can come back', async () => {
    await dora.leave();
    expect(await liveCaptures(dora.page, 'video')).toBe(0);
    expect(await liveCaptures(dora.page, 'audio')).toBe(0);
    for (const page of [ada, bela, chen]) await page.tile('Dora').waitFor({ state: 'detached' });
    await dora.press('Rejoin');
    await dora.waitUntilJoined();
    await expectAllSeeEachOther(all());
    await dora.leave();
  });

  test('who comes late sees every state that came about before', async () => {
    await ada.press('Mute microphone');
    await bela.press('Raise hand');
    await bela.press('Turn off camera');
    await chen.press('Share screen');
    await bela.tileSaying('Chen', 'sharing the screen').waitFor();
    await bela.tileSaying('Ada', 'muted').waitFor();
    await chen.tileSaying('Bela', 'camera off').waitFor();
    dora = await joinAs(browser, code, 'Dora');
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

  test('a microphone that is pulled out leaves its person muted, told, and able to go on', async () => {
    await chen.tileSaying('Chen', 'muted').waitFor({ state: 'detached' });
    await unplug(chen.page, 'audio');
    await chen.button('Unmute microphone').waitFor();
    await chen.page
      .getByRole('status', { name: 'Notices' })
      .getByText(/microphone/i)
      .waitFor();
    await ada.tileSaying('Chen', 'muted').waitFor();
    await chen.press('Unmute microphone');
    await expectHears(ada, 'Chen');
  });

  test('who reloads the page is gone, and is there once after joining again', async () => {
    await bela.page.reload();
    for (const page of [ada, chen]) await page.tile('Bela').waitFor({ state: 'detached' });
    const again = await new PreJoinPage(bela.tab).join('Bela');
    for (const page of [ada, chen]) await expectMoving(page.video('Bela'));
    await expectMoving(again.video('Ada'));
    expect(await ada.tile('Bela').count()).toBe(1);
  });

  test('a tab that is closed without warning disappears from the call', async () => {
    await dora.tab.context.close();
    for (const page of [ada, bela, chen]) await page.tile('Dora').waitFor({ state: 'detached' });
  });

  test('a tab that crashes disappears from the call once its time to come back is over', async () => {
    const crashed = chen.page.waitForEvent('crash');
    await chen.page.goto('chrome://crash').catch(() => undefined);
    await crashed;
    for (const page of [ada, bela]) await page.tile('Chen').waitFor({ state: 'detached' });
    await expectMoving(ada.video('Bela'));
    await expectHears(bela, 'Ada');
  });

  test('nothing went wrong in any page meanwhile', () => {
    for (const page of [ada, bela]) expect(page.tab.problems).toEqual([]);
  });
});
