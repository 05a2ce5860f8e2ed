import { parseHostPort } from '../config/env-schema.ts';

/** One instance of a service. Addresses are `host:port`. */
export type ServiceInstance = {
  /** Unique among all instances of all services. */
  readonly id: string;
  readonly address: string;
  /** The address of its admin server, where it is known. */
  readonly adminAddress?: string;
};

/** The present instances of services: fixed addresses under `npm start`, those of Consul in a cluster. */
export interface ServiceRegistry {
  /** The instances to call: those that seem to be alive, in the order of preference. */
  list(service: string): readonly ServiceInstance[];
  /** All instances, also those that are not ready; for monitoring. */
  registered(service: string): readonly ServiceInstance[];
  /** Calls the listener after each change; returns the function that ends it. */
  onChange(service: string, listener: () => void): () => void;
  close(): void;
}

/** Fixed addresses. */
export class StaticRegistry implements ServiceRegistry {
  readonly #instances = new Map<string, readonly ServiceInstance[]>();

  constructor(services: Readonly<Record<string, readonly string[]>>) {
    for (const [service, addresses] of Object.entries(services)) {
      const wrong = addresses.find((address) => parseHostPort(address) === undefined);
      if (wrong !== undefined) throw new TypeError(`not a host:port address for ${service}: ${wrong}`);
      this.#instances.set(
        service,
        Object.freeze([...new Set(addresses)].map((address) => Object.freeze({ id: address, address }))),
      );
    }
  }

  list(service: string): readonly ServiceInstance[] {
    return this.#instances.get(service) ?? [];
  }

  registered(service: string): readonly ServiceInstance[] {
    return this.list(service);
  }

  onChange(_service: string, _listener: () => void): () => void {
    return () => undefined;
  }

  close(): void {}
}
