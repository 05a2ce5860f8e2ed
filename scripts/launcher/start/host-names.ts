import { isIP } from 'node:net';

/** A name that an operator may list: `call.example.org`, or `*.example.org` for all names below it. */
export const HOST_NAME = /^(?:\*\.)?[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/;

/**
 * The names under which browsers may open Parley.
 *
 * A page of another site can let its own name lead to this machine (DNS rebinding). Its browser then takes Parley for a part of
 * that page, which may read and do what the person may. So a name must be listed. An address cannot lead elsewhere, and browsers
 * look up nobody's `localhost`.
 */
export class HostNames {
  readonly #names: ReadonlySet<string>;
  readonly #parents: readonly string[];

  constructor(names: readonly string[] = []) {
    const lower = names.map((name) => name.toLowerCase());
    this.#names = new Set(lower.filter((name) => !name.startsWith('*.')));
    this.#parents = lower.filter((name) => name.startsWith('*.')).map((name) => name.slice(1));
  }

  /** @param host A `Host` header: a name or an address, with or without a port. Only programs send none. */
  includes(host: string): boolean {
    if (host === '') return true;
    const bare = /^\[([0-9a-fA-F:.]+)\](?::\d+)?$/.exec(host)?.[1] ?? host.replace(/:\d+$/, '');
    if (isIP(bare) > 0) return true;
    const name = bare.toLowerCase().replace(/\.$/, '');
    return (
      name === 'localhost' ||
      name.endsWith('.localhost') ||
      this.#names.has(name) ||
      this.#parents.some((parent) => name.endsWith(parent))
    );
  }
}
