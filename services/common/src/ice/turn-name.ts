import { createHmac } from 'node:crypto';
import { clientNetworks } from '../limits/client-address.ts';

/** An address takes relays under so many names at most, however many rooms it is in. */
export const TURN_NAMES_PER_ADDRESS = 4;

const NAME_LENGTH = 16;

/**
 * The name under which the TURN server counts the relays of one client address and one room (coturn: `user-quota`). The
 * rooms share a few names, so that the relays of an address have a bound as well. The name shows neither address nor
 * room to those who lack the secret.
 *
 * @param address Of IPv6 the first 48 bits count, which is what one site gets.
 */
export function turnName(secret: string, address: string, room: string): string {
  const [first = 0] = digest(secret, `room ${room}`);
  const part = first % TURN_NAMES_PER_ADDRESS;
  return digest(secret, `address ${site(address)} ${part}`)
    .toString('base64url')
    .slice(0, NAME_LENGTH);
}

function digest(secret: string, text: string): Buffer {
  return createHmac('sha256', secret).update(text).digest();
}

function site(address: string): string {
  return clientNetworks(address).at(-1)?.key ?? address;
}
