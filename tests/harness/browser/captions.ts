import type { Page } from 'playwright-core';
import { settled } from './layout.ts';

/**
 * The captions of controls and headings whose text does not fit: it reaches out of the control, or out of a box that cuts it off. What people
 * wrote themselves may be shortened: names, messages, and the names of devices.
 */
export async function cutCaptions(page: Page): Promise<string[]> {
  await settled(page);
  return page.evaluate(() => {
    const controls =
      'button, a[href], label, h1, h2, h3, dt, [role="switch"], [role="menuitem"], [role="tab"]';
    const written =
      '[data-testid="tile"], bdi, [role="combobox"] span, [role="option"], .font-mono, .sr-only';
    const clips = (style: CSSStyleDeclaration) =>
      style.overflowX !== 'visible' || style.textOverflow === 'ellipsis';
    const cutBy = (text: DOMRect, box: DOMRect) => text.left < box.left - 1 || text.right > box.right + 1;
    const found: string[] = [];
    for (const control of document.querySelectorAll<HTMLElement>(controls)) {
      if (!control.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      const texts = document.createTreeWalker(control, NodeFilter.SHOW_TEXT);
      for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
        const parent = node.parentElement;
        if (node.textContent?.trim() === '' || parent === null || parent.closest(written) !== null) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const text = range.getBoundingClientRect();
        if (text.width === 0) continue;
        let cut =
          cutBy(text, control.getBoundingClientRect()) ||
          cutBy(text, new DOMRect(0, 0, innerWidth, innerHeight));
        for (let box: HTMLElement | null = parent; box !== null && !cut; box = box.parentElement)
          cut = clips(getComputedStyle(box)) && cutBy(text, box.getBoundingClientRect());
        if (cut) found.push(`${control.tagName.toLowerCase()}: ${node.textContent}`);
      }
    }
    return found;
  });
}

/** By how many pixels the page can be scrolled sideways. */
export function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
}

/** The accessible names and the texts that are still keys of a catalogue. */
export function bareKeys(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const key = /^[a-z]+(?:\.\w+)+$/;
    const names = [...document.querySelectorAll('[aria-label]')].map(
      (named) => named.getAttribute('aria-label') ?? '',
    );
    return [...names, ...document.body.innerText.split('\n')].filter((text) => key.test(text.trim()));
  });
}
