import type { types } from 'mediasoup';
import type { WebSocket } from 'ws';
import type { RequestMessage, Requests, TransportOptions } from './messages.ts';

type BarePersonOptions = {
  socket: WebSocket;
  router: types.Router;
  webRtcServer: types.WebRtcServer;
  /** Everybody in the call. */
  people: ReadonlySet<BarePerson>;
};

/** The answers go through JSON, and the packages of server and page have types of their own for the same shapes. */
type Handlers = { readonly [N in keyof Requests]: (ask: Requests[N]['ask']) => Promise<unknown> };

/** One page of the bare call, as its server has it. The page of the benchmark is the only client: nothing is checked. */
export class BarePerson {
  readonly #options: BarePersonOptions;
  readonly #producers: types.Producer[] = [];
  readonly #transports = new Map<string, types.WebRtcTransport>();
  #receiving: { transport: types.WebRtcTransport; rtpCapabilities: types.RtpCapabilities } | undefined;

  constructor(options: BarePersonOptions) {
    this.#options = options;
    options.socket.on('message', (data: Buffer) => {
      const { number, name, ask } = JSON.parse(data.toString()) as RequestMessage;
      const handle = this.#handlers[name] as (asked: unknown) => Promise<unknown>;
      void handle(ask).then((answer) => this.#send({ number, answer }));
    });
  }

  close(): void {
    for (const transport of this.#transports.values()) transport.close();
  }

  readonly #handlers: Handlers = {
    capabilities: async () => this.#options.router.rtpCapabilities,
    send: async () => optionsOf(await this.#open()),
    connect: async ({ transportId, dtlsParameters }) => {
      await this.#transport(transportId).connect({ dtlsParameters });
      return null;
    },
    produce: async ({ transportId, kind, rtpParameters }) => {
      const producer = await this.#transport(transportId).produce({ kind, rtpParameters });
      this.#producers.push(producer);
      for (const other of this.#options.people) if (other !== this) void other.#offer(producer);
      return producer.id;
    },
    receive: async (rtpCapabilities) => {
      const transport = await this.#open();
      this.#receiving = { transport, rtpCapabilities };
      const sent = [...this.#options.people]
        .filter((other) => other !== this)
        .flatMap((other) => other.#producers);
      const consumers = await Promise.all(sent.map((producer) => this.#consume(producer)));
      return { transport: optionsOf(transport), consumers: consumers.flatMap((consumer) => consumer ?? []) };
    },
  };

  async #offer(producer: types.Producer): Promise<void> {
    const consumer = await this.#consume(producer);
    if (consumer !== undefined) this.#send({ consumer });
  }

  /** Undefined: the person has not pressed Join. */
  async #consume({ id: producerId }: types.Producer) {
    if (this.#receiving === undefined) return undefined;
    const { transport, rtpCapabilities } = this.#receiving;
    const { id, kind, rtpParameters } = await transport.consume({ producerId, rtpCapabilities });
    return { id, producerId, kind, rtpParameters };
  }

  #transport(id: string): types.WebRtcTransport {
    const transport = this.#transports.get(id);
    if (transport === undefined) throw new Error('the page names no transport of its own');
    return transport;
  }

  async #open(): Promise<types.WebRtcTransport> {
    const { router, webRtcServer } = this.#options;
    const transport = await router.createWebRtcTransport({ webRtcServer });
    this.#transports.set(transport.id, transport);
    return transport;
  }

  #send(message: object): void {
    this.#options.socket.send(JSON.stringify(message));
  }
}

function optionsOf({
  id,
  iceParameters,
  iceCandidates,
  dtlsParameters,
}: types.WebRtcTransport): TransportOptions {
  return { id, iceParameters, iceCandidates, dtlsParameters };
}
