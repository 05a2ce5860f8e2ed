import { createConnection, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** Every command that clients send to a Redis server. Commands inside of scripts are not listed. */
export class RedisMonitor {
  readonly #socket: Socket;
  readonly #commands: string[] = [];

  /** Resolves when the server has begun to report. */
  static async open(url: string): Promise<RedisMonitor> {
    const { hostname, port } = new URL(url);
    const socket = createConnection({ host: hostname, port: Number(port) });
    const begun = Promise.withResolvers<void>();
    const monitor = new RedisMonitor(socket, begun.resolve);
    socket.once('error', begun.reject);
    socket.write('MONITOR\r\n');
    await begun.promise;
    return monitor;
  }

  private constructor(socket: Socket, onBegun: () => void) {
    this.#socket = socket;
    createInterface({ input: socket }).on('line', (line) => {
      if (line === '+OK') onBegun();
      else if (!/^\+[\d.]+ \[\d+ lua\]/.test(line)) this.#commands.push(line);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  /** The names of the commands so far that name `text` in any argument, in the order of arrival. */
  naming(text: string): string[] {
    return this.#commands
      .filter((line) => line.includes(text))
      .map((line) => /\] "(\w+)"/.exec(line)?.[1]?.toLowerCase() ?? line);
  }

  clear(): void {
    this.#commands.length = 0;
  }
}
