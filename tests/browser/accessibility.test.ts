import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { axeViolations } from '../harness/browser/axe.ts';
import { HostedRoom } from '../harness/browser/hosted-room.ts';
import type { Form } from '../harness/browser/test-browser.ts';
import { joinAs } from '../harness/browser/people.ts';
import { expectMoving } from '../harness/browser/playback.ts';
import { PreJoinPage, type CallPage } from '../harness/browser/pages.ts';
import '../harness/jest-timeout.ts';

describe.each<[Form]>([['desktop'], ['phone']])('axe finds nothing serious on a %s', (form) => {
  let room: HostedRoom;

  beforeAll(async () => {
    room = await HostedRoom.start();
  });

  afterAll(() => room?.stop());

  test.each([
    ['the landing page', '/', 'New call'],
    ['an unknown room', '/r/aaaa-bbbb-ccc', 'New call'],
    ['a malformed code', '/r/not-a-code', 'New call'],
    ['a page that is not there', '/nowhere', null],
  ])('on %s', async (_what, path, button) => {
    const { page, context } = await room.browser.open(path, form);
    if (button) await page.getByRole('button', { name: button }).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await context.close();
  });

  test('before, in and after a call, with each panel, menu and dialog open', async () => {
    const { browser, code } = room;
    const other: CallPage = await joinAs(browser, code, 'Other');
    await other.say('Look at https://example.org');
    const tab = await browser.open(`/r/${code}`, form);
    const preJoin = new PreJoinPage(tab);
    await expectMoving(preJoin.preview());
    expect(await axeViolations(tab.page)).toEqual([]);
    const page = await preJoin.join('Ada');
    await expectMoving(page.video('Other'));
    expect(await axeViolations(page.page)).toEqual([]);
    await other.press('Raise hand');
    await other.press('Turn off camera');
    await other.press('Mute microphone');
    await page.tileSaying('Other', 'hand raised').waitFor();
    expect(await axeViolations(page.page)).toEqual([]);
    for (const panel of ['Chat', 'People']) {
      await page.press(panel);
      await page.button('Close panel').waitFor();
      expect([panel, await axeViolations(page.page)]).toEqual([panel, []]);
      await page.closePanel();
    }
    for (const menu of ['More options', 'Options for Other']) {
      await page.press(menu);
      expect([menu, await axeViolations(page.page)]).toEqual([menu, []]);
      await page.page.keyboard.press('Escape');
    }
    await page.leave();
    expect(await axeViolations(page.page)).toEqual([]);
  });
});
