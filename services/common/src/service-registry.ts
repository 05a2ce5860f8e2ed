import { parseHostPort } from './env-schema.ts';

/** One reachable instance of a service. */
export type ServiceInstance = { readonly address: string };

/** Where the instances of a service are now. `npm start` has fixed addresses; a cluster asks its discovery. */
export interface ServiceRegistry {
  /** Addresses (`host:port`) that are thought to be alive, in the order to prefer. */
  list(service: string): readonly ServiceInstance[];
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
        Object.freeze([...new Set(addresses)].map((address) => Object.freeze({ address }))),
      );
    }
  }

  list(service: string): readonly ServiceInstance[] {
    return this.#instances.get(service) ?? [];
  }

  onChange(_service: string, _listener: () => void): () => void {
    return () => undefined;
  }

  close(): void {}
}
