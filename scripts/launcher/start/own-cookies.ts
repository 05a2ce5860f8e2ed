import type { IncomingHttpHeaders } from 'node:http';
import { GATEWAY_COOKIES } from '@parley/proto/edge';

const NAMES: ReadonlySet<string> = new Set(Object.values(GATEWAY_COOKIES));

/**
 * Leaves the gateway the cookies that it has set, and signaling none. Those of other programs on this host are not their business.
 */
export function keepOwnCookies(headers: IncomingHttpHeaders, service: 'gateway' | 'signaling'): void {
  const pairs = service === 'gateway' ? (headers.cookie ?? '').split(/;\s*/) : [];
  const own = pairs.filter((pair) => NAMES.has(pair.split('=', 1)[0] ?? '')).join('; ');
  if (own === '') delete headers.cookie;
  else headers.cookie = own;
}
