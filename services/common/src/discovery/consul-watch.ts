import { EventEmitter } from 'node:events';
import type { ConsulClient, RegisteredInstance } from './consul-client.ts';
import { keepVanished, sameInstances } from './consul-instances.ts';
import { Pauses } from './pauses.ts';

const WAIT_MS = 30_000;
const WAIT_MIN_MS = 500;
/** Between two questions, however often Consul has something new. */
const QUESTION_INTERVAL_MS = 100;

/** Services register again within seconds; their health checks and a slow machine take the rest. */
export const VANISH_GRACE_MS = 60_000;

type Events = {
  /** The instances are others than before, or their health is. */
  changed: [];
  /** Consul gave an answer, or again gives one. */
  answered: [];
  /** Consul could not be asked. It is asked again by itself. */
  lost: [unknown];
};

type ConsulWatchOptions = { client: ConsulClient; service: string; graceMs?: number | undefined };

/**
 * The instances of one service, by blocking queries. A Consul that is away changes nothing, and one that comes back
 * without its data does not either for a while: what it has forgotten has time to register again.
 */
export class ConsulWatch extends EventEmitter<Events> {
  readonly service: string;
  readonly #client: ConsulClient;
  readonly #graceMs: number;
  readonly #pauses = new Pauses();
  #instances: readonly RegisteredInstance[] = [];
  /** 0 asks for an answer at once. */
  #index = 0n;
  #lost = false;
  /** Until then (of performance.now()) an instance that is not listed any more stays. */
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

  /** The client is its owner's to close, which ends the question that is on its way. */
  close(): void {
    this.#closed = true;
    this.removeAllListeners();
    this.#pauses.close();
  }

  /** Listen before. */
  async run(): Promise<void> {
    while (!this.#closed) await this.#ask();
  }

  async #ask(): Promise<void> {
    try {
      const answer = await this.#client.instances(this.service, this.#index, this.#waitMs());
      if (this.#closed) return;
      this.#accept(answer.index, answer.instances);
      this.emit('answered');
      await this.#pauses.pause(QUESTION_INTERVAL_MS);
    } catch (error) {
      if (this.#closed) return;
      this.#lost = true;
      // An index of a Consul that was, a new one would wait for in vain.
      this.#index = 0n;
      this.emit('lost', error);
      await this.#pauses.backOff();
    }
  }

  /** Not beyond the end of the grace, when a look is due at who has not come back. */
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
