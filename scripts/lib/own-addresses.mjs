import { networkInterfaces } from 'node:os';

/** @typedef {ReturnType<typeof networkInterfaces>} Interfaces */

/** Interfaces of containers and virtual machines. No other device is in their networks. */
const VIRTUAL = /^(?:docker|br-|veth|virbr|vmnet|vboxnet|cni|flannel|podman|lxc)/;

/**
 * Whether only this machine reaches the address, and none of its Firefoxes.
 *
 * @param {string} address
 */
export const isLoopback = (address) => address.startsWith('127.') || address === '::1';

/**
 * Where media listens for people on this machine: Firefox sends nothing to loopback addresses, and without a network there is no other
 * address.
 *
 * @param {Interfaces} [interfaces]
 * @returns {string[]}
 */
export function ownAddresses(interfaces = networkInterfaces()) {
  return ['127.0.0.1', ...networkAddresses(interfaces).slice(0, 1)];
}

/**
 * The IPv4 addresses of this machine in networks, likely ones first.
 *
 * @param {Interfaces} [interfaces]
 * @returns {string[]}
 */
export function networkAddresses(interfaces = networkInterfaces()) {
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
