const TIMEOUT_MS = 30_000;

type Jsep = { type: 'offer' | 'answer'; sdp: string };
export type JanusMessage = {
  janus: string;
  transaction?: string;
  sender?: number;
  data?: { id: number };
  plugindata?: { data: Record<string, unknown> };
  jsep?: Jsep;
  error?: { reason: string };
};
type Waiting = { resolve: (message: JanusMessage) => void; reject: (error: Error) => void };

/** One session with Janus over a WebSocket. */
export class JanusConnection {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<string, Waiting>();
  /** The handles whose media flows. */
  readonly #up = new Set<number>();
  #asked = 0;
  #session = 0;

  static async open(url: string): Promise<JanusConnection> {
    const socket = new WebSocket(url, 'janus-protocol');
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener('open', () => resolve());
      socket.addEventListener('error', () => reject(new Error(`no connection to ${url}`)));
    });
    const connection = new JanusConnection(socket);
    const { data } = await connection.ask({ janus: 'create' });
    connection.#session = data?.id ?? 0;
    return connection;
  }

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => this.#take(JSON.parse(String(data)) as JanusMessage));
    socket.addEventListener('close', () => this.#fail(new Error('Janus closed the connection')));
  }

  /** Resolves with the handle of a new use of the VideoRoom. */
  async attach(): Promise<number> {
    const { data } = await this.ask({ janus: 'attach', plugin: 'janus.plugin.videoroom' });
    return data?.id ?? 0;
  }

  /** Sends a request to the VideoRoom. Rejects when it refuses. */
  async request(handle: number, body: Record<string, unknown>, jsep?: Jsep): Promise<JanusMessage> {
    const message = await this.ask({ janus: 'message', handle_id: handle, body, ...(jsep ? { jsep } : {}) });
    const refusal = message.plugindata?.data['error'];
    if (typeof refusal === 'string') throw new Error(`${String(body['request'])} was refused: ${refusal}`);
    return message;
  }

  isUp(handle: number): boolean {
    return this.#up.has(handle);
  }

  ask(message: Record<string, unknown>): Promise<JanusMessage> {
    const transaction = String((this.#asked += 1));
    const session = this.#session === 0 ? {} : { session_id: this.#session };
    this.#socket.send(JSON.stringify({ ...session, ...message, transaction }));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`Janus did not answer ${String(message['janus'])}`)),
        TIMEOUT_MS,
      );
      const settle = <T>(settled: (value: T) => void) => {
        return (value: T) => {
          clearTimeout(timer);
          this.#waiting.delete(transaction);
          settled(value);
        };
      };
      this.#waiting.set(transaction, { resolve: settle(resolve), reject: settle(reject) });
    });
  }

  close(): void {
    this.#socket.close();
  }

  #take(message: JanusMessage): void {
    if (message.janus === 'webrtcup' && message.sender !== undefined) this.#up.add(message.sender);
    // What the VideoRoom answers comes as an event, after an acknowledgement.
    if (message.janus === 'ack' || message.transaction === undefined) return;
    const waiting = this.#waiting.get(message.transaction);
    if (message.janus === 'error') waiting?.reject(new Error(`Janus: ${message.error?.reason}`));
    else waiting?.resolve(message);
  }

  #fail(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
  }
}
