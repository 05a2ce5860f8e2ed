import { isIPv4 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { networkAddresses } from '../../lib/own-addresses.mjs';
import { LaunchError } from '../base/launch-error.ts';

type Interfaces = ReturnType<typeof networkInterfaces>;

/** The address at which other devices in the network reach this machine, and those it could be besides. */
export interface LanAddress {
  readonly address: string;
  readonly others: readonly string[];
}

/** Takes the wanted address, or finds one. Throws a LaunchError if there is none. */
export function chooseLanAddress(wanted: string, interfaces: Interfaces = networkInterfaces()): LanAddress {
  if (wanted) {
    if (!isIPv4(wanted)) throw new LaunchError(`--lan=${wanted} is not an IPv4 address.`);
    return { address: wanted, others: [] };
  }
  const [address, ...others] = networkAddresses(interfaces);
  if (address) return { address, others };
  throw new LaunchError(
    'This machine has no address in a network. Connect it to one, or name the address: npm start -- --lan=192.168.1.5',
  );
}

/** The lines for a person who serves other devices. */
export function lanWords(
  lan: LanAddress,
  url: string,
  fingerprint: string,
  ports: { readonly https: number; readonly media: string },
): string[] {
  const several =
    lan.others.length > 0
      ? [`This machine has other addresses too: ${lan.others.join(', ')}. Choose with --lan=ADDRESS.`]
      : [];
  return [
    `For other devices in this network: ${url}`,
    ...several,
    'Their browsers warn about the certificate, because this machine made it itself. Choose "Advanced" there and go on.',
    `Its SHA-256 fingerprint: ${fingerprint}`,
    `If nothing opens there, a firewall is in between: allow TCP ${ports.https} and UDP and TCP ${ports.media}.`,
  ];
}
