import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 25;
/** Long enough for a loaded machine; a test passes as soon as the condition holds, however long that took. */
const TIMEOUT_MS = 30_000;

type Truthy<T> = Exclude<T, false | null | undefined | 0 | ''>;

/**
 * Resolves with the first truthy value of the condition. When none comes it says what was waited for, and what the
 * last look was like if `describe` tells.
 */
export async function waitFor<T>(
  what: string,
  condition: () => T | Promise<T>,
  options: { timeoutMs?: number; describe?: () => unknown } = {},
): Promise<Truthy<T>> {
  const deadline = performance.now() + (options.timeoutMs ?? TIMEOUT_MS);
  for (;;) {
    const value = await condition();
    if (value) return value as Truthy<T>;
    if (performance.now() > deadline) break;
    await delay(POLL_MS);
  }
  const seen = options.describe ? ` Last seen: ${JSON.stringify(await options.describe())}` : '';
  throw new Error(`Waited in vain for: ${what}.${seen}`);
}
