import { ConsulClient, type ConsulClientOptions } from './consul-client.ts';
import { usable } from './consul-instances.ts';
import { ConsulWatch } from './consul-watch.ts';
import type { Logger } from '../logging/logger.ts';
import { withDeadline } from '../async/with-deadline.ts';
import { trustProblem } from '../trust/server-trust.ts';
import type { ServiceInstance, ServiceRegistry } from './service-registry.ts';

/** How long a start waits for the first answer; afterwards the services come as changes. */
const FIRST_ANSWER_MS = 2_000;

type ConsulRegistryOptions = ConsulClientOptions & {
  /** The services to watch. Every other service has no instances here. */
  services: readonly string[];
  logger: Logger;
  graceMs?: number;
};

/**
 * The instances of services according to Consul. Callers must not take an instance for failed because of this registry:
 * they notice a failure sooner by their own calls.
 */
export class ConsulRegistry implements ServiceRegistry {
  readonly #client: ConsulClient;
  readonly #logger: Logger;
  readonly #watches = new Map<string, ConsulWatch>();
  /** The services whose watch fails now. */
  readonly #lost = new Set<string>();
  #closed = false;

  private constructor({ services, logger, graceMs, ...client }: ConsulRegistryOptions) {
    this.#client = new ConsulClient(client);
    this.#logger = logger;
    for (const service of services) {
      const watch = new ConsulWatch({ client: this.#client, service, graceMs });
      this.#watches.set(service, watch);
      this.#handleWatch(watch);
    }
  }

  /** Resolves with the first answers, or without them when Consul is away or slow. Never rejects. */
  static async create(options: ConsulRegistryOptions): Promise<ConsulRegistry> {
    const registry = new ConsulRegistry(options);
    const firstAnswers = Array.from(
      registry.#watches.values(),
      (watch) =>
        new Promise<void>((resolve) => {
          watch.once('answered', resolve);
          watch.once('lost', () => resolve());
        }),
    );
    for (const watch of registry.#watches.values()) void watch.run();
    await withDeadline(Promise.all(firstAnswers), FIRST_ANSWER_MS, () => undefined);
    return registry;
  }

  /** Whether the watches of all services work now. */
  get reachable(): boolean {
    return this.#lost.size === 0;
  }

  get closed(): boolean {
    return this.#closed;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const watch of this.#watches.values()) watch.close();
    this.#client.close();
  }

  list(service: string): readonly ServiceInstance[] {
    return usable(this.#watches.get(service)?.instances ?? []);
  }

  registered(service: string): readonly ServiceInstance[] {
    return (this.#watches.get(service)?.instances ?? []).map((entry) => entry.instance);
  }

  onChange(service: string, listener: () => void): () => void {
    const watch = this.#watches.get(service);
    watch?.on('changed', listener);
    return () => watch?.off('changed', listener);
  }

  #handleWatch(watch: ConsulWatch): void {
    watch.on('changed', () => {
      const instances = watch.instances.map(({ instance }) => instance.id);
      this.#logger.info({ wanted: watch.service, instances }, 'instances changed');
    });
    watch.on('lost', (error) => {
      const untrusted = trustProblem(error);
      if (this.#lost.size === 0)
        this.#logger.warn({ err: error, untrusted }, 'Consul is away, keeping what is known');
      this.#lost.add(watch.service);
    });
    watch.on('answered', () => {
      if (this.#lost.delete(watch.service) && this.#lost.size === 0) this.#logger.info('Consul is back');
    });
  }
}
