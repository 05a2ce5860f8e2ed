import { ConsulClient, type ConsulClientOptions, type Registrant } from './consul-client.ts';
import type { Logger } from '../logging/logger.ts';
import { withDeadline } from '../async/with-deadline.ts';
import { Pauses } from './pauses.ts';

/** How often Consul is asked whether it still knows us: it may have been started anew, without its data. */
const LOOK_INTERVAL_MS = 5_000;
/** A stop has a deadline. Consul's own checks notice an instance that could not deregister. */
const DEREGISTER_TIMEOUT_MS = 1_000;

type ConsulRegistrationOptions = ConsulClientOptions & {
  registrant: Registrant;
  logger: Logger;
  lookIntervalMs?: number;
};

/** Keeps one instance registered for as long as it lives, whatever becomes of Consul meanwhile. */
export class ConsulRegistration {
  readonly #client: ConsulClient;
  readonly #registrant: Registrant;
  readonly #logger: Logger;
  readonly #lookIntervalMs: number;
  readonly #pauses = new Pauses();
  readonly #running: Promise<void>;
  #registered = false;
  #told = false;
  #closing: Promise<void> | undefined;

  private constructor({ registrant, logger, lookIntervalMs, ...client }: ConsulRegistrationOptions) {
    this.#client = new ConsulClient(client);
    this.#registrant = registrant;
    this.#logger = logger;
    this.#lookIntervalMs = lookIntervalMs ?? LOOK_INTERVAL_MS;
    this.#running = this.#run();
  }

  /** Begins at once and waits for nothing: a service starts and works without Consul. */
  static create(options: ConsulRegistrationOptions): ConsulRegistration {
    return new ConsulRegistration(options);
  }

  /** Whether Consul knew us when it was last asked. */
  get registered(): boolean {
    return this.#registered;
  }

  get closed(): boolean {
    return this.#closing !== undefined;
  }

  /** Deregisters, so that nobody new comes here. Resolves within a second, whether or not Consul answers. */
  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #run(): Promise<void> {
    while (!this.closed) await this.#look();
  }

  async #look(): Promise<void> {
    try {
      this.#registered = await this.#client.knows(this.#registrant);
      if (!this.#registered && !this.closed) await this.#register();
      this.#told = false;
      this.#pauses.reset();
      await this.#pauses.pause(this.#lookIntervalMs);
    } catch (error) {
      this.#registered = false;
      if (this.closed) return;
      // Said once per absence; the tries go on.
      if (!this.#told) this.#logger.warn({ err: error }, 'cannot register in Consul');
      this.#told = true;
      await this.#pauses.backOff();
    }
  }

  async #register(): Promise<void> {
    await this.#client.register(this.#registrant);
    this.#registered = true;
    this.#logger.info({ id: this.#registrant.id, address: this.#registrant.address }, 'registered in Consul');
  }

  async #end(): Promise<void> {
    this.#pauses.close();
    await withDeadline(this.#deregister(), DEREGISTER_TIMEOUT_MS, () => undefined);
    this.#client.close();
    this.#registered = false;
  }

  /** After whatever is on its way, so that a late registration does not outlive us. */
  async #deregister(): Promise<void> {
    await this.#running;
    await this.#client.deregister(this.#registrant.id).catch((error: unknown) => {
      this.#logger.debug({ err: error }, 'not deregistered from Consul');
    });
  }
}
