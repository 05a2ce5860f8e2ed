const TICK_MS = 10;

let delayMs = 0;
let tickedAt = performance.now();

/**
 * For how long this process itself did nothing since its start, in milliseconds, because it or the machine was busy. Clients without a browser neither send nor
 * receive in that time, so it is no gap of the system.
 */
export function ownDelayMs(): number {
  return delayMs + Math.max(0, performance.now() - tickedAt - TICK_MS);
}

setInterval(() => {
  const now = performance.now();
  delayMs += Math.max(0, now - tickedAt - TICK_MS);
  tickedAt = now;
}, TICK_MS).unref();
