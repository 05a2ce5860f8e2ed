import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { Flight } from './flight.ts';

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

type BothWays = { up?: Impairments; down?: Impairments };

/** Where a relay is, and the server behind it. What is not given is of loopback. */
export type RelayPlace = {
  /** Where clients send to, such as the port of the server at another address of loopback. */
  address: string;
  port: number;
  /** The address of the server. */
  server?: string;
  /** The address of this machine that the server receives from. */
  source?: string;
};

/** One client behind the relay: a socket of its own towards the server, and a bottleneck of its own in each direction. */
type Path = {
  readonly from: string;
  readonly server: Socket;
  readonly up: Direction;
  readonly down: Direction;
};

/** The network paths between clients and one UDP port, which a test can cut and make worse. Each client has a path of its own. */
export class UdpRelay {
  readonly port: number;
  readonly #client: Socket;
  readonly #serverPort: number;
  readonly #place: RelayPlace;
  readonly #random: () => number;
  /** The paths by the address and port of their client. */
  readonly #paths = new Map<string, Path>();
  readonly #flight = new Flight();
  #impairments: BothWays = {};
  /** Of clients at one address. */
  readonly #impairmentsFrom = new Map<string, BothWays>();
  #cut = false;

  /** `random` draws what is lost, late and overtaken. */
  static async create(
    serverPort: number,
    random: () => number = Math.random,
    place: RelayPlace = { address: LOOPBACK, port: 0 },
  ): Promise<UdpRelay> {
    const client = createSocket('udp4');
    client.bind(place.port, place.address);
    await once(client, 'listening');
    return new UdpRelay(client, serverPort, random, place);
  }

  private constructor(client: Socket, serverPort: number, random: () => number, place: RelayPlace) {
    this.port = client.address().port;
    this.#client = client;
    this.#serverPort = serverPort;
    this.#place = place;
    this.#random = random;
    client.on('message', (packet, from) => {
      const { server, up } = this.#path(from.port, from.address);
      this.#pass(up, packet, () => server.send(packet, serverPort, place.server ?? LOOPBACK));
    });
  }

  /** From now on no packet passes, and neither end is notified. */
  cut(): void {
    this.#cut = true;
  }

  /** Impairs the paths from the next packet on. `impair({})` mends them. */
  impair(impairments: BothWays): void {
    this.#impairments = impairments;
    for (const path of this.#paths.values()) this.#apply(path);
  }

  /** The same for clients at one address alone. */
  impairFrom(address: string, impairments: BothWays): void {
    this.#impairmentsFrom.set(address, impairments);
    for (const path of this.#paths.values()) this.#apply(path);
  }

  close(): void {
    this.#flight.close();
    this.#client.close();
    for (const { server } of this.#paths.values()) server.close();
    this.#paths.clear();
  }

  #path(clientPort: number, clientAddress: string): Path {
    const key = `${clientAddress}:${clientPort}`;
    const known = this.#paths.get(key);
    if (known !== undefined) return known;
    const server = createSocket('udp4');
    // What is sent before it is bound waits.
    if (this.#place.source !== undefined) server.bind(0, this.#place.source);
    const [up, down] = [new Direction(this.#random), new Direction(this.#random)];
    const path = { from: clientAddress, server, up, down };
    this.#paths.set(key, path);
    this.#apply(path);
    server.on('message', (packet, from) => {
      if (from.port !== this.#serverPort) return;
      this.#pass(path.down, packet, () => this.#client.send(packet, clientPort, clientAddress));
    });
    return path;
  }

  #apply({ from, up, down }: Path): void {
    const impairments = this.#impairmentsFrom.get(from) ?? this.#impairments;
    up.impairments = impairments.up ?? {};
    down.impairments = impairments.down ?? {};
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
