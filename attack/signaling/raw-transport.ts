import { once } from 'node:events';
import { waitFor } from '@parley/common/testing';
import { WebSocket } from 'ws';
import type { Visitor } from '../frame/visitor.ts';

/** A WebSocket that speaks Engine.io and Socket.io by hand, so that it can send what no library sends. */
export class RawTransport {
  readonly webSocket: WebSocket;
  readonly received: string[] = [];
  pongs = 0;
  #id = 0;

  static async open(visitor: Visitor, query = ''): Promise<RawTransport> {
    const url = `${visitor.socketOrigin.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket${query}`;
    const headers = { ...visitor.headers, origin: visitor.socketOrigin };
    const transport = new RawTransport(new WebSocket(url, { headers }));
    await once(transport.webSocket, 'open');
    return transport;
  }

  private constructor(webSocket: WebSocket) {
    this.webSocket = webSocket;
    webSocket.on('message', (data: Buffer) => this.#receive(data.toString()));
    webSocket.on('pong', () => (this.pongs += 1));
    webSocket.on('error', () => undefined);
  }

  get closed(): boolean {
    return this.webSocket.readyState !== WebSocket.OPEN;
  }

  /** Answers to requests: those that were carried out, or all. */
  answers(kind: 'carried out' | 'all'): number {
    return this.received.filter(
      (text) => text.startsWith('43') && (kind === 'all' || text.includes('"ok":true')),
    ).length;
  }

  send(text: string): void {
    if (!this.closed) this.webSocket.send(text);
  }

  /** Does not wait for the answer. */
  emit(verb: string, payload: unknown): void {
    this.#id += 1;
    this.send(`42${this.#id}${JSON.stringify([verb, payload])}`);
  }

  /** Resolves when the server has answered the CONNECT, or has closed. */
  async connect(auth: object): Promise<void> {
    const before = this.#connectAnswers;
    this.send(`40${JSON.stringify(auth)}`);
    await waitFor(() => this.closed || this.#connectAnswers > before, { what: 'an answer to CONNECT' });
  }

  /** Resolves when the server has answered everything so far, or has closed. */
  async settled(): Promise<void> {
    await waitFor(() => this.closed || this.answers('all') >= this.#id, {
      what: 'the answers',
      timeoutMs: 30_000,
    });
  }

  async ended(): Promise<void> {
    await waitFor(() => this.closed, { what: 'the end of the transport', timeoutMs: 30_000 });
  }

  close(): void {
    this.webSocket.terminate();
  }

  get #connectAnswers(): number {
    return this.received.filter((text) => /^4[04]/.test(text)).length;
  }

  #receive(text: string): void {
    this.received.push(text);
    if (text === '2') this.send('3');
  }
}
