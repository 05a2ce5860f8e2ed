import { Agent, type ClientRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { createProxyServer } from 'http-proxy-3';

/** Requests that change nothing, so that a second one does no harm. */
const REPEATABLE: readonly (string | undefined)[] = ['GET', 'HEAD'];

/** Passes requests on to services, over connections that stay open for further requests. */
export class Forwarder {
  readonly #agent = new Agent({ keepAlive: true });
  readonly #proxy = createProxyServer({ agent: this.#agent });
  /** The request to the service, for each request of a client. */
  readonly #sent = new WeakMap<IncomingMessage, ClientRequest>();

  /** @param onFailed Answers a request that no service answered. */
  constructor(onFailed: (response: ServerResponse) => void) {
    this.#proxy.on('proxyReq', (sent, request) => void this.#sent.set(request, sent));
    this.#proxy.on('proxyRes', (answer, _request, response) => {
      // Only the log of nginx needs this header.
      delete answer.headers['x-parley-room'];
      // The service ended in the middle of its answer. The client would wait for the rest.
      answer.once('error', () => response.destroy());
    });
    this.#proxy.on('error', (_error, request, response, target) => {
      if (!isAnswer(response)) return void response?.destroy();
      if (!this.#mayRepeat(request, response)) return onFailed(response);
      this.#sent.delete(request);
      this.#proxy.web(request, response, { target: target as string | URL, agent: false });
    });
  }

  web(request: IncomingMessage, response: ServerResponse, target: string): void {
    this.#proxy.web(request, response, { target });
  }

  webSocket(request: IncomingMessage, socket: Socket, head: Buffer, target: string): void {
    this.#proxy.ws(request, socket, head, { target });
  }

  close(): void {
    this.#agent.destroy();
    this.#proxy.close();
  }

  /**
   * A service closes a connection that nobody uses for a while. If a request comes at the same moment, the service has not
   * read it, and it is sent again on a new connection.
   */
  #mayRepeat(request: IncomingMessage, response: ServerResponse): boolean {
    const hasBody = 'content-length' in request.headers || 'transfer-encoding' in request.headers;
    return (
      this.#sent.get(request)?.reusedSocket === true &&
      REPEATABLE.includes(request.method) &&
      !hasBody &&
      !response.headersSent &&
      !response.destroyed
    );
  }
}

function isAnswer(response: ServerResponse | Socket | undefined): response is ServerResponse {
  return response !== undefined && 'writeHead' in response;
}
