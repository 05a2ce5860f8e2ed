import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { Flight } from '@parley/common/testing';
import type { OneWayMs, RegionPlace } from './region-place.ts';

/**
 * Carries packets between the media nodes of regions. A pipe takes packets of one address and port alone, so each node sees another one at the address that
 * everybody has of it, with the port that it has on its own machine.
 */
export class PipeRelay {
  readonly #places: readonly RegionPlace[];
  readonly #oneWayMs: OneWayMs;
  readonly #flight = new Flight();
  /** By the address of a region, and the port. */
  readonly #sockets = new Map<string, Socket>();

  static async create(
    places: readonly RegionPlace[],
    ports: readonly number[],
    oneWayMs: OneWayMs,
  ): Promise<PipeRelay> {
    const relay = new PipeRelay(places, oneWayMs);
    try {
      for (const place of places) for (const port of ports) await relay.#listen(place, port);
      return relay;
    } catch (error) {
      relay.close();
      throw error;
    }
  }

  private constructor(places: readonly RegionPlace[], oneWayMs: OneWayMs) {
    this.#places = places;
    this.#oneWayMs = oneWayMs;
  }

  close(): void {
    this.#flight.close();
    for (const socket of this.#sockets.values()) socket.close();
    this.#sockets.clear();
  }

  async #listen(to: RegionPlace, port: number): Promise<void> {
    const socket = createSocket('udp4');
    this.#sockets.set(keyOf(to, port), socket);
    socket.bind(port, to.address);
    await once(socket, 'listening');
    socket.on('message', (packet, info) => this.#pass(packet, info, to, port));
  }

  #pass(packet: Buffer, info: RemoteInfo, to: RegionPlace, port: number): void {
    const from = this.#places.find(({ machine }) => machine.address === info.address);
    const socket = from && this.#sockets.get(keyOf(from, info.port));
    if (from === undefined || socket === undefined) return;
    const at = performance.now() + this.#oneWayMs(from.name, to.name);
    this.#flight.add(at, () => socket.send(packet, port, to.machine.address));
  }
}

function keyOf({ address }: RegionPlace, port: number): string {
  return `${address}:${port}`;
}
