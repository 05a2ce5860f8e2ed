import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import { boxOf, isInside, overlappingControls, settled } from '../harness/browser/layout.ts';
import { TestBrowser, type Tab } from '../harness/browser/test-browser.ts';
import { expectAllSeeEachOther, joinAs } from '../harness/browser/people.ts';
import { expectMoving } from '../harness/browser/playback.ts';
import { CallPage, PreJoinPage } from '../harness/browser/pages.ts';
import '../harness/jest-timeout.ts';
import { callRoute } from '../harness/peer/rest-client.ts';
import { Launcher } from '../harness/servers/launcher.ts';

let launcher: Launcher;
let browser: TestBrowser;

const newRoom = async () => (await callRoute(launcher.origin, 'createRoom', { body: {} })).code;

beforeAll(async () => {
  launcher = await Launcher.start();
  browser = await TestBrowser.launch(launcher.origin);
});

afterAll(async () => {
  await browser?.close();
  await launcher?.stop();
});

/** Replaces the camera by an upright picture, and gives each device a long name. */
function uprightCamera(): void {
  const { mediaDevices } = navigator;
  const open = mediaDevices.getUserMedia.bind(mediaDevices);
  const list = mediaDevices.enumerateDevices.bind(mediaDevices);
  mediaDevices.getUserMedia = async (constraints) => {
    const stream = await open(constraints);
    if (!constraints?.video) return stream;
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [360, 640];
    const context = canvas.getContext('2d');
    let shade = 0;
    setInterval(() => {
      shade = (shade + 1) % 256;
      if (context !== null) context.fillStyle = `rgb(0, ${shade}, 128)`;
      context?.fillRect(0, 0, 360, 640);
    }, 100);
    for (const track of stream.getVideoTracks()) track.stop();
    return canvas.captureStream(10);
  };
  mediaDevices.enumerateDevices = async () =>
    (await list()).map(({ deviceId, kind, groupId }) => ({
      deviceId,
      kind,
      groupId,
      label: `A device with a long name, as some webcams and headsets have it (${deviceId.slice(0, 12)})`,
      toJSON: () => ({}),
    }));
}

describe('without a mouse', () => {
  /** By how many pixels the content is wider than the window. */
  const overflow = (tab: Tab) =>
    tab.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

  test('a phone joins, talks, writes and leaves by touch alone', async () => {
    const code = await newRoom();
    const desktop = await joinAs(browser, code, 'Desk');
    const tab = await browser.open('/', 'phone');
    expect(await overflow(tab)).toBe(0);
    await tab.page.getByRole('textbox', { name: 'Code or link' }).tap();
    await tab.page.keyboard.insertText(code);
    await tab.page.getByRole('button', { name: 'Join call' }).tap();
    const preJoin = new PreJoinPage(tab);
    await preJoin.name().tap();
    await tab.page.keyboard.insertText('Phone');
    expect(await overflow(tab)).toBe(0);
    await preJoin.joinButton().tap();
    const phone = new CallPage(tab, 'Phone');
    await phone.waitUntilJoined();
    await expectAllSeeEachOther([desktop, phone]);
    expect(await overflow(tab)).toBe(0);
    await phone.button('Mute microphone').tap();
    await desktop.tileSaying('Phone', 'muted').waitFor();
    await phone.button('Turn off camera').tap();
    await desktop.tileSaying('Phone', 'camera off').waitFor();
    await phone.button('Raise hand').tap();
    await desktop.tileSaying('Phone', 'hand raised').waitFor();
    await phone.button('Chat').tap();
    // Safari on a phone enlarges the page for a field whose letters are smaller.
    for (const size of [
      { width: 844, height: 390 },
      { width: 390, height: 844 },
    ]) {
      await tab.page.setViewportSize(size);
      // The panel is made anew for another shape of the screen: a field that is gone has no size.
      const fontSize = () => phone.messageBox().evaluate((field) => getComputedStyle(field).fontSize);
      expect(await waitFor(fontSize, { what: 'the field of the message' })).toBe('16px');
    }
    // A finger that pulls down must not load the page anew, which would leave the call.
    const gestures = () => {
      const { overscrollBehavior, touchAction } = getComputedStyle(document.documentElement);
      return { overscrollBehavior, touchAction };
    };
    expect(await tab.page.evaluate(gestures)).toEqual({
      overscrollBehavior: 'none',
      touchAction: 'manipulation',
    });
    await phone.messageBox().tap();
    await tab.page.keyboard.insertText('from my phone');
    await phone.button('Send').tap();
    await desktop.openChat();
    await desktop.message('from my phone').waitFor();
    await phone.button('Close panel').tap();
    await phone.button('People').tap();
    await tab.page.getByRole('listitem').filter({ hasText: 'Desk' }).waitFor();
    await phone.button('Close panel').tap();
    await phone.button('Leave').tap();
    await tab.page.getByRole('heading', { name: 'You left the call' }).waitFor();
    await desktop.tile('Phone').waitFor({ state: 'detached' });
    await tab.context.close();
    await desktop.tab.context.close();
  });

  test('a person joins, uses every control and leaves with the keyboard alone', async () => {
    const code = await newRoom();
    const other = await joinAs(browser, code, 'Other');
    const tab = await browser.open('/');
    const { page } = tab;
    const { keyboard } = page;

    /** Moves the focus with Tab, as a person does. */
    const tabTo = async (role: 'button' | 'textbox' | 'menuitem', name: string): Promise<void> => {
      const wanted = page.getByRole(role, { name, exact: true });
      await wanted.waitFor();
      for (let presses = 0; presses < 60; presses += 1) {
        if (await wanted.evaluate((node) => node === document.activeElement)) return;
        await keyboard.press('Tab');
      }
      throw new Error(`Tab does not lead to the ${role} ${name}`);
    };
    const press = async (name: string): Promise<void> => {
      await tabTo('button', name);
      await keyboard.press('Enter');
    };

    await tabTo('textbox', 'Code or link');
    await keyboard.type(code);
    await keyboard.press('Enter');
    await tabTo('textbox', 'Your name');
    await keyboard.type('Keys');
    await press('Join');
    const keys = new CallPage(tab, 'Keys');
    await keys.waitUntilJoined();
    await expectMoving(keys.video('Other'));
    await press('Mute microphone');
    await other.tileSaying('Keys', 'muted').waitFor();
    await press('Turn off camera');
    await other.tileSaying('Keys', 'camera off').waitFor();
    await press('Raise hand');
    await other.tileSaying('Keys', 'hand raised').waitFor();
    await press('Share screen');
    await other.tileSaying('Keys', 'sharing the screen').waitFor();
    await press('Stop sharing');
    await other.screenOf('Keys').waitFor({ state: 'detached' });
    await press('Chat');
    await tabTo('textbox', 'Message');
    await keyboard.type('typed');
    await keyboard.press('Enter');
    await other.openChat();
    await other.message('typed').waitFor();
    await keyboard.press('Escape');
    await keys.messageBox().waitFor({ state: 'detached' });
    await press('People');
    await page.getByRole('heading', { name: 'People' }).waitFor();
    await keyboard.press('Escape');
    await press('Leave');
    await page.getByRole('heading', { name: 'You left the call' }).waitFor();
    await tab.context.close();
    await other.tab.context.close();
  });
});

describe('on phones and in small windows', () => {
  let code: string;
  let desk: CallPage;
  let phone: CallPage;

  beforeAll(async () => {
    code = await newRoom();
    desk = await joinAs(browser, code, 'Desk');
  });

  const resize = async ({ page }: CallPage, width: number, height: number) => {
    await page.setViewportSize({ width, height });
    await settled(page);
  };
  const invitation = (page: CallPage) => page.page.getByText('You are the only one here.');

  test.each([
    [1280, 800],
    [844, 390],
    [640, 400],
    [320, 200],
  ])('the invitation of a person who is alone covers nothing at %ix%i', async (width, height) => {
    await resize(desk, width, height);
    for (const chat of [false, true]) {
      if (chat) await desk.openChat();
      await settled(desk.page);
      const words = await boxOf(invitation(desk));
      const picture = await boxOf(desk.tile('Desk'));
      expect(words.y + words.height).toBeLessThanOrEqual(picture.y);
      // Words that wrap in a column of one word would be much higher.
      expect(words.height).toBeLessThan(70);
    }
    await desk.closePanel();
  });

  test.each([
    [640, 400],
    [480, 320],
    [320, 200],
  ])('no control is drawn over another at %ix%i, and Leave stands apart', async (width, height) => {
    await resize(desk, width, height);
    expect(await overlappingControls(desk.page, 'footer')).toEqual([]);
    const leave = await boxOf(desk.button('Leave'));
    for (const other of ['Chat', 'People', 'More options']) {
      const box = await boxOf(desk.button(other));
      const gap = Math.max(box.x - (leave.x + leave.width), leave.x - (box.x + box.width));
      expect([other, gap >= 4]).toEqual([other, true]);
      expect(isInside(box, { x: 0, y: 0, width, height })).toBe(true);
    }
    await desk.openChat();
    expect(await overlappingControls(desk.page, '[role="dialog"]')).toEqual([]);
    const empty = await boxOf(desk.page.getByText('No messages yet'));
    const recipient = await boxOf(desk.page.getByRole('combobox', { name: 'To' }));
    expect(empty.y + empty.height).toBeLessThanOrEqual(recipient.y);
    await desk.closePanel();
  });

  test('a high-contrast theme draws a border around every control', async () => {
    await desk.page.emulateMedia({ forcedColors: 'active' });
    const bare = await desk.page
      .locator('footer button')
      .evaluateAll((buttons) =>
        buttons
          .filter((button) => Number.parseFloat(getComputedStyle(button).borderTopWidth) < 1)
          .map((button) => button.getAttribute('aria-label')),
      );
    expect(bare).toEqual([]);
    await desk.page.emulateMedia({ forcedColors: 'none' });
  });

  test('an upright camera is shown whole in a wide window, and fills the tile if the person wants that', async () => {
    await resize(desk, 1280, 800);
    const tab = await browser.open(`/r/${code}`, 'phone', uprightCamera);
    phone = await new PreJoinPage(tab).join('Phone');
    await expectMoving(desk.video('Phone'));
    const expectFit = (wanted: string) =>
      waitFor(
        () => desk.video('Phone').evaluate((video, fit) => getComputedStyle(video).objectFit === fit, wanted),
        { what: `the picture to have the fit ${wanted}` },
      );
    await expectFit('contain');
    const choose = async (item: string) => {
      await desk.press('Options for Phone');
      await desk.page.getByRole('menuitem', { name: item }).click();
    };
    await choose('Fill the tile');
    await expectFit('cover');
    await choose('Fit the whole picture');
    await expectFit('contain');
  });

  test('the own small picture stays inside a picture that does not fill the stage', async () => {
    await resize(desk, 1100, 800);
    await desk.openChat();
    const { page } = desk;
    const other = desk.tile('Phone');
    // Beside the chat the stage is nearly square, and the tile is lower than the stage.
    await waitFor(async () => (await boxOf(other)).height < 600, { what: 'the tile to be low' });
    await settled(page);
    expect(isInside(await boxOf(page.getByTestId('self-view')), await boxOf(other))).toBe(true);
    await desk.closePanel();
  });

  test('a notch covers no control of a phone on its side', async () => {
    await resize(desk, 844, 390);
    const session = await desk.tab.context.newCDPSession(desk.page);
    await session.send('Emulation.setSafeAreaInsetsOverride', {
      insets: { left: 47, right: 47, bottom: 21, top: 10 },
    });
    const safe = { x: 47, y: 10, width: 844 - 94, height: 390 - 31 };
    const inside = async () => {
      const names = ['Leave', 'People', 'Chat', 'Mute microphone'];
      const boxes = await Promise.all(names.map((name) => boxOf(desk.button(name))));
      return boxes.every((box) => isInside(box, safe)) && isInside(await boxOf(desk.tile('Phone')), safe);
    };
    await waitFor(inside, { what: 'the controls to keep clear of the notch' });
    await session.send('Emulation.setSafeAreaInsetsOverride', { insets: {} });
  });

  test('the long names of devices wrap in the menu', async () => {
    await resize(phone, 640, 800);
    await phone.press('Video devices');
    const names = phone.page.getByRole('menuitemradio');
    await names.first().waitFor();
    const cut = await names.evaluateAll((items) =>
      items.filter((item) =>
        [item, ...item.children].some((part) => part.scrollWidth > part.clientWidth + 1),
      ),
    );
    expect(cut).toEqual([]);
    expect((await boxOf(names)).height).toBeGreaterThan(50);
    await phone.page.keyboard.press('Escape');
    await resize(phone, 390, 844);
  });

  test('the title counts what happens while the page is hidden', async () => {
    const title = await desk.page.title();
    await desk.turn('hidden');
    await phone.press('Raise hand');
    await waitFor(async () => (await desk.page.title()) === `(1) ${title}`, {
      what: 'the hand in the title',
    });
    await phone.say('hello?');
    await waitFor(async () => (await desk.page.title()) === `(2) ${title}`, {
      what: 'the line in the title',
    });
    await desk.turn('visible');
    expect(await desk.page.title()).toBe(title);
    await phone.closePanel();
  });

  test('with voices only no picture is received or sent, and both come back', async () => {
    await desk.press('More options');
    await desk.page.getByRole('menuitem', { name: 'Voices only' }).click();
    await phone.tileSaying('Desk', 'camera off').waitFor();
    await desk.video('Phone').waitFor({ state: 'detached' });
    await desk.press('Show pictures');
    await expectMoving(desk.video('Phone'));
    await expectMoving(phone.video('Desk'));
  });

  test('back closes a menu and a sheet, then asks once, then leaves, and nothing of it is announced', async () => {
    const { page } = phone;
    const back = () => page.evaluate(() => history.back());
    // In which Next.js announces the titles of pages. Screen readers read it at once.
    const announcement = () => page.locator('#__next-route-announcer__').textContent();
    await phone.press('Chat');
    await phone.messageBox().waitFor();
    await page.getByRole('combobox', { name: 'To' }).click();
    await page.getByRole('listbox').waitFor();
    await back();
    await page.getByRole('listbox').waitFor({ state: 'detached' });
    await phone.messageBox().waitFor();
    await back();
    await phone.messageBox().waitFor({ state: 'detached' });
    expect(await announcement()).toBe('');
    const question = page.getByRole('dialog', { name: 'Leave the call?' });
    await back();
    await question.getByRole('button', { name: 'Stay' }).click();
    await question.waitFor({ state: 'detached' });
    await back();
    await question.getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('heading', { name: 'You left the call' }).waitFor();
    await desk.tile('Phone').waitFor({ state: 'detached' });
    expect(await announcement()).toBe('');
  });

  test('the browser asks before a tab with a call is closed, and not after the call', async () => {
    const asks = () =>
      desk.page.evaluate(() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true })));
    expect(await asks()).toBe(true);
    await desk.leave();
    expect(await asks()).toBe(false);
  });

  test('a file that is dropped on the page is refused', async () => {
    const { page } = await browser.open('/');
    await page.getByRole('button', { name: 'New call' }).waitFor();
    const refused = await page.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['text'], 'notes.txt'));
      return ['dragover', 'drop'].map(
        (type) =>
          !document.body.dispatchEvent(
            new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }),
          ),
      );
    });
    expect(refused).toEqual([true, true]);
  });

  test('the page can be installed: a manifest with icons, and a service worker that says when there is no network', async () => {
    const tab = await browser.open('/', 'phone', undefined, 'allow');
    const { page } = tab;
    const icons = await page.evaluate(async () => {
      const link = (rel: string) => document.querySelector<HTMLLinkElement>(`link[rel="${rel}"]`)?.href ?? '';
      const size = async (address: string) => {
        const picture = new Image();
        picture.src = address;
        await picture.decode();
        return picture.naturalWidth;
      };
      const response = await fetch(link('manifest'));
      const { icons: all } = (await response.json()) as {
        icons: { src: string; sizes: string; purpose?: string }[];
      };
      const listed = all.filter(({ sizes }) => sizes !== 'any');
      return {
        manifest: await Promise.all(
          listed.map(async ({ src, purpose = 'any' }) => `${await size(src)} ${purpose}`),
        ),
        apple: await size(link('apple-touch-icon')),
      };
    });
    expect(icons).toEqual({ manifest: ['192 any', '512 any', '512 maskable'], apple: 180 });
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await tab.context.setOffline(true);
    await page.goto('/');
    await page.getByRole('heading', { name: 'No connection' }).waitFor();
    await tab.context.setOffline(false);
    expect(await page.evaluate(() => caches.keys())).toEqual([]);
    await page.getByRole('link', { name: 'try again' }).click();
    await page.getByRole('button', { name: 'New call' }).waitFor();
    expect(tab.problems.filter((problem) => !problem.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([]);
  });
});
