import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** A network path between one client and one UDP port of this machine, which the test can cut. */
export class UdpRelay {
  readonly port: number;
  readonly #client: Socket;
  readonly #server: Socket;
  #clientPort: number | undefined;
  #cut = false;

  static async create(serverPort: number): Promise<UdpRelay> {
    const [client, server] = [createSocket('udp4'), createSocket('udp4')];
    client.bind(0, '127.0.0.1');
    server.connect(serverPort, '127.0.0.1');
    await Promise.all([once(client, 'listening'), once(server, 'connect')]);
    return new UdpRelay(client, server);
  }

  private constructor(client: Socket, server: Socket) {
    this.port = client.address().port;
    this.#client = client;
    this.#server = server;
    client.on('message', (packet, from) => {
      this.#clientPort = from.port;
      if (!this.#cut) server.send(packet);
    });
    server.on('message', (packet) => {
      if (!this.#cut && this.#clientPort !== undefined) client.send(packet, this.#clientPort, '127.0.0.1');
    });
  }

  /** From now on no packet passes, and neither end is notified. */
  cut(): void {
    this.#cut = true;
  }

  close(): void {
    this.#client.close();
    this.#server.close();
  }
}
