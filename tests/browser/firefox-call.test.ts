import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import { Firefox, type FirefoxPage } from '../harness/browser/firefox.ts';
import { HostedRoom } from '../harness/browser/hosted-room.ts';
import { liveCaptures, missingLoadFigures, sentLayers } from '../harness/browser/page-probe.ts';
import type { CallPage } from '../harness/browser/pages.ts';
import { expectRightResolution, joinAs } from '../harness/browser/people.ts';
import { expectDoesNotHear, expectHears, expectMoving, expectStill } from '../harness/browser/playback.ts';
import '../harness/jest-timeout.ts';

describe('a call of Firefox and Chromium with the defaults of npm start', () => {
  let room: HostedRoom;
  let firefox: Firefox;
  let ada: CallPage;
  let fox: FirefoxPage;

  beforeAll(async () => {
    room = await HostedRoom.start();
    firefox = await Firefox.launch(room.launcher.origin);
    ada = await joinAs(room.browser, room.code, 'Ada');
    fox = await firefox.open(`/r/${room.code}`);
    await fox.join('Fox');
  });

  afterAll(async () => {
    await firefox?.close();
    await room?.stop();
  });

  test('each sees the other', async () => {
    await expectMoving(ada.video('Fox'));
    await fox.expectMoving(fox.tile('Ada'));
  });

  test('Chromium gets the picture of Firefox in the resolution of its tile, because Firefox sends layers', async () => {
    await expectRightResolution(ada, 'Fox');
    await waitFor(async () => (await sentLayers(fox.probed)) > 1, { what: 'Firefox to send layers' });
  });

  test('each hears the other, and nobody hears who is muted', async () => {
    await expectHears(ada, 'Fox');
    await fox.expectHears();
    await fox.press('Mute microphone');
    await ada.tileSaying('Fox', 'muted').waitFor();
    await expectDoesNotHear(ada, 'Fox');
    expect(await liveCaptures(fox.probed, 'audio')).toBe(0);
    await fox.press('Unmute microphone');
    await expectHears(ada, 'Fox');
  });

  test('a camera that is turned off is free, and comes back', async () => {
    await fox.press('Turn off camera');
    await ada.tileSaying('Fox', 'camera off').waitFor();
    await waitFor(async () => (await liveCaptures(fox.probed, 'video')) === 0, {
      what: 'the camera to be free',
    });
    await fox.press('Turn on camera');
    await expectMoving(ada.video('Fox'));
    await ada.press('Turn off camera');
    await fox.gone(`${fox.tile('Ada')} video`);
    await ada.press('Turn on camera');
    await fox.expectMoving(fox.tile('Ada'));
  });

  test('Firefox sees a shared screen, and messages pass both ways', async () => {
    await ada.press('Share screen');
    await fox.expectMoving('[data-testid="screen-tile"]');
    await ada.press('Stop sharing');
    await ada.say('Hello Fox');
    await fox.press('Chat');
    await fox.seeText('Hello Fox');
    await fox.write('Message', 'Hello Ada');
    await fox.press('Send');
    await ada.message('Hello Ada').waitFor();
  });

  test('both browsers count what shows how busy their computer is', async () => {
    expect(await missingLoadFigures(fox.probed)).toEqual([]);
    expect(await missingLoadFigures(ada.page)).toEqual([]);
  });

  test('Firefox sends no picture while nobody watches it, and sends one again when somebody does', async () => {
    await ada.turn('hidden');
    await expectStill(fox.probed, 'sent');
    await ada.turn('visible');
    await expectMoving(ada.video('Fox'));
  });

  test('no page had an error', () => {
    expect(fox.problems).toEqual([]);
    expect(ada.tab.problems).toEqual([]);
  });

  test('both come back when signaling is lost', async () => {
    process.kill(room.launcher.pid('signaling'), 'SIGKILL');
    await waitFor(() => /signaling +ready again/.test(room.launcher.output), {
      what: 'signaling to be up again',
    });
    await expectHears(ada, 'Fox');
    await fox.expectHears();
    await expectMoving(ada.video('Fox'));
    await fox.expectMoving(fox.tile('Ada'));
  });

  test('Firefox leaves, and its devices are free', async () => {
    await fox.press('Leave');
    await fox.see('You left the call', 'heading');
    await ada.tile('Fox').waitFor({ state: 'detached' });
    expect([await liveCaptures(fox.probed, 'audio'), await liveCaptures(fox.probed, 'video')]).toEqual([
      0, 0,
    ]);
  });
});
