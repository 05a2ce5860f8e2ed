import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';

/** The parts of a request that show its sender. Requests of `node:http` have this form. */
export type AddressedRequest = {
  readonly headers: IncomingHttpHeaders;
  readonly socket: { readonly remoteAddress?: string | undefined };
};

/**
 * The address of the client, when `hops` proxies of ours stand before this server. Each proxy appended the address that
 * it saw to X-Forwarded-For, so only the last `hops` entries are true; the client may have invented the others.
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

/** The key under which a limit counts one client: an IPv4 address, or the /64 that every IPv6 customer has for itself. */
export function clientKey(address: string): string {
  return isIP(address) === 6 ? `${expand(address).slice(0, 4).join(':')}::/64` : address;
}

/** A network of a client, and how many times the limit of one client all clients in the network may use together. */
export type ClientNetwork = { readonly key: string; readonly share: number };

/**
 * The networks under which a limit counts a client, the narrowest first. IPv6 gives a home a /64 or a /56, and a company, or
 * anybody who rents a server, a /48 with 65,536 of the former. What is no IPv6 address stands for itself.
 */
export function clientNetworks(client: string): readonly ClientNetwork[] {
  if (isIP(client) !== 6) return [{ key: client, share: 1 }];
  const [one = '0', two = '0', three = '0', four = '0'] = expand(client);
  const site = `${one}:${two}:${three}`;
  // The first eight bits of the fourth group.
  const home = four.padStart(4, '0').slice(0, 2);
  return [
    { key: `${site}:${four}::/64`, share: 1 },
    { key: `${site}:${home}00::/56`, share: 4 },
    { key: `${site}::/48`, share: 16 },
  ];
}

/** Removes the port that some proxies append: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
function bareAddress(entry: string): string {
  const match = /^(?:\[([0-9a-fA-F:.]+)\](?::\d+)?|(\d+\.\d+\.\d+\.\d+):\d+)$/.exec(entry);
  return match?.[1] ?? match?.[2] ?? entry;
}

/** An IPv4 address in its mapped form (`::ffff:192.0.2.1`) as plain IPv4, and IPv6 without its zone. */
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
