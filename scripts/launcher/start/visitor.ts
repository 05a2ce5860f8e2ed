import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import { TLSSocket } from 'node:tls';

/** The machine of the person who sent a request, and the address that this person opened. */
export interface Visitor {
  readonly address: string;
  readonly scheme: 'http' | 'https';
  readonly host: string;
}

/** The proxies before the edge whose headers are believed. */
export class TrustedProxies {
  readonly #list = new BlockList();

  /**
   * @param text Addresses and networks (`10.0.0.0/8`), separated by commas or blanks.
   * @param onProblem Is called with words for each entry that is neither.
   */
  constructor(text = '', onProblem?: (words: string) => void) {
    for (const entry of text.split(/[\s,]+/).filter((word) => word !== '')) {
      const [address = '', bits, ...more] = entry.split('/');
      const family = isIP(address);
      const most = family === 6 ? 128 : 32;
      const length = bits === undefined ? most : Number(bits);
      if (family === 0 || more.length > 0 || !/^\d+$/.test(bits ?? '0') || length > most)
        onProblem?.(`"${entry}" is not an address or a network such as 10.0.0.0/8.`);
      else this.#list.addSubnet(address, length, family === 6 ? 'ipv6' : 'ipv4');
    }
  }

  /** Whether a machine is a listed proxy. */
  includes(given: string): boolean {
    const address = plain(given);
    const family = isIP(address);
    return family > 0 && this.#list.check(address, family === 6 ? 'ipv6' : 'ipv4');
  }

  /** Whom the outermost listed proxy saw, or the machine that connected if that is not a listed proxy. */
  visitorOf({ socket, headers }: IncomingMessage): Visitor {
    const peer = plain(socket.remoteAddress ?? '');
    const scheme = socket instanceof TLSSocket ? 'https' : 'http';
    const host = headers.host ?? '';
    if (!this.includes(peer)) return { address: peer, scheme, host };
    const claimed = one(headers['x-forwarded-proto']);
    const hops = [one(headers['x-forwarded-for'])].join(',').split(',').map(bare);
    return {
      address: this.#outermost(peer, hops),
      scheme: claimed === 'https' || claimed === 'http' ? claimed : scheme,
      host:
        /^(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d+)?$/.exec(one(headers['x-forwarded-host']))?.[0] ??
        host,
    };
  }

  /** Each proxy appended whom it saw. So entries are true from the end, up to the first that no listed proxy has written. */
  #outermost(peer: string, hops: readonly string[]): string {
    let address = peer;
    for (const hop of hops.toReversed()) {
      if (isIP(hop) === 0) break;
      address = hop;
      if (!this.includes(hop)) break;
    }
    return address;
  }
}

/** Node joins repeated headers, and only those of a few names come as a list. */
function one(value: string | string[] | undefined): string {
  return [value ?? ''].flat().join(',').trim();
}

/** An entry of X-Forwarded-For without the port that some proxies append. */
function bare(entry: string): string {
  const match = /^(?:\[([0-9a-fA-F:.]+)\](?::\d+)?|(\d+\.\d+\.\d+\.\d+):\d+)$/.exec(entry.trim());
  return plain(match?.[1] ?? match?.[2] ?? entry.trim());
}

/** A server that listens on IPv6 as well sees IPv4 addresses in their mapped form. */
function plain(address: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
}
