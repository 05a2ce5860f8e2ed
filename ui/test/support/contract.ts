import { REQUESTS } from '@parley/proto/requests';
import { ROUTES } from '@parley/proto/rest';
import type { z } from 'zod';

/*
 * What a fake server checks of the client: the same schemas that the real servers parse with.
 */

/** Says what the contract refuses of a request over the socket; null: nothing. */
export function requestProblem(name: string, input: unknown): string | null {
  if (!Object.hasOwn(REQUESTS, name)) return `${name} is no request of the contract`;
  return problem(name, REQUESTS[name as keyof typeof REQUESTS].request, input);
}

/** Says what the contract refuses of a REST request; null: nothing. */
export function routeProblem(method: string, path: string, body: string): string | null {
  for (const [name, route] of Object.entries(ROUTES)) {
    const names = Array.from(route.path.matchAll(/\{(\w+)\}/g), ([, param]) => param ?? '');
    const match = new RegExp(`^${route.path.replace(/\{\w+\}/g, '([^/]+)')}$`).exec(path);
    if (route.method !== method || match === null) continue;
    const params = Object.fromEntries(names.map((param, index) => [param, match[index + 1]]));
    const wrongParams = 'params' in route ? problem(name, route.params, params) : null;
    if (wrongParams !== null) return wrongParams;
    if ('body' in route) return problem(name, route.body, body === '' ? undefined : JSON.parse(body));
    return body === '' ? null : `${name} takes no body`;
  }
  return `${method} ${path} is no route of the contract`;
}

/** Says what a schema refuses of a value; null: nothing. */
export function problem(what: string, schema: z.ZodType, value: unknown): string | null {
  const { error } = schema.safeParse(value);
  return error === undefined ? null : `${what}: ${error.message}`;
}
