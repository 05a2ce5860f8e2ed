import { EventEmitter } from 'node:events';
import { Agent } from 'node:https';
import Consul from 'consul';
import { z } from 'zod';
import { joinHostPort, parseHostPort } from '../config/env-schema.ts';
import { isError } from '../logging/is-error.ts';
import { tlsOptionsOf, type ServerTrust } from '../trust/server-trust.ts';
import type { ServiceInstance } from './service-registry.ts';

const REQUEST_TIMEOUT_MS = 2_000;
/** The time for the network. Consul itself adds up to a sixteenth to the wait that a query asks for. */
const WAIT_MARGIN_MS = 5_000;
const CHECK_INTERVAL = '5s';
const CHECK_TIMEOUT = '3s';
/** Consul removes an instance whose check fails for so long. The shortest time that Consul accepts. */
const FORGET_AFTER = '1m';

export type ConsulClientOptions = {
  /** With `https:` Consul proves itself before it gets the token. */
  url: string;
  token?: string | undefined;
  trust?: ServerTrust | undefined;
};

/** One registered instance, and whether all its health checks pass. */
export type RegisteredInstance = { readonly instance: ServiceInstance; readonly passing: boolean };

/** The instance that registers. Addresses are `host:port`. */
export type Registrant = { id: string; service: string; address: string; adminAddress: string };

const entriesSchema = z.array(
  z.object({
    Node: z.object({ Address: z.string() }),
    Service: z.object({
      ID: z.string(),
      Address: z.string(),
      Port: z.number(),
      Meta: z.record(z.string(), z.string()).nullish(),
    }),
    Checks: z.array(z.object({ Status: z.string() })),
  }),
);
const registeredSchema = z.record(z.string(), z.object({ Address: z.string(), Port: z.number() }));
const responseSchema = z.object({ headers: z.record(z.string(), z.unknown()) });

/** The `ctx` of the client library: it makes the library return the response with its headers; `cancel` aborts the request. */
class RequestContext extends EventEmitter<{ cancel: [] }> {
  readonly includeResponse = true;
}

/** The requests to Consul that we need, with parsed answers. Every method rejects while Consul is away. */
export class ConsulClient {
  readonly #consul: Consul;
  readonly #contexts = new Set<RequestContext>();
  #closed = false;

  constructor({ url, token, trust = {} }: ConsulClientOptions) {
    const { protocol, hostname, port } = new URL(url);
    const secure = protocol === 'https:';
    this.#consul = new Consul({
      host: hostname,
      port: Number(port || (secure ? 443 : 80)),
      secure,
      ...(secure && { agent: new Agent({ keepAlive: true, ...tlsOptionsOf(trust, hostname) }) }),
      ...(token === undefined ? {} : { defaults: { token } }),
    });
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Aborts the requests in progress. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const context of this.#contexts) context.emit('cancel');
    this.#consul.destroy();
  }

  /** Every instance of the service. Resolves when the list has changed since `index`, or after about `waitMs`. */
  async instances(
    service: string,
    index: bigint,
    waitMs: number,
  ): Promise<{ index: bigint; instances: RegisteredInstance[] }> {
    const options = {
      service,
      index: String(index),
      wait: `${Math.ceil(waitMs)}ms`,
      timeout: waitMs + waitMs / 16 + WAIT_MARGIN_MS,
    };
    const [response, body] = await this.#ask(options, (given) => this.#consul.health.service(given));
    const answeredIndex = responseSchema.parse(response).headers['x-consul-index'];
    return {
      index: BigInt(z.string().regex(/^\d+$/).parse(answeredIndex)),
      instances: entriesSchema.parse(body).flatMap(toInstance),
    };
  }

  /** Whether Consul's agent has the instance registered under this address. */
  async isRegistered({ id, address }: Registrant): Promise<boolean> {
    const options = { filter: `ID == ${JSON.stringify(id)}`, timeout: REQUEST_TIMEOUT_MS };
    const [, body] = await this.#ask(options, (given) => this.#consul.agent.service.list(given));
    const known = registeredSchema.parse(body)[id];
    return known !== undefined && joinHostPort(known.Address, known.Port) === address;
  }

  /** Replaces a registration under the same id. From then on Consul polls `/readyz` of the admin server. */
  async register({ id, service, address, adminAddress }: Registrant): Promise<void> {
    const { host, port } = parseHostPort(address) ?? { host: address, port: 0 };
    const options = {
      id,
      name: service,
      address: host,
      port,
      meta: { admin: adminAddress },
      check: {
        name: 'readiness',
        http: `http://${adminAddress}/readyz`,
        interval: CHECK_INTERVAL,
        timeout: CHECK_TIMEOUT,
        deregistercriticalserviceafter: FORGET_AFTER,
      },
      timeout: REQUEST_TIMEOUT_MS,
    };
    await this.#ask(options, (given) => this.#consul.agent.service.register(given));
  }

  async deregister(id: string): Promise<void> {
    const options = { id, timeout: REQUEST_TIMEOUT_MS };
    await this.#ask(options, (given) => this.#consul.agent.service.deregister(given));
  }

  /** Response and body of one request. `request` makes the request with the given options. */
  async #ask<T extends object>(
    options: T,
    request: (options: T) => Promise<unknown>,
  ): Promise<[response: unknown, body: unknown]> {
    if (this.#closed) throw new Error('the Consul client is closed');
    const ctx = new RequestContext();
    this.#contexts.add(ctx);
    try {
      const answer = await request({ ...options, ctx });
      // The library takes an error of Node's core for a value where a test runner has a global object of its own.
      if (isError(answer)) throw answer;
      const [response, body] = answer as [unknown, unknown];
      return [response, body];
    } finally {
      this.#contexts.delete(ctx);
    }
  }
}

/** No instance if the entry has no usable address: somebody else has registered it under our name. */
function toInstance({ Node, Service, Checks }: z.infer<typeof entriesSchema>[number]): RegisteredInstance[] {
  const address = joinHostPort(Service.Address || Node.Address, Service.Port);
  if (parseHostPort(address) === undefined) return [];
  const adminAddress = Service.Meta?.['admin'];
  const admin =
    adminAddress === undefined || parseHostPort(adminAddress) === undefined ? {} : { adminAddress };
  return [
    {
      instance: Object.freeze({ id: Service.ID, address, ...admin }),
      passing: Checks.every((check) => check.Status === 'passing'),
    },
  ];
}
