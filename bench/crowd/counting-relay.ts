import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What passed between signaling and Redis. Events that an instance reads are `received`, and no commands of its own. */
export type Traffic = { commands: number; sent: number; received: number };

/** A command of Redis' protocol with its name: an array of texts. What an instance sends by itself, whatever clients do, is not counted. */
const COMMAND = /\*\d+\r\n\$\d+\r\n([a-z]+)\r\n/gi;
const PERIODIC = new Set(['PING', 'XREAD', 'XTRIM', 'XRANGE', 'HELLO', 'CLIENT', 'INFO', 'ZRANGE']);

/** Stands between signaling and Redis, and counts. */
export class CountingRelay {
  readonly url: string;
  readonly #server: Server;
  readonly #traffic: Traffic = { commands: 0, sent: 0, received: 0 };

  static async start(target: string): Promise<CountingRelay> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new CountingRelay(server, Number(new URL(target).port));
  }

  private constructor(server: Server, targetPort: number) {
    this.#server = server;
    this.url = `redis://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('connection', (near) => this.#join(near, connect(targetPort, '127.0.0.1')));
  }

  read(): Traffic {
    return { ...this.#traffic };
  }

  close(): void {
    this.#server.close();
  }

  #join(near: Socket, far: Socket): void {
    near.on('data', (data: Buffer) => this.#countSent(data));
    far.on('data', (data: Buffer) => (this.#traffic.received += data.length));
    near.pipe(far);
    far.pipe(near);
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
  }

  #countSent(data: Buffer): void {
    this.#traffic.sent += data.length;
    for (const [, name = ''] of data.toString('latin1').matchAll(COMMAND))
      if (!PERIODIC.has(name.toUpperCase())) this.#traffic.commands += 1;
  }
}
