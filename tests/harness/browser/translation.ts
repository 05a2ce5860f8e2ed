import type { Page } from 'playwright-core';

/**
 * Puts each text of the page, now and later, into two elements with a new text node, as the translation of Chromium does.
 * The words stay the same.
 */
export async function translate(page: Page): Promise<void> {
  await page.evaluate(() => {
    const wrap = (text: Text): void => {
      const isLeftOut = text.parentElement?.closest('font, script, style, textarea') !== null;
      if (isLeftOut || text.data.trim() === '') return;
      const outer = document.createElement('font');
      const inner = document.createElement('font');
      inner.append(text.data);
      outer.append(inner);
      text.replaceWith(outer);
    };
    const wrapAll = (root: Node): void => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      const texts: Text[] = [];
      while (walker.nextNode() !== null) texts.push(walker.currentNode as Text);
      for (const text of texts) wrap(text);
    };
    wrapAll(document.body);
    new MutationObserver((changes) => {
      for (const { target, addedNodes } of changes) {
        for (const node of addedNodes) {
          if (node instanceof Text) wrap(node);
          else wrapAll(node);
        }
        if (target instanceof Text) wrap(target);
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}
