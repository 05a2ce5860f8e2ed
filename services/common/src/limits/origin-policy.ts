import type { IncomingMessage } from 'node:http';

type OriginRequest = Pick<IncomingMessage, 'method' | 'headers'>;

type OriginPolicyOptions = {
  allowedOrigins: readonly string[];
  /** Whether clients that send no Origin, and are therefore no browsers, may connect. */
  allowMissing: boolean;
};

/**
 * Decides which pages may connect. CORS does not cover WebSocket, so a foreign page could otherwise open a socket from
 * the browser of a visitor. Our own origin is the one with the host that the request was sent to.
 *
 * A page that polls its own origin sends no Origin with GET. A foreign page that sends no Origin cannot read the answer,
 * so it does not get the id of the session that it opened.
 */
export class OriginPolicy {
  readonly #allowed: ReadonlySet<string>;
  readonly #allowMissing: boolean;

  constructor(options: OriginPolicyOptions) {
    this.#allowed = new Set(options.allowedOrigins.map((origin) => new URL(origin).origin));
    this.#allowMissing = options.allowMissing;
  }

  allows({ method, headers }: OriginRequest): boolean {
    const { origin, host } = headers;
    if (origin === undefined) return this.#allowMissing || isOwnPoll(method, headers);
    if (!URL.canParse(origin)) return false;
    const given = new URL(origin);
    return (
      this.#allowed.has(given.origin) ||
      (host !== undefined && given.host === normalizedHost(host, given.protocol))
    );
  }
}

function isOwnPoll(method: string | undefined, headers: IncomingMessage['headers']): boolean {
  const site = headers['sec-fetch-site'];
  // Browsers send Sec-Fetch-Site on secure pages only, and older ones never.
  return method === 'GET' && headers.upgrade === undefined && (site === undefined || site === 'same-origin');
}

/** As in an origin: without the default port of the scheme. */
function normalizedHost(host: string, protocol: string): string | undefined {
  const url = `${protocol}//${host}`;
  return URL.canParse(url) ? new URL(url).host : undefined;
}
