import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A small HTTP server behind an edge. It records the requests that reach it, accepts every WebSocket and echoes its bytes. */
export class RecordingServer {
  readonly requests: IncomingMessage[] = [];
  readonly upgrades: IncomingMessage[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  /** @param port 0 lets the system choose. */
  static async start(name: string, answer?: Answer, port = 0): Promise<RecordingServer> {
    const witness = new RecordingServer(
      answer ?? ((request, response) => response.end(`${name} ${request.url}`)),
    );
    await new Promise<void>((resolve) => witness.#server.listen(port, '127.0.0.1', resolve));
    return witness;
  }

  private constructor(answer: Answer) {
    this.#server = createServer((request, response) => {
      this.requests.push(request);
      request.resume();
      answer(request, response);
    });
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    this.#server.on('upgrade', (request: IncomingMessage, socket: Socket) => {
      this.upgrades.push(request);
      socket.on('error', () => socket.destroy());
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
      socket.pipe(socket);
    });
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  clear(): void {
    this.requests.length = 0;
    this.upgrades.length = 0;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}
