/*
 * Draws ui/src/app/icon.svg as the PNG files that systems ask for when a person installs the page. Run it after a change of the mark:
 * `npm run icons:generate`. It needs a Chromium.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { chromium } from 'playwright-core';

const APP = path.resolve(import.meta.dirname, '../ui/src/app');
const GROUND = '#10191d';

/**
 * `share`: how much of the width the drawing takes. Systems cut a full-bleed icon to their own shape, at most to the circle of 80 %.
 *
 * @type {readonly { file: string, size: number, fullBleed: boolean, share: number }[]}
 */
const ICONS = [
  { file: 'icons/icon-192.png', size: 192, fullBleed: false, share: 1 },
  { file: 'icons/icon-512.png', size: 512, fullBleed: false, share: 1 },
  { file: 'icons/maskable-512.png', size: 512, fullBleed: true, share: 0.9 },
  { file: 'apple-icon.png', size: 180, fullBleed: true, share: 1 },
];

const drawing = readFileSync(path.join(APP, 'icon.svg')).toString('base64');
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const page = await browser.newPage();
for (const { file, size, fullBleed, share } of ICONS) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<body style="margin:0;height:100vh;display:grid;place-items:center;background:${fullBleed ? GROUND : 'transparent'}">` +
      `<img src="data:image/svg+xml;base64,${drawing}" style="width:${share * 100}%"></body>`,
  );
  writeFileSync(path.join(APP, file), await page.screenshot({ omitBackground: true }));
}
await browser.close();
