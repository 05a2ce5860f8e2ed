import type { IncomingMessage } from 'node:http';

type OriginPolicyOptions = {
  allowedOrigins: readonly string[];
  /** Clients that are no browsers send none. */
  allowMissing: boolean;
};

/**
 * Which pages may connect. CORS does not cover WebSocket, so a page of a stranger's could otherwise open a socket from
 * a visitor's browser. Our own origin is the one whose host the request was sent to.
 */
export class OriginPolicy {
  readonly #allowed: ReadonlySet<string>;
  readonly #allowMissing: boolean;

  constructor(options: OriginPolicyOptions) {
    this.#allowed = new Set(options.allowedOrigins.map((origin) => new URL(origin).origin));
    this.#allowMissing = options.allowMissing;
  }

  allows(headers: IncomingMessage['headers']): boolean {
    const { origin, host } = headers;
    if (origin === undefined) return this.#allowMissing;
    if (!URL.canParse(origin)) return false;
    const given = new URL(origin);
    return (
      this.#allowed.has(given.origin) ||
      (host !== undefined && given.host === normalizedHost(host, given.protocol))
    );
  }
}

/** Without the port that the scheme implies, as an origin is written. */
function normalizedHost(host: string, protocol: string): string | undefined {
  const url = `${protocol}//${host}`;
  return URL.canParse(url) ? new URL(url).host : undefined;
}
