const TICK_MS = 10;

let delayMs = 0;
let tickedAt = performance.now();

/**
 * A clock in milliseconds that stands while this process itself does nothing, because it or the machine is busy. Clients without a browser neither send nor
 * receive in that time, so it is no gap of the system.
 */
export function ownNow(): number {
  const now = performance.now();
  return now - delayMs - Math.max(0, now - tickedAt - TICK_MS);
}

setInterval(() => {
  const now = performance.now();
  delayMs += Math.max(0, now - tickedAt - TICK_MS);
  tickedAt = now;
}, TICK_MS).unref();
