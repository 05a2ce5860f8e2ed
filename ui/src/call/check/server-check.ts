import { ROUTES } from '@parley/proto';
import { skipped, well, wrong, type Check, type CheckResult } from './check.ts';

const TIMEOUT_MS = 8_000;
/** As `npm run doctor` has it: tokens live for minutes. */
const CLOCK_MAX_SECONDS = 30;

/** Whether the page came from where browsers give devices. */
export const originCheck: Check = {
  name: 'origin',
  run: async () => (globalThis.isSecureContext ? well() : wrong('insecure-origin')),
};

/** Whether the gateway answers where the page came from. */
export const serverCheck: Check = {
  name: 'server',
  run: async (signal) => ((await askHealth(signal))?.ok === true ? well() : wrong('edge')),
};

export const clockCheck: Check = {
  name: 'clock',
  run: async (signal) => {
    const askedAt = Date.now();
    const date = (await askHealth(signal))?.headers.get('date') ?? '';
    // The answer was written half-way through.
    return judgeClock(date, (askedAt + Date.now()) / 2);
  },
};

/** @param date The server's, as HTTP writes it: whole seconds. */
export function judgeClock(date: string, nowMs: number): CheckResult {
  const there = Date.parse(date);
  if (Number.isNaN(there)) return skipped('no-clock');
  const secondsAhead = Math.round((there - nowMs) / 1000);
  if (Math.abs(secondsAhead) <= CLOCK_MAX_SECONDS) return well();
  return wrong('clock', { secondsAhead });
}

/** null: no answer. */
async function askHealth(signal: AbortSignal): Promise<Response | null> {
  const either = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
  try {
    return await fetch(ROUTES.getHealth.path, { cache: 'no-store', signal: either });
  } catch {
    signal.throwIfAborted();
    return null;
  }
}
