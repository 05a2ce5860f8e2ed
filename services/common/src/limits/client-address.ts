import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';

/** What of a request tells who sent it. `node:http`'s own requests have this form. */
export type AddressedRequest = {
  readonly headers: IncomingHttpHeaders;
  readonly socket: { readonly remoteAddress?: string | undefined };
};

/**
 * Who sent the request, when `hops` proxies of ours stand before us. Each appended the address that it saw to
 * X-Forwarded-For, so only the last `hops` entries are true; those before them are what the client claims.
 */
export function clientAddress(request: AddressedRequest, hops: number): string {
  const socketAddress = request.socket.remoteAddress ?? '';
  const forwardedFor = [request.headers['x-forwarded-for'] ?? []].flat().join(',');
  const claimed =
    forwardedFor === '' ? [] : forwardedFor.split(',').map((entry) => bareAddress(entry.trim()));
  const chain = [...claimed, socketAddress];
  const chosen = chain[Math.max(0, chain.length - 1 - hops)] ?? socketAddress;
  return plainAddress(isIP(chosen) === 0 ? socketAddress : chosen);
}

/** What a limit counts as one client: an IPv4 address, or the /64 that one IPv6 customer has at least. */
export function clientKey(address: string): string {
  return isIP(address) === 6 ? `${expand(address).slice(0, 4).join(':')}::/64` : address;
}

/** Some proxies write the port as well: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
function bareAddress(entry: string): string {
  const match = /^(?:\[([0-9a-fA-F:.]+)\](?::\d+)?|(\d+\.\d+\.\d+\.\d+):\d+)$/.exec(entry);
  return match?.[1] ?? match?.[2] ?? entry;
}

/** An IPv4 address seen through an IPv6 socket is the IPv4 address. */
function plainAddress(address: string): string {
  const match = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  return match?.[1] ?? address.replace(/%.*$/, '');
}

function expand(address: string): string[] {
  const [head = '', tail] = address.split('::');
  const left = groups(head);
  if (tail === undefined) return left;
  const right = groups(tail);
  const missing = Math.max(0, 8 - left.length - right.length);
  return [...left, ...Array<string>(missing).fill('0'), ...right];
}

function groups(part: string): string[] {
  if (part === '') return [];
  return part
    .split(':')
    .flatMap((group) => (group.includes('.') ? ['v4', 'v4'] : [Number.parseInt(group, 16).toString(16)]));
}
