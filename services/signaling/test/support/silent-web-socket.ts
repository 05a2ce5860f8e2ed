import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const TEXT = 0x81;
const MASKED = 0x80;

/** A WebSocket by hand that answers nothing, not even that the server closes it. */
export class SilentWebSocket {
  readonly #socket: Socket;
  #received = '';

  /** Resolves when the server has changed to the WebSocket protocol. */
  static async open(url: string): Promise<SilentWebSocket> {
    const { hostname, port, host, origin, pathname, search } = new URL(url);
    const socket = connect(Number(port), hostname);
    const opened = new SilentWebSocket(socket);
    await once(socket, 'connect');
    const lines = [
      `GET ${pathname}${search} HTTP/1.1`,
      `host: ${host}`,
      `origin: ${origin}`,
      'connection: upgrade',
      'upgrade: websocket',
      'sec-websocket-version: 13',
      'sec-websocket-key: MDEyMzQ1Njc4OWFiY2RlZg==',
    ];
    socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    while (!opened.#received.includes('\r\n\r\n')) await once(socket, 'data');
    return opened;
  }

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (data) => (this.#received += data.toString('latin1')));
    socket.on('error', () => undefined);
  }

  /** Everything that has come, as one byte for each letter. */
  get received(): string {
    return this.#received;
  }

  /** Whether the server has closed the connection. */
  get closed(): boolean {
    return this.#socket.readableEnded || this.#socket.destroyed;
  }

  /** Sends short texts, a message each, all of them at once. */
  send(...texts: readonly string[]): void {
    const frames = texts.map((text) => {
      const bytes = Buffer.from(text);
      // The mask is four zeros, which changes nothing.
      return Buffer.concat([Buffer.from([TEXT, ...lengthOf(bytes), 0, 0, 0, 0]), bytes]);
    });
    this.#socket.write(Buffer.concat(frames));
  }

  close(): void {
    this.#socket.destroy();
  }
}

function lengthOf({ length }: Buffer): number[] {
  return length < 126 ? [MASKED | length] : [MASKED | 126, length >> 8, length & 0xff];
}
