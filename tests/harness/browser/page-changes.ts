import type { Page } from 'playwright-core';

/** What a page has done since it is watched. */
export type PageChanges = {
  /** How often the page changed what it shows. Changes of one task count once. */
  changes: number;
  /** The most messages that were on the page at the same time. */
  mostMessages: number;
  /** How often the page asked for the place of an element, for which the browser has to lay it out. */
  places: number;
  /** How often it was drawn. */
  frames: number;
  /** How long the page was watched, by its own clock. */
  forMs: number;
};

type Watch = Omit<PageChanges, 'forMs'> & { startedAt: number };
type WatchedWindow = typeof globalThis & { parleyWatch?: Watch };

/** Counts the changes of a page from now on. */
export async function watchChanges(page: Page): Promise<void> {
  await page.evaluate(() => {
    const watch: Watch = { changes: 0, mostMessages: 0, places: 0, frames: 0, startedAt: performance.now() };
    (globalThis as WatchedWindow).parleyWatch = watch;
    new MutationObserver(() => {
      watch.changes += 1;
      watch.mostMessages = Math.max(watch.mostMessages, document.querySelectorAll('article').length);
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
    const original = Object.getOwnPropertyDescriptor(HTMLElement.prototype, 'offsetTop')!;
    Object.defineProperty(HTMLElement.prototype, 'offsetTop', {
      configurable: true,
      get(this: HTMLElement) {
        watch.places += 1;
        return original.get?.call(this) as unknown;
      },
    });
    const countFrame = () => {
      watch.frames += 1;
      requestAnimationFrame(countFrame);
    };
    requestAnimationFrame(countFrame);
  });
}

export function changesSince(page: Page): Promise<PageChanges> {
  return page.evaluate(() => {
    const { startedAt, ...counted } = (globalThis as WatchedWindow).parleyWatch!;
    return { ...counted, forMs: performance.now() - startedAt };
  });
}

/** The beginning of each message of the open chat from the first to the last, as somebody reads who scrolls through them. */
export async function readThroughChat(page: Page): Promise<string[]> {
  // A list that still moves to its end would take the reader along.
  await placeInChat(page);
  return page.evaluate(async () => {
    const list = document.querySelector<HTMLElement>('[role="log"]')!;
    const drawn = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const read = new Map<number, string>();
    const look = () => {
      for (const message of document.querySelectorAll('article')) {
        const text = message.querySelector('p')?.textContent ?? '';
        read.set(Number(message.ariaPosInSet), text.slice(0, text.indexOf(' ')));
      }
    };
    list.scrollTo({ top: 0 });
    for (let isOver = false; !isOver;) {
      await drawn();
      look();
      // What is above may turn out higher or lower than was believed, and moves the end.
      isOver = list.scrollTop + list.clientHeight >= list.scrollHeight - 1;
      if (!isOver) list.scrollBy({ top: list.clientHeight / 2 });
    }
    return [...read].sort(([a], [b]) => a - b).map(([, text]) => text);
  });
}

/** How long the page takes to lay out a message with this text in the open chat, in milliseconds: the shortest of ten times. */
export function layoutOfMessage(page: Page, text: string): Promise<number> {
  return page.evaluate((wanted) => {
    const paragraph = document.querySelector('article p')!;
    const times = Array.from({ length: 10 }, (_, index) => {
      const message = paragraph.cloneNode() as HTMLElement;
      // A browser remembers the shape of a word that it has drawn.
      message.textContent = String.fromCodePoint(97 + index) + wanted;
      paragraph.parentElement!.append(message);
      const began = performance.now();
      message.getBoundingClientRect();
      const took = performance.now() - began;
      message.remove();
      return took;
    });
    return Math.min(...times);
  }, text);
}

/** How many messages the open chat has, with those that are not on the page; 0 while none is on the page. */
export function chatLength(page: Page): Promise<number> {
  return page.evaluate(() => Number(document.querySelector('article')?.ariaSetSize ?? 0));
}

/** The message at the top of the open chat, and how far below the top it begins. Resolves when it does not move any more. */
export function placeInChat(page: Page): Promise<[text: string, top: number]> {
  return page.evaluate(async () => {
    const list = document.querySelector<HTMLElement>('[role="log"]')!;
    const look = (): [string, number] => {
      const { top } = list.getBoundingClientRect();
      const boxOf = (message: Element) => message.getBoundingClientRect();
      const seen = [...list.querySelectorAll('article')].find((message) => boxOf(message).bottom > top);
      const text = seen?.querySelector('p')?.textContent ?? '';
      return [text.slice(0, text.indexOf(' ')), seen ? Math.round(boxOf(seen).top - top) : 0];
    };
    for (let before = look(); ;) {
      for (let frames = 0; frames < 10; frames += 1)
        await new Promise((resolve) => requestAnimationFrame(resolve));
      const now = look();
      if (now.join() === before.join()) return now;
      before = now;
    }
  });
}
