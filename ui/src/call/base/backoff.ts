export type BackoffOptions = {
  /** The longest pause before attempt 0, in milliseconds. */
  firstMs?: number;
  /** The longest pause at all. */
  maxMs?: number;
  /** The share of the pause that is left to chance, 0 to 1. */
  spread?: number;
  random?: () => number;
};

/** Milliseconds to wait before attempt `attempt` (from 0): doubles up to a bound. Chance keeps a crowd from coming at once. */
export function backoffMs(attempt: number, options: BackoffOptions = {}): number {
  const { firstMs = 300, maxMs = 5_000, spread = 0.5, random = Math.random } = options;
  const longest = Math.min(maxMs, firstMs * 2 ** Math.min(attempt, 30));
  return Math.round(longest * (1 - spread + random() * spread));
}
