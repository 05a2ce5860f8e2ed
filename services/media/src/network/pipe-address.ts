import { lookup } from 'node:dns/promises';
import { isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';

/** Where the pipes to other media nodes end on this one. */
export type PipePlace = {
  /** The address or name that other nodes send to. */
  readonly address: string;
  readonly ports: { readonly min: number; readonly max: number };
};

/** `ip` is what an end listens on, `host` what the other end sends to. */
export type PipeListener = { readonly ip: string; readonly host: string };

/**
 * Where an end listens. Packets must come from the address that the other end sends to, so an end listens on exactly that address if it is one of this
 * machine; behind a NAT it listens on all of them. Rejects if a name has no address.
 */
export async function findPipeListener(address: string): Promise<PipeListener> {
  const found = await lookup(address, { all: true });
  const own = new Set(
    Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map((one) => one.address)),
  );
  const here = found.find((one) => own.has(one.address))?.address;
  if (here !== undefined) return { ip: here, host: here };
  return { ip: found[0]?.family === 6 ? '::' : '0.0.0.0', host: address };
}

/** The address of another end, of the family that this end listens on. Rejects if it has none. */
export async function resolvePipeHost(host: string, { ip }: PipeListener): Promise<string> {
  const wanted = isIPv6(ip) ? 6 : 4;
  const { address, family } = await lookup(host, { family: wanted });
  // An address is given back as it is.
  if (family !== wanted) throw new Error(`no address of family ${wanted}`);
  return address;
}
