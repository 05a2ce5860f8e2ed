import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv4 } from 'node:net';
import { RateLimiter, type Rate } from '@parley/common/limits';
import type { Logger } from '@parley/common/logging';
import { PROBES_MAX, type ProbeAddress } from '@parley/proto/regions';
import { bindingAnswer } from './binding-answer.ts';

/** A page asks three times at most, and again when its network changes. A whole office may share one address. */
const PER_CLIENT: Rate = { burst: 300, perSecond: 30 };
/** Of all together: bounds what strangers can make this process do. */
const TOTAL: Rate = { burst: 2_000, perSecond: 1_000 };

/** How IPv6 sockets name addresses of IPv4. */
const MAPPED = '::ffff:';

type ProbeServerOptions = {
  listenIps: readonly string[];
  /** 0 lets the system choose. */
  port: number;
  /** What browsers send to, the preferred first. */
  announced: () => readonly string[];
  rates?: { perClient: Rate; total: Rate };
  logger: Logger;
};

/**
 * Answers STUN binding requests, so that browsers can measure how far this region is. mediasoup answers only those that carry the ICE
 * credentials of a transport, which nobody has before the join. Keeps nothing about who asked but the limits.
 */
export class ProbeServer {
  readonly port: number;
  readonly #sockets: readonly Socket[];
  readonly #announced: () => readonly string[];
  readonly #limiter: RateLimiter;
  #closed = false;

  /** Listens. Rejects if the port is taken by another program; media nodes of one machine and one user share it. */
  static async create(options: ProbeServerOptions): Promise<ProbeServer> {
    const sockets: Socket[] = [];
    let { port } = options;
    try {
      for (const address of options.listenIps) {
        const socket = openSocket(address, options.listenIps);
        sockets.push(socket);
        socket.bind({ port, address });
        await once(socket, 'listening');
        // The others get the port that the system chose.
        ({ port } = socket.address());
      }
      return new ProbeServer(sockets, port, options);
    } catch (error) {
      for (const socket of sockets) socket.close();
      throw new Error(`cannot listen on ${options.listenIps.join(' and ')} port ${port}, UDP, for probes`, {
        cause: error,
      });
    }
  }

  private constructor(
    sockets: readonly Socket[],
    port: number,
    { announced, rates = { perClient: PER_CLIENT, total: TOTAL }, logger }: ProbeServerOptions,
  ) {
    this.port = port;
    this.#sockets = sockets;
    this.#announced = announced;
    this.#limiter = new RateLimiter(rates.perClient, { total: rates.total });
    for (const socket of sockets) {
      socket.on('message', (message, from) => this.#handle(socket, message, from));
      socket.on('error', (err) => logger.warn({ err }, 'probe socket failed'));
    }
  }

  /** Where browsers can measure. */
  get addresses(): ProbeAddress[] {
    const { port } = this;
    return this.#announced()
      .slice(0, PROBES_MAX)
      .map((host) => ({ host, port }));
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const socket of this.#sockets) socket.close();
  }

  #handle(socket: Socket, message: Buffer, { address, port }: RemoteInfo): void {
    if (this.#closed) return;
    const isIPv6 = address.includes(':') && !address.startsWith(MAPPED);
    const answer = bindingAnswer(message, isIPv6 ? 'IPv6' : 'IPv4');
    if (answer === undefined || this.#limiter.take(address) > 0) return;
    // An answer that cannot be sent is one that was lost.
    socket.send(answer, port, address, () => {});
  }
}

/** Media nodes of one machine are equally near, so that it does not matter which of them answers. */
function openSocket(address: string, all: readonly string[]): Socket {
  if (isIPv4(address)) return createSocket({ type: 'udp4', reusePort: true });
  // As the workers: IPv6 takes IPv4 too where it is alone.
  return createSocket({ type: 'udp6', ipv6Only: all.some((ip) => isIPv4(ip)), reusePort: true });
}
