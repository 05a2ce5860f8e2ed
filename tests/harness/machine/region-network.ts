import { TcpRelay, UdpRelay } from '@parley/common/testing';
import { NetworkNamespace } from './network-namespace.ts';
import { PipeRelay } from './pipe-relay.ts';
import type { OneWayMs, RegionPlace } from './region-place.ts';

/** The ports that the media node of a region has, the same in each. */
export type RegionPorts = { grpc: number; media: number; probe: number; pipes: readonly number[] };

/**
 * The network between media nodes of several regions, their clients, and signaling. Whatever is sent over UDP goes through relays, by the addresses that
 * nodes announce, and is late by the way between the two regions. The machine of a node drops what comes around them. gRPC is not delayed.
 */
export class RegionNetwork {
  readonly #places: RegionPlace[] = [];
  readonly #open: { close(): void }[] = [];

  /** Needs root. */
  static async create(
    names: readonly string[],
    ports: RegionPorts,
    oneWayMs: OneWayMs,
  ): Promise<RegionNetwork> {
    const network = new RegionNetwork();
    try {
      for (const name of names) network.#places.push(placeOf(name));
      for (const place of network.#places) await network.#connect(place, ports, oneWayMs);
      network.#open.push(await PipeRelay.create(network.#places, ports.pipes, oneWayMs));
      return network;
    } catch (error) {
      network.close();
      throw error;
    }
  }

  close(): void {
    for (const one of this.#open) one.close();
    for (const { machine } of this.#places) machine.close();
  }

  place(name: string): RegionPlace {
    const found = this.#places.find((place) => place.name === name);
    if (found === undefined) throw new Error(`there is no region ${name}`);
    return found;
  }

  async #connect({ name, machine, address }: RegionPlace, ports: RegionPorts, oneWayMs: OneWayMs) {
    machine.reachMachine();
    machine.drop(`ip saddr ${machine.hostAddress} meta l4proto udp`);
    this.#open.push(await TcpRelay.create(`${machine.address}:${ports.grpc}`, { address, port: ports.grpc }));
    for (const port of [ports.media, ports.probe]) {
      const to = { address, port, server: machine.address, source: address };
      const relay = await UdpRelay.create(port, Math.random, to);
      this.#open.push(relay);
      for (const { name: from, clientAddress } of this.#places)
        relay.impairFrom(clientAddress, {
          up: { delayMs: oneWayMs(from, name) },
          down: { delayMs: oneWayMs(name, from) },
        });
    }
  }
}

function placeOf(name: string): RegionPlace {
  const machine = NetworkNamespace.create();
  return { name, machine, address: machine.addMachineAddress(), clientAddress: machine.hostAddress };
}
