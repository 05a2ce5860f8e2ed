import type { types } from 'mediasoup';
import type { WebSocket } from 'ws';
import type { ConsumerOptions, RequestMessage, Requests, TransportOptions } from './messages.ts';

type BarePersonOptions = {
  socket: WebSocket;
  router: types.Router;
  webRtcServer: types.WebRtcServer;
  /** Everybody in the call. */
  people: ReadonlySet<BarePerson>;
};

type Handlers = {
  readonly [N in keyof Requests]: (ask: Requests[N]['ask']) => Promise<Requests[N]['answer']>;
};

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
      await this.#transports.get(transportId)?.connect({ dtlsParameters });
      return null;
    },
    produce: async ({ transportId, kind, rtpParameters }) => {
      const producer = await this.#transports.get(transportId)!.produce({ kind, rtpParameters });
      this.#producers.push(producer);
      for (const other of this.#options.people) if (other !== this) void other.#offer(producer);
      return producer.id;
    },
    receive: async (rtpCapabilities) => {
      const transport = await this.#open();
      this.#receiving = { transport, rtpCapabilities };
      const sent = [...this.#options.people].filter((other) => other !== this).flatMap((other) => other.#producers);
      const consumers = await Promise.all(sent.map((producer) => this.#consume(producer)));
      return { transport: optionsOf(transport), consumers: consumers.flatMap((consumer) => consumer ?? []) };
    },
  };

  async #offer(producer: types.Producer): Promise<void> {
    const consumer = await this.#consume(producer);
    if (consumer !== undefined) this.#send({ consumer });
  }

  /** Undefined: the person has not pressed Join. */
  async #consume({ id: producerId }: types.Producer): Promise<ConsumerOptions | undefined> {
    if (this.#receiving === undefined) return undefined;
    const { transport, rtpCapabilities } = this.#receiving;
    const { id, kind, rtpParameters } = await transport.consume({ producerId, rtpCapabilities });
    return { id, producerId, kind, rtpParameters };
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

function optionsOf({ id, iceParameters, iceCandidates, dtlsParameters }: types.WebRtcTransport): TransportOptions {
  return { id, iceParameters, iceCandidates, dtlsParameters };
}
