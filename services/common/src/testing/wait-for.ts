import { setTimeout as delay } from 'node:timers/promises';

type Falsy = false | 0 | '' | null | undefined;

type WaitOptions = {
  timeoutMs?: number;
  intervalMs?: number;
  /** Names the condition in the error. The condition's source text where absent. */
  what?: string;
  /** The state at the end, for the error. */
  describe?: () => unknown;
};

/**
 * Asks again and again until the condition holds, and resolves with its value. A condition that throws does not hold
 * yet; its last error is the cause of the one that ends the wait.
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  options: WaitOptions = {},
): Promise<Exclude<T, Falsy>> {
  const { timeoutMs = 60_000, intervalMs = 10, what = condition.toString(), describe } = options;
  const deadline = performance.now() + timeoutMs;
  let lastError: unknown;
  for (;;) {
    try {
      const value = await condition();
      if (value) return value as Exclude<T, Falsy>;
    } catch (error) {
      lastError = error;
    }
    if (performance.now() > deadline) {
      const seen = describe ? `. Last seen: ${JSON.stringify(await describe())}` : '';
      throw new Error(`not within ${timeoutMs} ms: ${what}${seen}`, { cause: lastError });
    }
    await delay(intervalMs);
  }
}
