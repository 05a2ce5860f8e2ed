import type { CallPage } from './pages.ts';

/** What a page has shown of one person since `watchTiles`. */
type TilesSeen = {
  /** The fewest and the most tiles at once. */
  least: number;
  most: number;
  /** Whether a tile said that the person is reconnecting. */
  reconnecting: boolean;
  /** Whether the page said that the person left. */
  left: boolean;
};

type Watched = typeof globalThis & { parleyTilesSeen?: Record<string, TilesSeen> };

/** Looks at each change of the page. */
export async function watchTiles({ page }: CallPage, name: string): Promise<void> {
  await page.evaluate((person) => {
    const seen = { least: Number.MAX_SAFE_INTEGER, most: 0, reconnecting: false, left: false };
    const all = ((globalThis as Watched).parleyTilesSeen ??= {});
    all[person] = seen;
    const look = (): void => {
      const tiles = [...document.querySelectorAll(`[data-testid="tile"][data-peer-name="${person}"]`)];
      seen.least = Math.min(seen.least, tiles.length);
      seen.most = Math.max(seen.most, tiles.length);
      seen.reconnecting ||= tiles.some((tile) => tile.getAttribute('aria-label')?.includes(', reconnecting'));
      const said = document.querySelector('[data-testid="announcer"]')?.textContent ?? '';
      seen.left ||= said.includes(`${person} left`);
    };
    look();
    new MutationObserver(look).observe(document, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    });
  }, name);
}

export function tilesSeen({ page }: CallPage, name: string): Promise<TilesSeen | undefined> {
  return page.evaluate((person) => (globalThis as Watched).parleyTilesSeen?.[person], name);
}
