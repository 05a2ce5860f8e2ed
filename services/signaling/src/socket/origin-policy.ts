import type { IncomingMessage } from 'node:http';

type OriginRequest = Pick<IncomingMessage, 'method' | 'headers'>;

type OriginPolicyOptions = {
  allowedOrigins: readonly string[];
  /** Whether clients without one, which are no browsers, may do whatever they like. */
  allowMissing: boolean;
};

/**
 * Which pages may connect. CORS does not cover WebSocket, so a page of a stranger's could otherwise open a socket from
 * a visitor's browser. Our own origin is the one whose host the request was sent to.
 *
 * A page that polls its own origin sends none with GET. A stranger's page that asks without one cannot read the answer,
 * so it never learns of the session that it opened.
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
  // Browsers say who asks on secure pages only, and older ones never.
  return method === 'GET' && headers.upgrade === undefined && (site === undefined || site === 'same-origin');
}

/** Without the port that the scheme implies, as an origin is written. */
function normalizedHost(host: string, protocol: string): string | undefined {
  const url = `${protocol}//${host}`;
  return URL.canParse(url) ? new URL(url).host : undefined;
}
