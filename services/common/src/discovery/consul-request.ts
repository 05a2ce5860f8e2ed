import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import { tlsOptionsOf, type ServerTrust } from '../trust/server-trust.ts';

const TIMEOUT_MS = 3_000;

export type ConsulRequest = {
  url: string;
  trust?: ServerTrust | undefined;
  method: 'GET' | 'PUT';
  /** Below `/v1/`. */
  path: string;
  token: string;
  body?: object | undefined;
};

export type ConsulAnswer = { status: number; text: string };

/** One request to the HTTP API, on a connection of its own. Rejects if Consul does not answer in time or does not prove itself. */
export function askConsul(request: ConsulRequest): Promise<ConsulAnswer> {
  const { url, trust = {}, method, path, token, body } = request;
  const address = new URL(`/v1/${path}`, url);
  const options = {
    method,
    headers: { 'x-consul-token': token },
    agent: false,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  } as const;
  const { promise, resolve, reject } = Promise.withResolvers<ConsulAnswer>();
  const sent =
    address.protocol === 'https:'
      ? httpsRequest(address, { ...options, ...tlsOptionsOf(trust, address.hostname) })
      : httpRequest(address, options);
  sent.once('error', reject);
  sent.once('response', (response) => {
    text(response).then((read) => resolve({ status: response.statusCode ?? 0, text: read }), reject);
  });
  sent.end(body && JSON.stringify(body));
  return promise;
}
