import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { OwnedRoom } from '../harness/browser/owned-room.ts';
import { enabledCaptures } from '../harness/browser/page-probe.ts';
import { PreJoinPage, type CallPage } from '../harness/browser/pages.ts';
import { expectAllSeeEachOther, joinAs } from '../harness/browser/people.ts';
import { expectDoesNotHear, expectHears, expectMoving, expectStill } from '../harness/browser/playback.ts';
import { TestBrowser } from '../harness/browser/test-browser.ts';
import '../harness/jest-timeout.ts';
import { Launcher } from '../harness/servers/launcher.ts';

const WATCHES = 'You are a viewer: you can listen, not speak';

// Each part goes on where the one before it ended.
describe('a viewer who gets the word', () => {
  let launcher: Launcher;
  let browser: TestBrowser;
  /** Owns the room. */
  let hana: CallPage;
  let otto: CallPage;
  let vera: CallPage;

  beforeAll(async () => {
    launcher = await Launcher.start();
    browser = await TestBrowser.launch(launcher.origin);
    const { owner, code } = await OwnedRoom.create(browser);
    hana = await new PreJoinPage(owner).join('Hana');
    otto = await joinAs(browser, code, 'Otto');
    vera = await joinAs(browser, code, 'Vera');
    await expectAllSeeEachOther([hana, otto, vera]);
  });
  afterAll(async () => {
    await browser?.close();
    await launcher?.stop();
  });

  const makeViewer = async (): Promise<void> => {
    await hana.chooseFor('Vera', 'Make viewer');
    await hana.page.getByRole('dialog').getByRole('button', { name: 'Make viewer', exact: true }).click();
    await vera.button(WATCHES).waitFor();
  };
  const makeParticipant = async (): Promise<void> => {
    await hana.chooseFor('Vera', 'Make participant');
    await vera.button('Unmute microphone').waitFor();
    await vera.button('Turn on camera').waitFor();
  };
  const expectSendsNothing = async (): Promise<void> => {
    expect(await enabledCaptures(vera.page, 'audio')).toBe(0);
    expect(await enabledCaptures(vera.page, 'video')).toBe(0);
    await expectStill(vera.page, 'sent');
    for (const other of [hana, otto]) {
      await expectDoesNotHear(other, 'Vera');
      expect(await other.video('Vera').count()).toBe(0);
    }
  };
  /** What the server gave the page to send and to receive on, the last time that it opened its media. */
  const lastTransports = (): unknown =>
    vera.tab.wire
      .replies('room:join', 'media:reopen')
      .flatMap(({ transports }) => transports ?? [])
      .at(-1);

  test('has nothing to send on, and sees and hears the others', async () => {
    await makeViewer();
    await vera.page.reload();
    await vera.waitUntilJoined();
    await vera.button(WATCHES).waitFor();
    for (const name of ['Hana', 'Otto']) {
      await expectMoving(vera.video(name));
      await expectHears(vera, name);
    }
    expect(lastTransports()).toEqual({ receive: expect.anything() });
    await expectSendsNothing();
  });

  test('speaks once she may, and all hear and see her', async () => {
    await makeParticipant();
    await vera.press('Unmute microphone');
    await vera.press('Turn on camera');
    for (const other of [hana, otto]) {
      await expectHears(other, 'Vera');
      await expectMoving(other.video('Vera'));
    }
    expect(vera.tab.wire.replies('transport:open-send')).toHaveLength(1);
  });

  test('sends nothing any more as a viewer again, and goes on to see and hear the others', async () => {
    await makeViewer();
    await expectSendsNothing();
    for (const name of ['Hana', 'Otto']) {
      await expectMoving(vera.video(name));
      await expectHears(vera, name);
    }
    expect(vera.tab.wire.received('media:reset')).toEqual([]);
  });

  test('is muted, with her camera off, when she may speak once more', async () => {
    await makeParticipant();
    await expectSendsNothing();
    await vera.press('Unmute microphone');
    for (const other of [hana, otto]) await expectHears(other, 'Vera');
    expect(await enabledCaptures(vera.page, 'video')).toBe(0);
  });
});
