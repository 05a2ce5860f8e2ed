import type { IncomingMessage, ServerResponse } from 'node:http';
import { isIP } from 'node:net';
import { ParleyError } from '@parley/proto';
import type { z } from 'zod';
import type { Login } from '../login/logins.ts';

const BODY_BYTES_MAX = 4_096;

export type RequestContext = {
  request: IncomingMessage;
  response: ServerResponse;
  query: URLSearchParams;
  /** Aborted when the client is gone. */
  signal: AbortSignal;
};

export type OperatorContext = RequestContext & { session: Login };

/** The query with each name once, by its schema. Empty values are as none: a form sends those of its empty fields. */
export function readQuery<S extends z.ZodObject>(schema: S, query: URLSearchParams): z.output<S> {
  const given = new Map<string, string>();
  for (const [name, value] of query) {
    if (given.has(name)) throw new ParleyError('invalid_request', 'A parameter is given twice.');
    if (value !== '') given.set(name, value);
  }
  const result = schema.safeParse(Object.fromEntries(given));
  if (!result.success) throw new ParleyError('invalid_request', describe(result.error));
  return result.data;
}

function describe(error: z.ZodError): string {
  const names = error.issues.map((issue) =>
    issue.code === 'unrecognized_keys' ? 'unknown' : issue.path.join('.'),
  );
  return `These parameters are not valid: ${[...new Set(names)].join(', ')}.`.slice(0, 300);
}

/** A form's body, which is small. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  if (request.headers['content-type']?.split(';')[0] !== 'application/x-www-form-urlencoded') {
    throw new ParleyError('invalid_request');
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes > BODY_BYTES_MAX) throw new ParleyError('payload_too_large');
    chunks.push(chunk as Buffer);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString());
}

/** Refuses what another site's page makes a browser send. */
export function refuseCrossSite(request: IncomingMessage): void {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    throw new ParleyError('origin_not_allowed');
}

/** Who asks, when `hops` proxies of ours stand before us: each appended the address that it saw. */
export function clientAddress(request: IncomingMessage, hops: number): string {
  const own = request.socket.remoteAddress ?? '';
  const header = request.headers['x-forwarded-for'];
  const claimed = typeof header === 'string' ? header.split(',').map((entry) => entry.trim()) : [];
  const chain = [...claimed, own];
  const chosen = chain[Math.max(0, chain.length - 1 - hops)] ?? own;
  return isIP(chosen) === 0 ? own : chosen;
}
