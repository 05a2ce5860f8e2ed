import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { media } from '@parley/proto/media-rpc';
import type { Homes } from '../../src/link/home-nodes.ts';
import type { LinkCall } from '../../src/link/link-to-home.ts';

const HOST = '127.0.0.1';

/** A network between the ends of one link that loses some of its packets. Each end is given a socket of it in place of the other end. */
export class LossyNetwork {
  readonly #sockets: readonly [Socket, Socket];
  /** The ports of the two ends. */
  readonly #ends: [number, number] = [0, 0];
  readonly #lossEvery: number;
  #count = 0;
  lost = 0;

  /** @param lossEvery Every packet with such a number is lost. */
  static async create(lossEvery: number): Promise<LossyNetwork> {
    const sockets = [createSocket('udp4'), createSocket('udp4')] as const;
    for (const socket of sockets) {
      socket.bind(0, HOST);
      await once(socket, 'listening');
    }
    return new LossyNetwork(sockets, lossEvery);
  }

  private constructor(sockets: readonly [Socket, Socket], lossEvery: number) {
    this.#sockets = sockets;
    this.#lossEvery = lossEvery;
    for (const side of [0, 1] as const) {
      sockets[side].on('message', (packet) => this.#forward(packet, side === 0 ? 1 : 0));
      sockets[side].on('error', () => undefined);
    }
  }

  close(): void {
    for (const socket of this.#sockets) socket.close();
  }

  /** The links that are opened go through this network. */
  between(homes: Homes): Homes {
    return {
      find: (...what) => homes.find(...what),
      open: (address) => this.#wrap(homes.open(address)),
    };
  }

  #wrap(call: LinkCall): LinkCall {
    return {
      get closed() {
        return call.closed;
      },
      write: ({ open, ...others }) => {
        call.write(open?.pipe ? { open: { ...open, pipe: this.#replace(open.pipe, 0) } } : others);
      },
      close: () => call.close(),
      on: (event, listener) =>
        call.on(event, (message) => {
          const pipe = message.opened?.pipe;
          listener(pipe ? { ...message, opened: { pipe: this.#replace(pipe, 1) } } : message);
        }),
      once: (event, listener) => call.once(event, listener),
    };
  }

  /** @param side Whose parameters they are. The other end sends to the socket of this side. */
  #replace<P extends media.PipeParametersInput>(pipe: P, side: 0 | 1): P {
    this.#ends[side] = pipe.port ?? 0;
    return { ...pipe, host: HOST, port: this.#sockets[side].address().port };
  }

  /**
   * What arrives at the socket of one side goes to the end of that side, out of the socket of the other side, which that end knows.
   *
   * @param out The side that the packet leaves from.
   */
  #forward(packet: Buffer, out: 0 | 1): void {
    this.#count += 1;
    if (this.#count % this.#lossEvery === 0) this.lost += 1;
    else this.#sockets[out].send(packet, this.#ends[out === 0 ? 1 : 0], HOST);
  }
}
