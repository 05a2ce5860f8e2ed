import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CallOfFour } from '../harness/browser/call-of-four.ts';
import { LandingPage, PreJoinPage, type CallPage } from '../harness/browser/pages.ts';
import { joinAs } from '../harness/browser/people.ts';
import { translate } from '../harness/browser/translation.ts';
import '../harness/jest-timeout.ts';
import { waitFor } from '@parley/common/testing';

describe('four people in a call write and raise hands', () => {
  let four: CallOfFour;
  let ada: CallPage;
  let bela: CallPage;
  let chen: CallPage;
  let dora: CallPage;
  const all = () => [ada, bela, chen, dora];

  beforeAll(async () => {
    four = await CallOfFour.start('camera-off');
    [ada, bela, chen, dora] = four.people;
  });

  afterAll(() => four?.stop());

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
    // A later message to all has arrived, so the private message would have arrived before it.
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
    await bela.press('People');
    // Each person is listed once, with raised hands first.
    await bela.people().first().waitFor();
    expect(await bela.listedNames()).toEqual(['Ada', 'Bela', 'Chen', 'Dora']);
    await chen.press('Raise hand');
    await waitFor(async () => isDeepStrictEqual(await bela.listedNames(), ['Ada', 'Chen', 'Bela', 'Dora']), {
      what: 'the hands in their order, then the others',
    });
    await chen.press('Lower hand');
    await bela.closePanel();
    await ada.press('Lower hand');
    for (const page of all()) await page.tileSaying('Ada', 'hand raised').waitFor({ state: 'detached' });
  });

  test('what is written and not sent is still there when the chat is opened again', async () => {
    await ada.openChat();
    await ada.messageBox().fill('half a thought');
    await ada.closePanel();
    await ada.press('People');
    await ada.openChat();
    expect(await ada.messageBox().inputValue()).toBe('half a thought');
    await ada.press('Send');
    await ada.closePanel();
    await ada.openChat();
    expect(await ada.messageBox().inputValue()).toBe('');
    await ada.closePanel();
  });

  test('a pasted text that is too long is neither cut nor sent, and its length is said', async () => {
    await ada.openChat();
    const field = ada.messageBox();
    await field.focus();
    await ada.page.keyboard.insertText(`${'x'.repeat(2000)} end`);
    expect(await field.inputValue()).toMatch(/ end$/);
    await ada.page.getByText('2004 of 2000').waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await ada.button('Send').isEnabled()).toBe(false);
    await ada.page.keyboard.press('Enter');
    for (const _letter of ' end') await ada.page.keyboard.press('Backspace');
    await ada.page.getByText('2000 of 2000').waitFor();
    expect(await ada.message('x'.repeat(2000)).count()).toBe(0);
    await ada.press('Send');
    await ada.message('x'.repeat(2000)).waitFor();
    await ada.closePanel();
  });

  test('people write in every script, and people of one name are told apart', async () => {
    const { browser, code, launcher } = four.room;
    const second = await joinAs(browser, code, 'Ada');
    await bela.tile('Ada').getByText('Ada (2)', { exact: true }).waitFor();
    await bela.say('for the second Ada', 'Ada (2)');
    await second.openChat();
    await second.message('for the second Ada').waitFor();
    await bela.say('הגעת?');
    await second.message('הגעת?').waitFor();
    expect(ada.tab.wire.mentions('for the second Ada')).toEqual([]);
    const direction = (text: string) =>
      second
        .message(text)
        .locator('p')
        .evaluate((line) => getComputedStyle(line).direction);
    expect([await direction('הגעת?'), await direction('for the second Ada')]).toEqual(['rtl', 'ltr']);
    expect(await second.page.getByTestId('chat-day').allTextContents()).toEqual(['Today']);

    // Safari ends a composition before the Enter that chose the word.
    await second.messageBox().fill('こんにちは');
    await second.messageBox().dispatchEvent('keydown', { key: 'Enter', keyCode: 229 });
    expect(await second.messageBox().inputValue()).toBe('こんにちは');
    await second.messageBox().press('Enter');
    await bela.message('こんにちは').waitFor();

    await second.leave();
    await second.tab.context.close();
    await bela.closePanel();

    for (const address of [`/R/${code.toUpperCase()}`, `/${code}.`, `/r/${code}%E2%80%8B`]) {
      const { status, headers } = await fetch(launcher.origin + address, { redirect: 'manual' });
      expect([status, headers.get('location')]).toEqual([307, `/r/${code}`]);
    }
  });

  test('a page that the browser translates goes on working', async () => {
    const { browser, code } = four.room;
    const landing = await browser.open('/');
    await translate(landing.page);
    await new LandingPage(landing).newCall().click();
    await new PreJoinPage(landing).name().waitFor();
    await landing.context.close();

    await translate(chen.page);
    for (const name of ['Raise hand', 'Lower hand', 'People', 'Chat']) await chen.press(name);
    await chen.messageBox().fill('x'.repeat(1850));
    const count = chen.page.getByText(/ of 2000$/);
    await waitFor(async () => (await count.textContent()) === '1850 of 2000');
    await chen.messageBox().press('End');
    await chen.messageBox().press('y');
    await waitFor(async () => (await count.textContent()) === '1851 of 2000');
    await chen.say('from a translated page', 'Bela');
    await bela.openChat();
    await bela.message('from a translated page').waitFor();
    await bela.say('to a translated page');
    await chen.message('to a translated page').waitFor();
    const late = await joinAs(browser, code, 'Eve');
    await chen.tile('Eve').waitFor();
    await late.leave();
    await late.tab.context.close();
    await chen.tile('Eve').waitFor({ state: 'detached' });
    await chen.pin('Ada');
    await chen.unpin('Ada');
    for (const page of [bela, chen]) await page.closePanel();
    await chen.leave();
    await chen.page.getByRole('button', { name: 'Rejoin' }).click();
    await chen.waitUntilJoined();
    await waitFor(async () => (await chen.tiles().count()) === 4);
  });

  test('no page had an error', () => {
    for (const page of all()) expect(page.tab.problems).toEqual([]);
  });
});
