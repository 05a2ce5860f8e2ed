import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { HostedRoom } from '../harness/browser/hosted-room.ts';
import { countFrames, liveCaptures } from '../harness/browser/page-probe.ts';
import type { CallPage } from '../harness/browser/pages.ts';
import { joinAs } from '../harness/browser/people.ts';
import { expectHears, expectMoving, expectStill } from '../harness/browser/playback.ts';
import '../harness/jest-timeout.ts';
import { waitFor } from '@parley/common/testing';

describe('a call sends and receives the pictures that somebody sees', () => {
  let room: HostedRoom;
  let ada: CallPage;
  let bela: CallPage;
  let chen: CallPage;

  beforeAll(async () => {
    room = await HostedRoom.start();
    ada = await joinAs(room.browser, room.code, 'Ada');
  });

  afterAll(() => room?.stop());

  const choose = async (page: CallPage, option: string) => {
    await page.press('Sound devices');
    await page.page.getByRole('menuitem', { name: 'Settings…' }).click();
    await page.page.getByRole('combobox', { name: 'Received pictures' }).click();
    await page.page.getByRole('option', { name: option, exact: true }).click();
    await page.page.keyboard.press('Escape');
  };

  /** Waits until Ada sees so many others. */
  const expectPictures = (count: number) =>
    waitFor(
      async () => {
        const shown = [bela, chen].map(({ name }) => ada.video(name).count());
        return (await Promise.all(shown)).filter((videos) => videos > 0).length === count;
      },
      { what: `Ada to see ${count} others` },
    );

  test('a person who is alone sends neither camera nor screen, and sees both', async () => {
    await ada.press('Share screen');
    await expectMoving(ada.page.getByLabel('Your shared screen'));
    await expectStill(ada.page, 'sent');
    expect(await countFrames(ada.page, 'sent')).toBeGreaterThan(0);
    await expectMoving(ada.video('Ada'));
    expect(await liveCaptures(ada.page, 'video')).toBe(2);
  });

  test('who comes sees both', async () => {
    bela = await joinAs(room.browser, room.code, 'Bela');
    await expectMoving(bela.screenOf('Ada').locator('video'));
    await expectMoving(bela.video('Ada'));
    await expectMoving(ada.video('Bela'));
    await ada.press('Stop sharing');
  });

  test('a page that was hidden for five seconds receives voices and no pictures, which nobody sends then', async () => {
    await ada.turn('hidden');
    await expectStill(ada.page, 'received');
    await expectStill(bela.page, 'sent');
    await expectHears(ada, 'Bela');
    expect(await ada.page.getByTestId('veil').count()).toBe(0);
    await expectMoving(bela.video('Ada'));
  });

  test('a page that comes back shows the pictures again', async () => {
    await ada.turn('visible');
    await expectMoving(ada.video('Bela'));
    await expectHears(ada, 'Bela');
    expect(await ada.page.getByTestId('veil').count()).toBe(0);
  });

  test('the number of pictures that a person chose is the most that come, and who is pinned comes first', async () => {
    chen = await joinAs(room.browser, room.code, 'Chen');
    await expectMoving(ada.video('Chen'));
    await expectMoving(ada.video('Bela'));
    await choose(ada, 'Pictures of the others: 1 at most');
    await expectPictures(1);
    await ada.pin('Chen');
    await expectMoving(ada.video('Chen'));
    await ada.video('Bela').waitFor({ state: 'detached' });
    await ada.pin('Bela');
    await expectMoving(ada.video('Bela'));
    await ada.video('Chen').waitFor({ state: 'detached' });
    await expectHears(ada, 'Chen');
    await ada.unpin('Bela');
    await choose(ada, 'Pictures of the others: all');
    await expectMoving(ada.video('Chen'));
    await expectMoving(ada.video('Bela'));
  });

  test('the small window goes on while the page is hidden, and its picture alone', async () => {
    await ada.press('More options');
    const [small] = await Promise.all([
      ada.tab.context.waitForEvent('page'),
      ada.page.getByRole('menuitem', { name: 'Picture in picture' }).click(),
    ]);
    await expectMoving(small.locator('video'));
    await ada.turn('hidden');
    await expectPictures(1);
    await expectMoving(small.locator('video'));
    await small.close();
    await expectPictures(0);
    await ada.turn('visible');
    await expectPictures(2);
  });

  test('no page had an error', () => {
    for (const page of [ada, bela, chen]) expect(page.tab.problems).toEqual([]);
  });
});
