import type { IncomingMessage } from 'node:http';

type OriginRequest = Pick<IncomingMessage, 'method' | 'headers'>;

type OriginPolicyOptions = {
  allowedOrigins: readonly string[];
  /** Whether clients that send no Origin, and are therefore no browsers, may connect. */
  allowMissing: boolean;
};

/**
 * Decides which pages may connect. CORS does not cover WebSocket, so a foreign page could otherwise open a socket from
 * the browser of a visitor. Our own origin is the one with the host that the request was sent to. Proxies of operators replace that host or
 * drop its port. So a browser that says itself that the page is of the same origin is believed: no page can set this header.
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
      headers['sec-fetch-site'] === 'same-origin' ||
      (host !== undefined && isSameHost(given, host))
    );
  }
}

function isOwnPoll(method: string | undefined, headers: IncomingMessage['headers']): boolean {
  const site = headers['sec-fetch-site'];
  // Browsers send Sec-Fetch-Site on secure pages only, and older ones never.
  return method === 'GET' && headers.upgrade === undefined && (site === undefined || site === 'same-origin');
}

/**
 * A Host without a port fits every port: nginx's `$host`, which many proxies send on, is without it, and not every browser says with a WebSocket
 * whether the origin is the same.
 */
function isSameHost(given: URL, host: string): boolean {
  const url = `${given.protocol}//${host}`;
  if (!URL.canParse(url)) return false;
  const hasPort = /:\d+$/.test(host);
  return hasPort ? given.host === new URL(url).host : given.hostname === new URL(url).hostname;
}
