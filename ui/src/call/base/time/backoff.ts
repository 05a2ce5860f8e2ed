export type BackoffOptions = {
  /** The longest pause before attempt 0, in milliseconds. */
  firstMs?: number;
  /** The longest pause before any attempt, in milliseconds. */
  maxMs?: number;
  /**
   * The random share of the pause, 0 to 1. With 0.5, a pause lasts between half of its longest duration and all of it.
   */
  spread?: number;
  random?: () => number;
};

/**
 * Milliseconds to wait before attempt `attempt` (from 0). The longest pause doubles with each attempt, up to `maxMs`.
 * The random share spreads clients that failed at the same moment.
 */
export function backoffMs(attempt: number, options: BackoffOptions = {}): number {
  const { firstMs = 300, maxMs = 5_000, spread = 0.5, random = Math.random } = options;
  const longest = Math.min(maxMs, firstMs * 2 ** Math.min(attempt, 30));
  return Math.round(longest * (1 - spread + random() * spread));
}

/** So many attempts follow each other quickly: a service that died is back within seconds. */
const QUICK_ATTEMPTS = 12;

/** Milliseconds to wait before attempt `attempt` (from 0) to reach a service that was there a moment ago. */
export function returnPauseMs(attempt: number, options: BackoffOptions = {}): number {
  return backoffMs(Math.max(0, attempt - QUICK_ATTEMPTS), options);
}

/** The server allows two requests of a kind in a second. One that came too early is sent again after this long. */
export const TOO_FAST_PAUSE_MS = 600;
