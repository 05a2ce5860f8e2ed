import { request } from 'node:http';
import { connect, type Socket } from 'node:net';

/** A TCP connection on which an attacker writes what they like. It remembers what was answered. */
export class RawConnection {
  readonly #socket: Socket;
  answer = '';

  static open(port: number, text = ''): Promise<RawConnection> {
    return new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1');
      const connection = new RawConnection(socket);
      // A connection that is refused counts as one that was closed.
      socket.once('close', () => resolve(connection));
      socket.once('connect', () => {
        if (text !== '') socket.write(text);
        resolve(connection);
      });
    });
  }

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('error', () => socket.destroy());
    socket.on('data', (data: Buffer) => (this.answer += data.toString()));
  }

  get isOpen(): boolean {
    return !this.#socket.closed && !this.#socket.readableEnded;
  }

  write(text: string): void {
    if (this.#socket.writable) this.#socket.write(text);
  }

  close(): void {
    this.#socket.destroy();
  }
}

type Asked = { headers: Record<string, string>; method?: 'GET' | 'POST'; body?: string };

/** The status of the answer; 101 if a WebSocket was opened, 0 if there was none. */
export function statusOf(
  port: number,
  path: string,
  { headers, method = 'GET', body }: Asked,
): Promise<number> {
  return new Promise((resolve) => {
    const outgoing = request({ host: '127.0.0.1', port, path, method, headers, agent: false });
    outgoing.once('response', (response) => resolve((response.resume(), response.statusCode ?? 0)));
    outgoing.once('upgrade', (_response, socket) => resolve((socket.destroy(), 101)));
    outgoing.once('error', () => resolve(0)).end(body);
  });
}
