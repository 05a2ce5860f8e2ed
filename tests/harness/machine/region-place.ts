import type { NetworkNamespace } from './network-namespace.ts';

/** How long a packet is on its way from one region to another one, or within one, in milliseconds. */
export type OneWayMs = (from: string, to: string) => number;

/** A region: the machine of its media node, and clients. */
export type RegionPlace = {
  readonly name: string;
  /** Has one cable, to this machine. */
  readonly machine: NetworkNamespace;
  /** Where everybody reaches the media node: an address of this machine, with a relay at each port. */
  readonly address: string;
  /** The address of this machine that clients of the region send from. */
  readonly clientAddress: string;
};
