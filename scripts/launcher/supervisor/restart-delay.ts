/** Short: the people of a call wait for a service that died once. */
const FIRST_DELAY_MS = 200;
/** A call waits for its services: one that can run again, because what it needs is back, should not rest for long. */
const LONGEST_DELAY_MS = 5_000;

/** If a service ran for this long before it died, the count of its failures begins again. */
export const STABLE_AFTER_MS = 60_000;

/**
 * Milliseconds before the restart that follows the n-th failure in a row, counted from 1. No random part, unlike the delays of clients:
 * the supervisor starts a few processes of its own machine, and says beforehand when.
 */
export function restartDelayMs(failures: number): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - 1));
}
