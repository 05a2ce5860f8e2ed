import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { ROOT } from '../../../scripts/lib/paths.mjs';

type Violation = {
  id: string;
  impact: string | null;
  help: string;
  nodes: { html: string; failureSummary?: string }[];
};
type AxeWindow = typeof globalThis & {
  axe: { run(): Promise<{ violations: Violation[]; passes: unknown[] }> };
};

const SOURCE = readFileSync(join(ROOT, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');

/** Serious and critical violations on the page in its present state, one line each. */
export async function axeViolations(page: Page): Promise<string[]> {
  // Each new document needs the script again.
  await page.evaluate(`globalThis.axe || (() => { ${SOURCE} })()`);
  // Contrast is measured after animations have ended.
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity)
        .map(({ finished }) => finished.catch(() => {})),
    ),
  );
  const { violations, passes } = await page.evaluate(() => (globalThis as AxeWindow).axe.run());
  if (passes.length === 0) throw new Error('axe looked at nothing');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${help}: ${html} ${failureSummary ?? ''}`),
    );
}
