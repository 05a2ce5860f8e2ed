import type { IncomingMessage } from 'node:http';
import { isIP, type BlockList } from 'node:net';

/**
 * The address a request came from: of X-Forwarded-For the last one that no trusted proxy wrote about another trusted
 * proxy. What a stranger put into the header is never reached.
 */
export function clientAddress(request: IncomingMessage, trustedProxies: BlockList): string {
  const forwarded = String(request.headers['x-forwarded-for'] ?? '').split(',');
  let address = plain(request.socket.remoteAddress ?? '');
  while (isTrusted(address, trustedProxies)) {
    const next = plain((forwarded.pop() ?? '').trim());
    if (isIP(next) === 0) break;
    address = next;
  }
  return address;
}

function isTrusted(address: string, trustedProxies: BlockList): boolean {
  const family = isIP(address);
  return family !== 0 && trustedProxies.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

/** IPv4 that came in over an IPv6 socket, as IPv4. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
