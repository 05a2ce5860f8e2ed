import { ROUTES } from '@parley/proto/rest';
import { isFromTheNetwork, readJson } from '../base/rest-client.ts';
import { skipped, well, wrong, type Check, type CheckResult } from './check.ts';

const TIMEOUT_MS = 8_000;
/** The same limit as in `npm run doctor`: tokens are valid for minutes only. */
const CLOCK_MAX_SECONDS = 30;

/** Checks whether the page is secure. Browsers give devices to secure pages only. */
export const originCheck: Check = {
  name: 'origin',
  run: async () => (globalThis.isSecureContext ? well() : wrong('insecure-origin')),
};

/** Checks whether the gateway answers at the origin of the page. */
export const serverCheck: Check = {
  name: 'server',
  run: async (signal) => {
    const answer = await askHealth(signal);
    if (answer === null) return wrong('edge');
    const health = ROUTES.getHealth.response.safeParse(await readJson(answer));
    if (health.success) return well();
    return wrong(isFromTheNetwork(answer, undefined) ? 'sign-in' : 'edge');
  },
};

export const clockCheck: Check = {
  name: 'clock',
  run: async (signal) => {
    const askedAt = Date.now();
    const date = (await askHealth(signal))?.headers.get('date') ?? '';
    // Assume that the server wrote the date in the middle between the request and the answer.
    return judgeClock(date, (askedAt + Date.now()) / 2);
  },
};

/** @param date The `Date` header of the server, in whole seconds. */
export function judgeClock(date: string, nowMs: number): CheckResult {
  const there = Date.parse(date);
  if (Number.isNaN(there)) return skipped('no-clock');
  const secondsAhead = Math.round((there - nowMs) / 1000);
  if (Math.abs(secondsAhead) <= CLOCK_MAX_SECONDS) return well();
  return wrong('clock', { secondsAhead });
}

/** Resolves with null if the server does not answer in time. */
async function askHealth(signal: AbortSignal): Promise<Response | null> {
  const either = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
  try {
    return await fetch(ROUTES.getHealth.path, { cache: 'no-store', redirect: 'manual', signal: either });
  } catch {
    signal.throwIfAborted();
    return null;
  }
}
