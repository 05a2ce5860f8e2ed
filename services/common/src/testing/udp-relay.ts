import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** What a bad network does to the packets of one direction. What is not given is as in a perfect one. */
export type Impairments = {
  /** Every packet is late by so much. */
  delayMs?: number;
  /** Each packet is late by up to so much more, in order. */
  jitterMs?: number;
  /** The share of packets that is lost, 0 to 1. */
  loss?: number;
  /** The share of packets that is overtaken by those within 20 ms behind it, 0 to 1. */
  reordering?: number;
  /** Packets beyond this rate wait, and are lost when they would wait for longer than `queueMs`. */
  bitsPerSecond?: number;
  /** 200 where absent. */
  queueMs?: number;
};

const LOOPBACK = '127.0.0.1';
const OVERTAKEN_BY_MS = 20;
const QUEUE_MS = 200;

/** One direction of a path: says when each packet arrives. */
class Direction {
  readonly #random: () => number;
  /** When the last packet has left the bottleneck, and when it arrives. */
  #freeAt = 0;
  #lastArrival = 0;
  impairments: Impairments = {};

  constructor(random: () => number) {
    this.#random = random;
  }

  /** When a packet of so many bytes that is sent now arrives, or undefined if it is lost. In milliseconds. */
  arrival(bytes: number, now: number): number | undefined {
    const { delayMs = 0, jitterMs = 0, loss = 0, reordering = 0, bitsPerSecond, queueMs } = this.impairments;
    if (this.#random() < loss) return undefined;
    let at = now;
    if (bitsPerSecond !== undefined) {
      const startsAt = Math.max(now, this.#freeAt);
      if (startsAt - now > (queueMs ?? QUEUE_MS)) return undefined;
      at = this.#freeAt = startsAt + (bytes * 8_000) / bitsPerSecond;
    }
    at = Math.max(at + delayMs + this.#random() * jitterMs, this.#lastArrival);
    if (this.#random() < reordering) return at + OVERTAKEN_BY_MS;
    this.#lastArrival = at;
    return at;
  }
}

/** Sends packets when they arrive, in the order of their arrival: timers of Node alone do not keep it. */
class Flight {
  readonly #packets: { at: number; send: () => void }[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** `at`: milliseconds of `performance.now()`. */
  add(at: number, send: () => void): void {
    const before = this.#packets.findLastIndex((packet) => packet.at <= at);
    this.#packets.splice(before + 1, 0, { at, send });
    if (before === -1) this.#schedule();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#packets.length = 0;
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    const [first] = this.#packets;
    if (first === undefined) return;
    this.#timer = setTimeout(() => this.#land(), Math.max(0, first.at - performance.now())).unref();
  }

  #land(): void {
    const now = performance.now();
    while (this.#packets[0] !== undefined && this.#packets[0].at <= now) this.#packets.shift()?.send();
    this.#schedule();
  }
}

/** One client behind the relay: a socket of its own towards the server, and a bottleneck of its own in each direction. */
type Path = { readonly server: Socket; readonly up: Direction; readonly down: Direction };

/** The network paths between clients and one UDP port of this machine, which a test can cut and make worse. Each client has a path of its own. */
export class UdpRelay {
  readonly port: number;
  readonly #client: Socket;
  readonly #serverPort: number;
  readonly #random: () => number;
  /** The paths by the port of their client. */
  readonly #paths = new Map<number, Path>();
  readonly #flight = new Flight();
  #impairments: { up?: Impairments; down?: Impairments } = {};
  #cut = false;

  /**
   * `random` draws what is lost, late and overtaken. `at`: where clients send to, such as the port of the server at another address of loopback.
   */
  static async create(
    serverPort: number,
    random: () => number = Math.random,
    at: { address: string; port: number } = { address: LOOPBACK, port: 0 },
  ): Promise<UdpRelay> {
    const client = createSocket('udp4');
    client.bind(at.port, at.address);
    await once(client, 'listening');
    return new UdpRelay(client, serverPort, random);
  }

  private constructor(client: Socket, serverPort: number, random: () => number) {
    this.port = client.address().port;
    this.#client = client;
    this.#serverPort = serverPort;
    this.#random = random;
    client.on('message', (packet, from) => {
      const { server, up } = this.#path(from.port, from.address);
      this.#pass(up, packet, () => server.send(packet, serverPort, LOOPBACK));
    });
  }

  /** From now on no packet passes, and neither end is notified. */
  cut(): void {
    this.#cut = true;
  }

  /** Impairs the paths from the next packet on. `impair({})` mends them. */
  impair(impairments: { up?: Impairments; down?: Impairments }): void {
    this.#impairments = impairments;
    for (const path of this.#paths.values()) this.#apply(path);
  }

  close(): void {
    this.#flight.close();
    this.#client.close();
    for (const { server } of this.#paths.values()) server.close();
    this.#paths.clear();
  }

  #path(clientPort: number, clientAddress: string): Path {
    const known = this.#paths.get(clientPort);
    if (known !== undefined) return known;
    const server = createSocket('udp4');
    const path = { server, up: new Direction(this.#random), down: new Direction(this.#random) };
    this.#paths.set(clientPort, path);
    this.#apply(path);
    server.on('message', (packet, from) => {
      if (from.port !== this.#serverPort) return;
      this.#pass(path.down, packet, () => this.#client.send(packet, clientPort, clientAddress));
    });
    return path;
  }

  #apply({ up, down }: Path): void {
    up.impairments = this.#impairments.up ?? {};
    down.impairments = this.#impairments.down ?? {};
  }

  #pass(direction: Direction, packet: Buffer, send: () => void): void {
    if (this.#cut) return;
    const at = direction.arrival(packet.length, performance.now());
    if (at === undefined) return;
    this.#flight.add(at, () => {
      if (!this.#cut) send();
    });
  }
}
