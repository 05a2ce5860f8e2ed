import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bareKeys, cutCaptions, sidewaysScroll } from '../harness/browser/captions.ts';
import { HostedRoom } from '../harness/browser/hosted-room.ts';
import { boxOf } from '../harness/browser/layout.ts';
import { countConnections } from '../harness/browser/page-probe.ts';
import { PreJoinPage } from '../harness/browser/pages.ts';
import type { Form, Tab } from '../harness/browser/test-browser.ts';
import '../harness/jest-timeout.ts';

/** Each language with its own name and its word for the settings, which the page must show. */
const LANGUAGES = [
  { code: 'de', name: 'Deutsch', settings: 'Einstellungen', direction: 'ltr' },
  { code: 'fr', name: 'Français', settings: 'Paramètres', direction: 'ltr' },
  { code: 'es', name: 'Español', settings: 'Ajustes', direction: 'ltr' },
  { code: 'ar', name: 'العربية', settings: 'الإعدادات', direction: 'rtl' },
  { code: 'en', name: 'English', settings: 'Settings', direction: 'ltr' },
] as const;

type Language = (typeof LANGUAGES)[number];

/** Chooses a language where the page offers it, and waits until the page is written in it. */
async function choose({ page }: Tab, { code, name }: Language): Promise<void> {
  const choice = page.getByRole('combobox').filter({ has: page.locator(':scope > span[lang]') });
  await choice.click();
  await page.getByRole('option', { name, exact: true }).click();
  await page.locator(`html[lang="${code}"]`).waitFor({ state: 'attached' });
  await choice.filter({ hasText: name }).waitFor();
}

async function expectWellWritten({ page }: Tab, { code, direction }: Language, where: string): Promise<void> {
  const seen = {
    where: `${where} in ${code}`,
    direction: await page.evaluate(() => getComputedStyle(document.body).direction),
    cut: await cutCaptions(page),
    sideways: await sidewaysScroll(page),
    bareKeys: await bareKeys(page),
  };
  expect(seen).toEqual({ where: `${where} in ${code}`, direction, cut: [], sideways: 0, bareKeys: [] });
}

describe('in every language', () => {
  let hosted: HostedRoom;

  beforeAll(async () => {
    hosted = await HostedRoom.start({}, 'camera-off');
  });

  afterAll(() => hosted?.stop());

  test.each<[Form]>([['phone'], ['desktop']])(
    'on a %s, the pages before the call are whole',
    async (form) => {
      const tab = await hosted.browser.open('/', form);
      for (const language of LANGUAGES) {
        await choose(tab, language);
        await expectWellWritten(tab, language, 'the landing page');
      }
      await choose(tab, LANGUAGES[3]);
      await tab.page.goto(`/r/${hosted.code}`);
      // The choice is remembered.
      expect(await tab.page.locator('html').getAttribute('lang')).toBe('ar');
      await tab.page.locator('[name="display-name"]').waitFor();
      for (const language of LANGUAGES) {
        await choose(tab, language);
        await expectWellWritten(tab, language, 'the page before the call');
      }
      expect(tab.problems).toEqual([]);
      await tab.context.close();
    },
  );

  test.each<[Form]>([['phone'], ['desktop']])(
    'on a %s, a running call changes its words and goes on',
    async (form) => {
      const tab = await hosted.browser.open(`/r/${hosted.code}`, form);
      const { page, wire } = tab;
      await new PreJoinPage(tab).join('Ada');
      const before = { sockets: wire.sockets, connections: await countConnections(page) };
      for (const language of LANGUAGES) {
        await page.keyboard.press(',');
        const settings = page.getByRole('dialog');
        await settings.waitFor();
        await choose(tab, language);
        await page.getByRole('dialog', { name: language.settings }).waitFor();
        await expectWellWritten(tab, language, 'the settings');
        await page.keyboard.press('Escape');
        await settings.waitFor({ state: 'detached' });
        await expectWellWritten(tab, language, 'the call');
        for (const key of ['c', 'p', 'd']) {
          await page.keyboard.press(key);
          await page.getByRole('complementary').or(page.getByRole('dialog')).first().waitFor();
          await expectWellWritten(tab, language, `the panel of the key ${key}`);
          if (form === 'desktop') await expectPanelAtEnd(tab, language);
          await page.keyboard.press('Escape');
          await page.locator('aside, [role="dialog"]').waitFor({ state: 'detached' });
        }
      }
      expect({ sockets: wire.sockets, connections: await countConnections(page) }).toEqual(before);
      expect(tab.problems).toEqual([]);
      await tab.context.close();
    },
  );

  test('the browser decides as long as the person has not, and nothing malformed fails the page', async () => {
    const languageFor = async (acceptLanguage: string, cookie = '') => {
      const response = await fetch(hosted.launcher.origin, {
        headers: { 'Accept-Language': acceptLanguage, Cookie: cookie },
      });
      return /<html lang="(\w+)" dir="(\w+)"/
        .exec(await response.text())
        ?.slice(1)
        .join(' ');
    };
    expect(await languageFor('de-AT,de;q=0.9,en;q=0.8')).toBe('de ltr');
    expect(await languageFor('fi,ar;q=0.5')).toBe('ar rtl');
    expect(await languageFor(';;;q=x,_')).toBe('en ltr');
    expect(await languageFor('es', 'parley-language=%E0%A4%A')).toBe('es ltr');
    expect(await languageFor('es', 'parley-language=fr')).toBe('fr ltr');
  });
});

/** The panel is beside the pictures, where lines end. */
async function expectPanelAtEnd({ page }: Tab, { direction }: Language): Promise<void> {
  const panel = await boxOf(page.getByRole('complementary'));
  const { width } = page.viewportSize() ?? { width: 0 };
  const isOnTheLeft = panel.x + panel.width / 2 < width / 2;
  expect({ direction, isOnTheLeft }).toEqual({ direction, isOnTheLeft: direction === 'rtl' });
}
