/** How long to wait before attempt `attempt` (from 0). The first is nearly at once; jitter spreads a crowd. */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const base = Math.min(MAX_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
  return Math.round(base * (0.5 + random() * 0.5));
}

const FIRST_MS = 300;
const MAX_MS = 5000;
