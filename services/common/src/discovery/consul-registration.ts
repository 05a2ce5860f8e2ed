import { ConsulClient, type ConsulClientOptions, type Registrant } from './consul-client.ts';
import type { Logger } from '../logging/logger.ts';
import { withDeadline } from '../async/with-deadline.ts';
import { trustProblem } from '../trust/server-trust.ts';
import { Pauses } from './pauses.ts';

/** How often the registration is checked: Consul may have restarted without its data. */
const CHECK_INTERVAL_MS = 5_000;
/** A stop has a deadline. Consul's own checks notice an instance that could not deregister. */
const DEREGISTER_TIMEOUT_MS = 1_000;

type ConsulRegistrationOptions = ConsulClientOptions & {
  registrant: Registrant;
  logger: Logger;
  checkIntervalMs?: number;
};

/** Keeps one instance registered until it is closed, also when Consul restarts or is away for a while. */
export class ConsulRegistration {
  readonly #client: ConsulClient;
  readonly #registrant: Registrant;
  readonly #logger: Logger;
  readonly #checkIntervalMs: number;
  readonly #pauses = new Pauses();
  readonly #running: Promise<void>;
  #registered = false;
  #failureLogged = false;
  #closing: Promise<void> | undefined;

  private constructor({ registrant, logger, checkIntervalMs, ...client }: ConsulRegistrationOptions) {
    this.#client = new ConsulClient(client);
    this.#registrant = registrant;
    this.#logger = logger;
    this.#checkIntervalMs = checkIntervalMs ?? CHECK_INTERVAL_MS;
    this.#running = this.#run();
  }

  /** Begins to register and returns at once: a service starts and works without Consul. */
  static create(options: ConsulRegistrationOptions): ConsulRegistration {
    return new ConsulRegistration(options);
  }

  /** Whether the instance was registered at the last check. */
  get registered(): boolean {
    return this.#registered;
  }

  get closed(): boolean {
    return this.#closing !== undefined;
  }

  /** Deregisters, so that callers choose other instances. Resolves within a second, whether or not Consul answers. */
  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #run(): Promise<void> {
    while (!this.closed) await this.#check();
  }

  async #check(): Promise<void> {
    try {
      this.#registered = await this.#client.isRegistered(this.#registrant);
      if (!this.#registered && !this.closed) await this.#register();
      this.#failureLogged = false;
      this.#pauses.reset();
      await this.#pauses.pause(this.#checkIntervalMs);
    } catch (error) {
      this.#registered = false;
      if (this.closed) return;
      // Logged once for each absence of Consul; the attempts go on.
      if (!this.#failureLogged)
        this.#logger.warn({ err: error, untrusted: trustProblem(error) }, 'cannot register in Consul');
      this.#failureLogged = true;
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

  /** Waits for a request in progress first, so that a late registration does not outlive the instance. */
  async #deregister(): Promise<void> {
    await this.#running;
    await this.#client.deregister(this.#registrant.id).catch((error: unknown) => {
      this.#logger.debug({ err: error }, 'not deregistered from Consul');
    });
  }
}
