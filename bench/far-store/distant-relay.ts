import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A TCP path to a server that is far: what either side sends arrives half a round trip later. */
export class DistantRelay {
  readonly address: string;
  readonly #server: Server;

  /** @param target `host:port` of the server. @param roundTripMs Milliseconds there and back. */
  static async start(target: string, roundTripMs: number): Promise<DistantRelay> {
    const [host = '', port] = target.split(':');
    const server = createServer((near) => {
      const far = connect(Number(port), host);
      carry(near, far, roundTripMs / 2);
      carry(far, near, roundTripMs / 2);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new DistantRelay(server);
  }

  private constructor(server: Server) {
    this.#server = server;
    const { address, port } = server.address() as AddressInfo;
    this.address = `${address}:${port}`;
  }

  close(): void {
    this.#server.close();
  }
}

/** Timers of one length end in the order in which they began, so nothing is overtaken. */
function carry(from: Socket, to: Socket, delayMs: number): void {
  to.setNoDelay(true);
  from.on('data', (data: Buffer) => setTimeout(() => to.writable && to.write(data), delayMs));
  from.on('error', () => to.destroy());
  from.once('close', () => setTimeout(() => to.destroy(), delayMs));
}
