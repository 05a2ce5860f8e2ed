import { isIP } from 'node:net';

const IPV6_GROUPS = 8;
/** An IPv6 customer has at least a /64: four groups of sixteen bits. */
const IPV6_NETWORK_GROUPS = 4;

/**
 * What the limit of connections counts as one client, when `hops` proxies of ours stand before us. Each of them appended
 * the address it saw to X-Forwarded-For; what stands before those entries is what the client claims. An IPv4 address, or
 * the /64 of an IPv6 address.
 */
export function clientAddress(socketAddress: string, forwardedFor: string | undefined, hops: number): string {
  const claimed = forwardedFor === undefined ? [] : forwardedFor.split(',').map((entry) => entry.trim());
  const chain = [...claimed, socketAddress];
  const chosen = chain[Math.max(0, chain.length - 1 - hops)] ?? socketAddress;
  return networkOf(plain(isIP(plain(chosen)) === 0 ? socketAddress : chosen));
}

/** IPv4 that came in over an IPv6 socket, as IPv4; IPv6 without the name of its interface. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
}

function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  // The canonical form: lower case, no leading zeros, one run of zeros written as "::".
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array<string>(IPV6_GROUPS - left.length - right.length).fill('0');
  return `${[...left, ...zeros, ...right].slice(0, IPV6_NETWORK_GROUPS).join(':')}::/64`;
}
