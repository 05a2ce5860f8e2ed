import { z } from 'zod';
import type { ServerTrust } from '../trust/server-trust.ts';
import { askConsul, type ConsulAnswer } from './consul-request.ts';

/** The accounts of our Consul, each with a token, besides the one that manages it. `agent` is Consul itself; `operator` reads everything. */
export const CONSUL_ACCOUNTS = ['media', 'signaling', 'gateway', 'logs', 'agent', 'operator'] as const;

export type ConsulAccount = (typeof CONSUL_ACCOUNTS)[number];
export type ConsulTokens = Readonly<Record<ConsulAccount, string>>;

const write = (service: string) => `service "${service}" { policy = "write" }`;
/** The health of instances is read by their service and by the node that they are on. */
const find = (...services: string[]) =>
  [
    'node_prefix "" { policy = "read" }',
    ...services.map((name) => `service "${name}" { policy = "read" }`),
  ].join('\n');

/** What each account may do and no more: a service registers itself, and finds those that it calls or lists for Prometheus. */
export const CONSUL_RULES: Readonly<Record<ConsulAccount, string>> = {
  media: write('media'),
  signaling: [write('signaling'), find('media')].join('\n'),
  gateway: [write('gateway'), find('signaling', 'media', 'logs')].join('\n'),
  logs: write('logs'),
  agent: 'node_prefix "" { policy = "write" }\nservice_prefix "" { policy = "read" }',
  operator: ['node_prefix', 'service_prefix', 'agent_prefix']
    .map((what) => `${what} "" { policy = "read" }`)
    .join('\n'),
};

const policySchema = z.object({ ID: z.string(), Name: z.string() });

type ConsulAccessOptions = { url: string; trust?: ServerTrust; managementToken: string };

/** The accounts of a Consul that refuses everybody else. Its data does not outlive it, so the accounts are made after each start. */
export class ConsulAccess {
  readonly #url: string;
  readonly #trust: ServerTrust | undefined;
  readonly #managementToken: string;

  constructor({ url, trust, managementToken }: ConsulAccessOptions) {
    this.#url = url;
    this.#trust = trust;
    this.#managementToken = managementToken;
  }

  /** Makes the accounts that are missing. Rejects while Consul does not answer or has no leader yet; call it again then. */
  async grant(tokens: ConsulTokens): Promise<void> {
    for (const account of CONSUL_ACCOUNTS)
      if (!(await this.accepts(tokens[account]))) await this.#make(account, tokens[account]);
  }

  /** Whether Consul knows the token. */
  async accepts(token: string): Promise<boolean> {
    const response = await this.#send('GET', 'acl/token/self', token);
    if (response.status !== 200 && response.status !== 403)
      throw new Error(`Consul answered ${response.status}`);
    return response.status === 200;
  }

  async #make(account: ConsulAccount, secret: string): Promise<void> {
    const name = `parley-${account}`;
    const known = z.array(policySchema).parse(await this.#manage('GET', 'acl/policies'));
    const id = known.find(({ Name }) => Name === name)?.ID;
    const policy = { Name: name, Rules: CONSUL_RULES[account] };
    await this.#manage('PUT', id === undefined ? 'acl/policy' : `acl/policy/${id}`, policy);
    const token = { SecretID: secret, Description: name, Policies: [{ Name: name }] };
    await this.#manage('PUT', 'acl/token', token);
  }

  async #manage(method: 'GET' | 'PUT', path: string, body?: object): Promise<unknown> {
    const response = await this.#send(method, path, this.#managementToken, body);
    // The answer to a wrong request may repeat it, with the token in it.
    if (response.status !== 200) throw new Error(`Consul answered ${response.status} to ${path}`);
    return JSON.parse(response.text) as unknown;
  }

  #send(method: 'GET' | 'PUT', path: string, token: string, body?: object): Promise<ConsulAnswer> {
    return askConsul({ url: this.#url, trust: this.#trust, method, path, token, body });
  }
}
