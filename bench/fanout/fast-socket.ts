import { once } from 'node:events';
import { WebSocket, type RawData } from 'ws';

const ANSWER_TIMEOUT_MS = 30_000;
/** The packets of Engine.io and Socket.io that a client needs. */
const OPEN = '0';
const PING = '2';
const PONG = '3';
const CONNECTED = '40';
const EVENT = '42';
const ANSWER = '43';
const REFUSED = '44';

/**
 * A client of Socket.io over a WebSocket that looks at the first bytes of what it receives: the whole client costs as much for a message as the
 * server, and two cores carry both here.
 */
export class FastSocket {
  /** Called with each event as it came, such as `42["peer:reacted",{…}]`. */
  onEvent: (data: Buffer) => void = () => undefined;
  readonly #socket: WebSocket;
  readonly #answers = new Map<number, (answer: unknown) => void>();
  #asked = 0;

  static async open(origin: string, auth: object, headers: Record<string, string> = {}): Promise<FastSocket> {
    const url = `${origin.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`;
    const socket = new WebSocket(url, { headers: { origin, ...headers } });
    const signal = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
    const hello = await nextText(socket, signal);
    if (!hello.startsWith(OPEN)) throw new Error(`not Engine.io: ${hello}`);
    socket.send(`${CONNECTED}${JSON.stringify(auth)}`);
    const welcome = await nextText(socket, signal);
    if (!welcome.startsWith(CONNECTED)) throw new Error(`not connected: ${welcome}`);
    return new FastSocket(socket);
  }

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: RawData) => this.#take(data as Buffer));
  }

  request(name: string, payload: object): Promise<unknown> {
    const number = (this.#asked += 1);
    this.#socket.send(`${EVENT}${number}${JSON.stringify([name, payload])}`);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${name} was not answered`)), ANSWER_TIMEOUT_MS);
      this.#answers.set(number, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
    });
  }

  close(): void {
    this.#socket.close();
  }

  #take(data: Buffer): void {
    const kind = data.toString('latin1', 0, 2);
    if (kind === EVENT) this.onEvent(data);
    else if (kind === ANSWER) this.#settle(data.toString());
    else if (kind === PING) this.#socket.send(PONG);
    else if (kind === REFUSED) throw new Error(`refused: ${data.toString()}`);
  }

  #settle(text: string): void {
    const [, number = '', body = ''] = /^43(\d+)(.*)$/s.exec(text) ?? [];
    this.#answers.get(Number(number))?.((JSON.parse(body) as unknown[])[0]);
    this.#answers.delete(Number(number));
  }
}

/** The next message that is no ping. */
async function nextText(socket: WebSocket, signal: AbortSignal): Promise<string> {
  const [data] = (await once(socket, 'message', { signal })) as [Buffer];
  const text = data.toString();
  if (text !== PING) return text;
  socket.send(PONG);
  return nextText(socket, signal);
}
