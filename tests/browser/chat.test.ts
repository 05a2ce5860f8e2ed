import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { axeViolations } from '../harness/browser/axe.ts';
import { HostedRoom } from '../harness/browser/hosted-room.ts';
import type { CallPage } from '../harness/browser/pages.ts';
import { joinAs } from '../harness/browser/people.ts';
import '../harness/jest-timeout.ts';

/** A red dot. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==',
  'base64',
);
const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>window.hacked = true</script></svg>';

describe('two people in the chat', () => {
  let room: HostedRoom;
  let ada: CallPage;
  let bela: CallPage;

  beforeAll(async () => {
    room = await HostedRoom.start({}, 'camera-off');
    ada = await joinAs(room.browser, room.code, 'Ada');
    bela = await joinAs(room.browser, room.code, 'Bela', 'phone');
    await ada.openChat();
    await bela.openChat();
  });

  afterAll(() => room?.stop());

  const choose = async (page: CallPage, text: string, action: string): Promise<void> => {
    // A reply has the words too, and comes later.
    await page.message(text).first().getByRole('button', { name: 'Message options' }).click();
    await page.page.getByRole('menuitem', { name: action }).click();
  };

  const attach = (page: CallPage, name: string, mimeType: string, buffer: Buffer) =>
    page.page.getByTestId('chat-file-input').setInputFiles({ name, mimeType, buffer });

  test('see that the other one writes, until the message comes', async () => {
    await ada.messageBox().pressSequentially('Lunch at 12?');
    await bela.page.getByTestId('chat-typing').filter({ hasText: 'Ada is writing…' }).waitFor();
    await ada.press('Send');
    await bela.message('Lunch at 12?').waitFor();
    await bela.page.getByTestId('chat-typing').filter({ hasText: /^$/ }).waitFor();
  });

  test('reply, and the quote follows what becomes of the message', async () => {
    await choose(bela, 'Lunch at 12?', 'Reply');
    await bela.page.getByTestId('chat-reply-to').filter({ hasText: 'Lunch at 12?' }).waitFor();
    await bela.say('Gladly');
    const quote = ada.message('Gladly').getByTestId('chat-quote');
    await quote.filter({ hasText: 'Lunch at 12?' }).waitFor();
    await choose(ada, 'Lunch at 12?', 'Edit');
    const editor = ada.page.getByRole('textbox', { name: 'Edit the message' });
    await editor.fill('Lunch at 13?');
    await editor.press('Enter');
    await bela.message('Lunch at 13?').filter({ hasText: '(edited)' }).waitFor();
    await quote.filter({ hasText: 'Lunch at 13?' }).waitFor();
  });

  test('react with an emoji that they search for', async () => {
    await choose(bela, '(edited)', 'React with an emoji');
    await bela.page.getByRole('searchbox', { name: 'Search emoji' }).fill('party popper');
    await bela.page.getByRole('button', { name: 'party popper', exact: true }).click();
    const reaction = ada.message('(edited)').getByRole('button', { name: '🎉: 1 person' });
    await reaction.click();
    await bela.message('(edited)').getByRole('button', { name: '🎉: 2 people' }).waitFor();
  });

  test('send a picture, which is shown, and saved under its name', async () => {
    await attach(ada, 'dot.png', 'image/png', PNG);
    const message = bela.message('dot.png');
    const picture = message.getByRole('img', { name: 'Picture: dot.png' });
    await picture.waitFor();
    expect(await picture.getAttribute('src')).toMatch(/^blob:/);
    const downloading = bela.page.waitForEvent('download');
    await message.getByRole('button', { name: 'Save dot.png' }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('dot.png');
    expect((await readFile(await download.path())).equals(PNG)).toBe(true);
  });

  test('send a drawing with a script, which no page shows or runs', async () => {
    await attach(ada, '<img src=x onerror=alert(1)>.svg', 'image/svg+xml', Buffer.from(SVG));
    const message = bela.message('_img src=x onerror=alert(1)_.svg');
    await message.waitFor();
    expect(await message.getByRole('img').count()).toBe(0);
    const downloading = bela.page.waitForEvent('download');
    await message.getByRole('button', { name: /^Save/ }).click();
    expect(await readFile(await (await downloading).path(), 'utf8')).toBe(SVG);
    expect(await bela.page.evaluate(() => 'hacked' in globalThis)).toBe(false);
  });

  test('learn that a file is too large before it is sent', async () => {
    await attach(ada, 'film.bin', 'application/octet-stream', Buffer.alloc(20 * 1024 * 1024 + 1));
    await ada.page.getByText('Larger than 20 MB').waitFor();
    await ada.press('Do not send film.bin');
  });

  test('keep what they wrote while the panel is closed', async () => {
    await ada.messageBox().fill('half a thought');
    await ada.closePanel();
    await ada.openChat();
    expect(await ada.messageBox().inputValue()).toBe('half a thought');
    await ada.messageBox().fill('');
  });

  test('save what they may read', async () => {
    await ada.press('Save the chat');
    const downloading = ada.page.waitForEvent('download');
    await ada.page.getByRole('menuitem', { name: 'Save as JSON' }).click();
    const { messages } = JSON.parse(await readFile(await (await downloading).path(), 'utf8')) as {
      messages: { from: string; text: string }[];
    };
    expect(messages.map(({ from, text }) => `${from}: ${text}`).slice(0, 2)).toEqual([
      'Ada: Lunch at 13?',
      'Bela: Gladly',
    ]);
  });

  test('delete what they wrote: a mark stays, and the quote goes', async () => {
    await choose(ada, '(edited)', 'Delete');
    await bela.message('Message deleted').first().waitFor();
    await bela.message('Gladly').getByTestId('chat-quote').filter({ hasText: 'Message deleted' }).waitFor();
    expect(await bela.message('13?').count()).toBe(0);
  });

  test('meet nothing that axe finds serious, with menu and picker open', async () => {
    for (const page of [ada, bela]) {
      expect(await axeViolations(page.page)).toEqual([]);
      await page.press('Emoji');
      await page.page.getByRole('button', { name: 'grinning face', exact: true }).waitFor();
      expect(await axeViolations(page.page)).toEqual([]);
      await page.page.keyboard.press('Escape');
      await page.message('dot.png').getByRole('button', { name: 'Message options' }).click();
      expect(await axeViolations(page.page)).toEqual([]);
      await page.page.keyboard.press('Escape');
    }
  });
});
