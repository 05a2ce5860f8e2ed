import { isIPv4 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { LaunchError } from '../base/launch-error.ts';

type Interfaces = ReturnType<typeof networkInterfaces>;

/** Interfaces of containers and virtual machines. No other device is in their networks. */
const VIRTUAL = /^(?:docker|br-|veth|virbr|vmnet|vboxnet|cni|flannel|podman|lxc)/;

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
  const [address, ...others] = lanAddresses(interfaces);
  if (address) return { address, others };
  throw new LaunchError(
    'This machine has no address in a network. Connect it to one, or name the address: npm start -- --lan=192.168.1.5',
  );
}

/**
 * Where media listens for people on this machine: Firefox sends nothing to loopback addresses, and without a network there is no other
 * address.
 */
export function ownAddresses(interfaces: Interfaces = networkInterfaces()): string[] {
  return ['127.0.0.1', ...lanAddresses(interfaces).slice(0, 1)];
}

/** Addresses of this machine in networks, likely ones first. */
function lanAddresses(interfaces: Interfaces): string[] {
  const found = Object.entries(interfaces).flatMap(([name, addresses = []]) =>
    addresses
      .filter(
        ({ family, internal, address }) => family === 'IPv4' && !internal && !address.startsWith('169.254.'),
      )
      .map(({ address }) => ({ address, isVirtual: VIRTUAL.test(name) })),
  );
  const likelyFirst = found.toSorted((one, other) => Number(one.isVirtual) - Number(other.isVirtual));
  return likelyFirst.map(({ address }) => address);
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
