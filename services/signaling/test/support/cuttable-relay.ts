import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { joinSockets } from '@parley/common/testing';

const GREETING_MAX = 1_000;

/** A TCP relay to a server on this machine that a test can cut and mend for one client. */
export class CuttableRelay {
  readonly port: number;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** The first that each client has sent. */
  readonly #greetings = new Map<Socket, string>();
  #isCut = false;
  #cutName: string | undefined;

  static async start(targetPort: number): Promise<CuttableRelay> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new CuttableRelay(server, targetPort);
  }

  private constructor(server: Server, targetPort: number) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
    server.on('connection', (near) => {
      if (this.#isCut) return near.destroy();
      const far = connect(targetPort, '127.0.0.1');
      near.on('data', (data) => this.#handleSent(near, data));
      near.once('close', () => this.#greetings.delete(near));
      joinSockets(near, far, this.#sockets);
    });
  }

  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Cuts only the connections whose client has sent this name. */
  cutNamed(name: string): void {
    this.#cutName = name;
    for (const [near, greeting] of this.#greetings) if (greeting.includes(name)) near.destroy();
  }

  mend(): void {
    this.#isCut = false;
    this.#cutName = undefined;
  }

  close(): void {
    this.cut();
    this.#server.close();
  }
  #handleSent(near: Socket, data: Buffer): void {
    const greeting = this.#greetings.get(near) ?? '';
    if (greeting.length >= GREETING_MAX) return;
    this.#greetings.set(near, greeting + data.toString('latin1'));
    if (this.#cutName !== undefined && this.#greetings.get(near)?.includes(this.#cutName)) near.destroy();
  }
}
