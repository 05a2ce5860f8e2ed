import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** The TCP path to a server, which a test can cut. */
export class TcpRelay {
  readonly address: string;
  readonly #server: Server;
  readonly #sockets: Set<Socket>;

  /** @param target `host:port` of the server. @param at Where clients connect to. */
  static async create(target: string, at = { address: '127.0.0.1', port: 0 }): Promise<TcpRelay> {
    const [host = '', port] = target.split(':');
    const sockets = new Set<Socket>();
    const server = createServer((near) => joinSockets(near, connect(Number(port), host), sockets));
    server.listen(at.port, at.address);
    await once(server, 'listening');
    return new TcpRelay(server, sockets);
  }

  private constructor(server: Server, sockets: Set<Socket>) {
    const { address, port } = server.address() as AddressInfo;
    this.#server = server;
    this.#sockets = sockets;
    this.address = `${address}:${port}`;
  }

  /** Ends all connections. New ones can be made. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  close(): void {
    this.#server.close();
    this.cut();
  }
}

/** Carries what each of two sockets sends to the other. Both end together; `open` has those that are open. */
export function joinSockets(near: Socket, far: Socket, open: Set<Socket>): void {
  for (const [one, other] of [
    [near, far],
    [far, near],
  ] as const) {
    open.add(one);
    one.pipe(other);
    one.on('error', () => undefined);
    one.once('close', () => {
      open.delete(one);
      other.destroy();
    });
  }
}
