import { createHmac } from 'node:crypto';
import { clientKey } from './client-address.ts';

const CHARACTERS = 22;

/**
 * Names the network of an address (IPv6: its /64) in the store, which compares the networks of peers and rooms.
 * Nobody without the secret can read the address from it.
 */
export function networkName(secret: string, address: string): string {
  return createHmac('sha256', secret)
    .update(`network ${clientKey(address)}`)
    .digest('base64url')
    .slice(0, CHARACTERS);
}
