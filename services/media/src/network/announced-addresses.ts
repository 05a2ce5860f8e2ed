import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import type { Logger } from '@parley/common/logging';

/** How often names are resolved again. A home connection gets a new address about once a day. */
const FOLLOW_INTERVAL_MS = 30_000;

export type AnnouncedAddressesOptions = {
  /** IPv4 and IPv6 addresses and host names, the preferred first. */
  hosts: readonly string[];
  logger: Logger;
  resolve?: (name: string) => Promise<string[]>;
  followIntervalMs?: number;
};

/** The addresses that browsers send media to. Host names among them are followed: new transports get the new addresses. */
export class AnnouncedAddresses {
  readonly #hosts: readonly string[];
  readonly #logger: Logger;
  readonly #resolve: (name: string) => Promise<string[]>;
  /** The last known addresses of each name. */
  readonly #known = new Map<string, string[]>();
  readonly #timer: NodeJS.Timeout | undefined;
  #closed = false;

  /** Rejects if a name has no address. */
  static async create(options: AnnouncedAddressesOptions): Promise<AnnouncedAddresses> {
    const addresses = new AnnouncedAddresses(options);
    try {
      for (const name of addresses.#names) addresses.#known.set(name, await addresses.#resolve(name));
      return addresses;
    } catch (error) {
      addresses.close();
      throw error;
    }
  }

  private constructor({ hosts, logger, resolve, followIntervalMs }: AnnouncedAddressesOptions) {
    this.#hosts = hosts;
    this.#logger = logger;
    this.#resolve = resolve ?? resolveName;
    if (this.#names.length === 0) return;
    this.#timer = setInterval(() => void this.follow(), followIntervalMs ?? FOLLOW_INTERVAL_MS);
    this.#timer.unref();
  }

  /** Addresses only, the preferred first. */
  get current(): readonly string[] {
    return [...new Set(this.#hosts.flatMap((host) => this.#known.get(host) ?? host))];
  }

  /** Resolves the names again. A name that cannot be resolved now keeps the addresses that it had. */
  async follow(): Promise<void> {
    for (const name of this.#names) {
      const found = await this.#resolve(name).catch((error: unknown) => {
        this.#logger.warn({ host: name, err: error }, 'announced host name cannot be resolved now');
      });
      if (this.#closed || !found || isDeepStrictEqual(found, this.#known.get(name))) continue;
      this.#known.set(name, found);
      this.#logger.info({ host: name, addresses: found }, 'announced addresses changed');
    }
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#timer);
  }

  get #names(): string[] {
    return this.#hosts.filter((host) => isIP(host) === 0);
  }
}

/** Sorted, because a name server may turn the order with each answer. */
async function resolveName(name: string): Promise<string[]> {
  try {
    const found = await lookup(name, { all: true });
    return found.map(({ address }) => address).toSorted();
  } catch (error) {
    throw new Error(`the host name ${name}, which is to be announced to browsers, has no address`, {
      cause: error,
    });
  }
}
