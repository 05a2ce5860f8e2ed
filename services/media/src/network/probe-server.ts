import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv4 } from 'node:net';
import { RateLimiter, TokenBucket, type Rate } from '@parley/common/limits';
import type { Logger } from '@parley/common/logging';
import { PROBES_MAX, type ProbeAddress } from '@parley/proto/regions';
import { bindingAnswer } from './binding-answer.ts';

/** A page asks three times at most, and again when its network changes. A whole office may share one address. */
const PER_CLIENT: Rate = { burst: 300, perSecond: 30 };
/** Answers to all together. */
const TOTAL: Rate = { burst: 2_000, perSecond: 1_000 };
/** Messages of whatever kind that are looked at. Beyond it somebody floods, and to drop each one would keep this process busy. */
const LOOKED_AT: Rate = { burst: 5_000, perSecond: 5_000 };
const REST_MS = 1_000;
/** A flood that goes on is one line in the log. */
const LOG_AGAIN_MS = 60_000;

/** How IPv6 sockets name addresses of IPv4. */
const MAPPED = '::ffff:';

type ProbeServerOptions = {
  listenIps: readonly string[];
  /** 0 lets the system choose. */
  port: number;
  /** What browsers send to, the preferred first. */
  announced: () => readonly string[];
  rates?: { perClient: Rate; total: Rate; lookedAt: Rate };
  restMs?: number;
  logger: Logger;
};
type Place = Pick<ProbeServerOptions, 'listenIps' | 'port'>;
type Listening = { readonly sockets: readonly Socket[]; readonly port: number };

/**
 * Answers STUN binding requests, so that browsers can measure how far this region is. mediasoup answers only those that carry the ICE
 * credentials of a transport, which nobody has before the join. Keeps nothing about who asked but the limits. While somebody floods it, its port is
 * closed for a second each time, where the kernel drops packets at no cost of this process.
 */
export class ProbeServer {
  readonly port: number;
  readonly #options: ProbeServerOptions;
  readonly #rates: NonNullable<ProbeServerOptions['rates']>;
  readonly #limiter: RateLimiter;
  /** None while it rests. */
  #sockets: readonly Socket[] = [];
  #lookedAt: TokenBucket;
  #resting: NodeJS.Timeout | undefined;
  #loggedAt = Number.NEGATIVE_INFINITY;
  #closed = false;

  /** Listens. Rejects if the port is taken by another program; media nodes of one machine and one user share it. */
  static async create(options: ProbeServerOptions): Promise<ProbeServer> {
    return new ProbeServer(await listen(options), options);
  }

  private constructor({ sockets, port }: Listening, options: ProbeServerOptions) {
    this.port = port;
    this.#options = options;
    this.#rates = options.rates ?? { perClient: PER_CLIENT, total: TOTAL, lookedAt: LOOKED_AT };
    this.#limiter = new RateLimiter(this.#rates.perClient, { total: this.#rates.total });
    this.#lookedAt = new TokenBucket(this.#rates.lookedAt);
    this.#use(sockets);
  }

  /** Where browsers can measure. */
  get addresses(): ProbeAddress[] {
    const { port } = this;
    return this.#options
      .announced()
      .slice(0, PROBES_MAX)
      .map((host) => ({ host, port }));
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#resting);
    this.#stop();
  }

  #use(sockets: readonly Socket[]): void {
    this.#sockets = sockets;
    for (const socket of sockets) {
      socket.on('message', (message, from) => this.#handle(socket, message, from));
      socket.on('error', (err) => this.#options.logger.warn({ err }, 'probe socket failed'));
    }
  }

  #stop(): void {
    closeAll(this.#sockets);
    this.#sockets = [];
  }

  #handle(socket: Socket, message: Buffer, { address: from, port }: RemoteInfo): void {
    // The socket may have been closed for another message of the same turn.
    if (!this.#sockets.includes(socket)) return;
    if (!this.#lookedAt.take()) return this.#rest();
    const address = from.startsWith(MAPPED) ? from.slice(MAPPED.length) : from;
    const answer = bindingAnswer(message, isIPv4(address) ? 'IPv4' : 'IPv6');
    if (answer === undefined || this.#limiter.take(address) > 0) return;
    // An answer that cannot be sent is one that was lost.
    socket.send(answer, port, from, () => {});
  }

  /** @param err Why the port cannot be opened again; undefined for a flood. */
  #rest(err?: unknown): void {
    this.#stop();
    const now = performance.now();
    if (now - this.#loggedAt > LOG_AGAIN_MS) this.#options.logger.warn({ err }, 'probes rest');
    this.#loggedAt = now;
    this.#resting = setTimeout(() => void this.#resume(), this.#options.restMs ?? REST_MS).unref();
  }

  async #resume(): Promise<void> {
    try {
      const { sockets } = await listen({ listenIps: this.#options.listenIps, port: this.port });
      if (this.#closed) return closeAll(sockets);
      this.#lookedAt = new TokenBucket(this.#rates.lookedAt);
      this.#use(sockets);
    } catch (error) {
      if (!this.#closed) this.#rest(error);
    }
  }
}

async function listen({ listenIps, port: wanted }: Place): Promise<Listening> {
  const sockets: Socket[] = [];
  let port = wanted;
  try {
    for (const address of listenIps) {
      const socket = openSocket(address, listenIps);
      sockets.push(socket);
      socket.bind({ port, address });
      await once(socket, 'listening');
      // The others get the port that the system chose.
      ({ port } = socket.address());
    }
    return { sockets, port };
  } catch (error) {
    closeAll(sockets);
    throw new Error(`cannot listen on ${listenIps.join(' and ')} port ${port}, UDP, for probes`, {
      cause: error,
    });
  }
}

function closeAll(sockets: readonly Socket[]): void {
  for (const socket of sockets) socket.close();
}

/** Media nodes of one machine are equally near, so that it does not matter which of them answers. */
function openSocket(address: string, all: readonly string[]): Socket {
  if (isIPv4(address)) return createSocket({ type: 'udp4', reusePort: true });
  // As the workers: IPv6 takes IPv4 too where it is alone.
  return createSocket({ type: 'udp6', ipv6Only: all.some((ip) => isIPv4(ip)), reusePort: true });
}
