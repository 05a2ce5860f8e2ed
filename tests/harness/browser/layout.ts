import type { Locator, Page } from 'playwright-core';

export type Box = { x: number; y: number; width: number; height: number };

/** Where an element is in the window, in CSS pixels. Throws if it is not drawn. */
export async function boxOf(locator: Locator): Promise<Box> {
  const box = await locator.first().boundingBox();
  if (box === null) throw new Error(`not drawn: ${locator.toString()}`);
  return box;
}

/** Half a pixel comes from rounding. */
export function isInside(inner: Box, outer: Box): boolean {
  return (
    inner.x >= outer.x - 0.5 &&
    inner.y >= outer.y - 0.5 &&
    inner.x + inner.width <= outer.x + outer.width + 0.5 &&
    inner.y + inner.height <= outer.y + outer.height + 0.5
  );
}

/** The labels of controls inside `scope` that are drawn over one another. Waits until sizes no longer change. */
export async function overlappingControls(page: Page, scope: string): Promise<string[]> {
  await settled(page);
  return page.evaluate((selector) => {
    const controls = [
      ...document.querySelectorAll(`${selector} :is(button, textarea, input, [role="combobox"])`),
    ]
      .filter((control) => control.checkVisibility())
      .map((control) => ({
        name: control.getAttribute('aria-label') ?? control.textContent,
        box: control.getBoundingClientRect(),
      }));
    return controls.flatMap((a, index) =>
      controls
        .slice(index + 1)
        .filter(
          (b) =>
            a.box.left < b.box.right - 0.5 &&
            b.box.left < a.box.right - 0.5 &&
            a.box.top < b.box.bottom - 0.5 &&
            b.box.top < a.box.bottom - 0.5,
        )
        .map((b) => `${a.name} over ${b.name}`),
    );
  }, scope);
}

/** Resolves when no transition or animation that ends is running. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(
        (animation) =>
          animation.playState !== 'running' || animation.effect?.getComputedTiming().iterations === Infinity,
      ),
  );
}
