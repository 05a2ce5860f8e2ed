import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Firefox, type FirefoxPage } from '../harness/browser/firefox.ts';
import type { CallPage } from '../harness/browser/pages.ts';
import { joinAs } from '../harness/browser/people.ts';
import { expectDoesNotHear, expectHears, expectMoving } from '../harness/browser/playback.ts';
import { TestBrowser } from '../harness/browser/test-browser.ts';
import { callRoute } from '../harness/peer/rest-client.ts';
import { Stack } from '../harness/servers/stack.ts';
import '../harness/jest-timeout.ts';

describe('a call of Firefox and Chromium over nginx with the defaults of npm run stack', () => {
  let stack: Stack;
  let browser: TestBrowser;
  let firefox: Firefox;
  let ada: CallPage;
  let fox: FirefoxPage;

  beforeAll(async () => {
    stack = await Stack.start();
    const origin = stack.url('edge');
    browser = await TestBrowser.launch(origin);
    firefox = await Firefox.launch(origin);
    const { code } = await callRoute(origin, 'createRoom', { body: {} });
    ada = await joinAs(browser, code, 'Ada');
    fox = await firefox.open(`/r/${code}`);
    await fox.join('Fox');
  });

  afterAll(async () => {
    await firefox?.close();
    await browser?.close();
    await stack?.stop();
  });

  test('each sees and hears the other', async () => {
    await expectMoving(ada.video('Fox'));
    await fox.expectMoving(fox.tile('Ada'));
    await expectHears(ada, 'Fox');
    await fox.expectHears();
  });

  test('nobody hears who is muted, until they unmute', async () => {
    await fox.press('Mute microphone');
    await ada.tileSaying('Fox', 'muted').waitFor();
    await expectDoesNotHear(ada, 'Fox');
    await fox.press('Unmute microphone');
    await expectHears(ada, 'Fox');
    await ada.press('Mute microphone');
    await fox.expectHearsNothing('Ada');
    await ada.press('Unmute microphone');
    await fox.expectHears();
  });

  test('no page had an error', () => {
    expect(fox.problems).toEqual([]);
    expect(ada.tab.problems).toEqual([]);
  });
});
