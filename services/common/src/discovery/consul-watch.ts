import { EventEmitter } from 'node:events';
import type { ConsulClient, RegisteredInstance } from './consul-client.ts';
import { keepVanished, sameInstances } from './consul-instances.ts';
import { Pauses } from './pauses.ts';

const WAIT_MS = 30_000;
const WAIT_MIN_MS = 500;
/** The shortest time between two queries, however often the list changes. */
const QUERY_INTERVAL_MS = 100;

/** Services register again within seconds; their health checks and a slow machine take the rest. */
const VANISH_GRACE_MS = 60_000;

type Events = {
  /** The list of instances, or the health of one, has changed. */
  changed: [];
  /** Consul answered a query. */
  answered: [];
  /** A query failed. The watch tries again by itself. */
  lost: [unknown];
};

type ConsulWatchOptions = { client: ConsulClient; service: string; graceMs?: number | undefined };

/**
 * The instances of one service, by blocking queries. While Consul is away the list stays as it is. After Consul has come
 * back, perhaps without its data, instances that are missing stay for a grace period, in which they register again.
 */
export class ConsulWatch extends EventEmitter<Events> {
  readonly service: string;
  readonly #client: ConsulClient;
  readonly #graceMs: number;
  readonly #pauses = new Pauses();
  #instances: readonly RegisteredInstance[] = [];
  /** The index of the last answer. With 0 Consul answers at once. */
  #index = 0n;
  #lost = false;
  /** Until this time (of performance.now()) an instance that is no longer listed stays. */
  #keepUntil = 0;
  #closed = false;

  constructor({ client, service, graceMs = VANISH_GRACE_MS }: ConsulWatchOptions) {
    super();
    this.#client = client;
    this.service = service;
    this.#graceMs = graceMs;
  }

  get instances(): readonly RegisteredInstance[] {
    return this.#instances;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** The owner of the client closes the client, which ends the query in progress. */
  close(): void {
    this.#closed = true;
    this.removeAllListeners();
    this.#pauses.close();
  }

  /** Queries until `close()`. Add listeners before. */
  async run(): Promise<void> {
    while (!this.#closed) await this.#query();
  }

  async #query(): Promise<void> {
    try {
      const answer = await this.#client.instances(this.service, this.#index, this.#waitMs());
      if (this.#closed) return;
      this.#accept(answer.index, answer.instances);
      this.emit('answered');
      await this.#pauses.pause(QUERY_INTERVAL_MS);
    } catch (error) {
      if (this.#closed) return;
      this.#lost = true;
      // A restarted Consul begins its index anew and would not answer a query with the old one.
      this.#index = 0n;
      this.emit('lost', error);
      await this.#pauses.backOff();
    }
  }

  /** A query ends soon after the grace period, when instances that have not come back are to be removed. */
  #waitMs(): number {
    const graceLeftMs = this.#keepUntil - performance.now();
    return graceLeftMs > 0 ? Math.min(WAIT_MS, graceLeftMs + WAIT_MIN_MS) : WAIT_MS;
  }

  #accept(index: bigint, listed: readonly RegisteredInstance[]): void {
    const isNewConsul = this.#lost || index < this.#index;
    if (isNewConsul) this.#keepUntil = performance.now() + this.#graceMs;
    this.#lost = false;
    this.#index = index < this.#index ? 0n : index;
    this.#pauses.reset();
    const isGrace = performance.now() < this.#keepUntil;
    const instances = isGrace ? keepVanished(this.#instances, listed) : listed;
    if (sameInstances(instances, this.#instances)) return;
    this.#instances = instances;
    this.emit('changed');
  }
}
