import { waitFor } from '@parley/common/testing';

/** Seconds until this holds, or the whole time if it does not. */
export async function secondsUntil(
  holds: () => boolean | Promise<boolean>,
  withinMs: number,
): Promise<number> {
  const startedAt = performance.now();
  await waitFor(holds, { timeoutMs: withinMs, intervalMs: 20 }).catch(() => undefined);
  return (performance.now() - startedAt) / 1_000;
}

/** Lets the time pass in which something is broken. */
export async function whileBroken(ms: number): Promise<void> {
  const until = performance.now() + ms;
  await waitFor(() => performance.now() >= until, { timeoutMs: 2 * ms + 1_000 });
}
