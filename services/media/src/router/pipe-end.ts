import { EventEmitter } from 'node:events';
import { ParleyError } from '@parley/proto/errors';
import type { ProducerId } from '@parley/proto/ids';
import type { types } from 'mediasoup';
import {
  findPipeListener,
  resolvePipeHost,
  type PipeListener,
  type PipePlace,
} from '../network/pipe-address.ts';
import { fromMediasoupError, mapMediasoupErrors } from './mediasoup-errors.ts';
import { ReceivedProducer, type ReceivedStream } from './received-producer.ts';
import { SentProducer } from './sent-producer.ts';

/** Where an end receives, and the keys that it sends with. */
export type PipeParameters = {
  host: string;
  port: number;
  srtpCryptoSuite: types.SrtpCryptoSuite;
  srtpKeyBase64: string;
};

type PipeEndEvents = {
  /** The router is closed, or its worker died. */
  closed: [];
};

/** Marks the transports of links to other nodes. */
const BETWEEN_NODES: types.AppData = { betweenNodes: true };

/** Whether a pipe transport is that of a link to another node. */
export function reachOf({ betweenNodes }: types.AppData): 'local' | 'remote' {
  return betweenNodes === true ? 'remote' : 'local';
}

/** A key frame of several cameras comes at once. The system may give less. */
const RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;

/**
 * This node's end of a link to a router of another node. Packets are encrypted, and only those of the other end are taken. Lost ones are sent again, as the
 * network between two machines may lose some.
 */
export class PipeEnd extends EventEmitter<PipeEndEvents> {
  readonly #transport: types.PipeTransport;
  readonly #listener: PipeListener;
  #closed = false;

  /** Rejects with `at_capacity` if no port is free. */
  static async create(router: types.Router, { address, ports }: PipePlace): Promise<PipeEnd> {
    const listener = await resolve(findPipeListener(address));
    const { ip } = listener;
    const listenInfo: types.TransportListenInfo = {
      protocol: 'udp',
      ip,
      portRange: { ...ports },
      recvBufferSize: RECEIVE_BUFFER_BYTES,
    };
    const creating = router.createPipeTransport({
      listenInfo,
      enableSrtp: true,
      enableRtx: true,
      appData: BETWEEN_NODES,
    });
    try {
      return new PipeEnd(await creating, listener);
    } catch (error) {
      throw isWithoutPort(error)
        ? new ParleyError('at_capacity', 'No port is left for another link.', { cause: error })
        : fromMediasoupError(error);
    }
  }

  private constructor(transport: types.PipeTransport, listener: PipeListener) {
    super();
    this.#transport = transport;
    this.#listener = listener;
    transport.observer.once('close', () => {
      if (this.#closed) return;
      this.#closed = true;
      this.emit('closed');
      this.removeAllListeners();
    });
  }

  get closed(): boolean {
    return this.#closed;
  }

  get parameters(): PipeParameters {
    const { tuple, srtpParameters } = this.#transport;
    if (srtpParameters === undefined) throw new TypeError('a pipe transport without SRTP');
    const { cryptoSuite, keyBase64 } = srtpParameters;
    return {
      host: this.#listener.host,
      port: tuple.localPort,
      srtpCryptoSuite: cryptoSuite,
      srtpKeyBase64: keyBase64,
    };
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#transport.close();
    this.removeAllListeners();
  }

  async connect({ host, port, srtpCryptoSuite, srtpKeyBase64 }: PipeParameters): Promise<void> {
    const ip = await resolve(resolvePipeHost(host, this.#listener));
    const srtpParameters = { cryptoSuite: srtpCryptoSuite, keyBase64: srtpKeyBase64 };
    await mapMediasoupErrors(this.#transport.connect({ ip, port, srtpParameters }));
  }

  /** Sends a producer of the router to the other end. */
  send(producerId: ProducerId): Promise<SentProducer> {
    return SentProducer.create(producerId, this.#transport);
  }

  receive(stream: ReceivedStream): Promise<ReceivedProducer> {
    return ReceivedProducer.create(stream, this.#transport);
  }
}

async function resolve<T>(resolving: Promise<T>): Promise<T> {
  try {
    return await resolving;
  } catch (error) {
    throw new ParleyError('media_unavailable', undefined, { cause: error });
  }
}

function isWithoutPort(error: unknown): boolean {
  return error instanceof Error && error.message.includes('no more available ports');
}
