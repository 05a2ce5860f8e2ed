import { bothTransports, waitFor } from '@parley/common/testing';
import type { ErrorBody } from '@parley/proto/errors';
import type { PeerId } from '@parley/proto/ids';
import type { RegionTimes } from '@parley/proto/regions';
import {
  NOTIFICATIONS,
  PROTOCOL_VERSION,
  REQUESTS,
  replySchema,
  type HandshakeAuth,
  type Notification,
  type NotificationName,
  type RequestInput,
  type RequestName,
  type RequestResult,
  type Snapshot,
} from '@parley/proto/requests';
import { io, type Socket } from 'socket.io-client';
import { RTP_CAPABILITIES } from './rtp.ts';

const ACK_TIMEOUT_MS = 10_000;

type JoinReply = RequestResult<'room:join'>;
type Received = { name: string; payload: unknown };

/** A refused connection, with the error body of the server. */
export class Refusal extends Error {
  readonly body: ErrorBody | undefined;

  constructor(error: Error & { data?: ErrorBody }) {
    super(error.message);
    this.body = error.data;
  }
}

/** A client that speaks the protocol over a real socket. Everything received is checked against the contract. */
export class TestClient {
  readonly socket: Socket;
  readonly received: Received[] = [];
  /** Received events that the contract does not have. */
  readonly malformed: Received[] = [];
  #snapshot: Snapshot | undefined;
  #transports: JoinReply['transports'] | undefined;
  #resumeSecret: string | undefined;

  /** Rejects with Refusal. */
  static async connect(
    url: string,
    auth: HandshakeAuth | object,
    headers: Record<string, string> = {},
  ): Promise<TestClient> {
    const socket = io(url, {
      transports: ['websocket'],
      auth: auth as Record<string, unknown>,
      extraHeaders: { origin: url, ...headers },
      reconnection: false,
      forceNew: true,
    });
    const client = new TestClient(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', (error) => {
        socket.close();
        reject(new Refusal(error));
      });
    });
    return client;
  }

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.onAny((name: string, payload: unknown) => {
      this.received.push({ name, payload });
      const schema = Object.hasOwn(NOTIFICATIONS, name) ? NOTIFICATIONS[name as NotificationName] : undefined;
      if (schema?.safeParse(payload).success !== true) this.malformed.push({ name, payload });
    });
  }

  get snapshot(): Snapshot {
    if (this.#snapshot === undefined) throw new Error('this client is not in a room');
    return this.#snapshot;
  }

  /** Both transports. */
  get transports(): Required<JoinReply['transports']> {
    return bothTransports(this.offered);
  }

  /** Those that the server has offered: one where the client may send nothing. */
  get offered(): JoinReply['transports'] {
    if (this.#transports === undefined) throw new Error('this client has no transports');
    return this.#transports;
  }

  get peerId(): PeerId {
    return this.snapshot.self.peerId;
  }

  get resumeSecret(): string {
    if (this.#resumeSecret === undefined) throw new Error('this client was never in a room');
    return this.#resumeSecret;
  }

  /** With what it takes and knows, as the page says it. */
  async join(
    given: { batches?: true; pages?: true; asksToSend?: true; regionTimes?: RegionTimes } = {},
  ): Promise<this> {
    const reply = await this.request('room:join', {
      protocol: PROTOCOL_VERSION,
      rtpCapabilities: RTP_CAPABILITIES,
      ...given,
    });
    this.#snapshot = reply.snapshot;
    this.#transports = reply.transports;
    this.#resumeSecret = reply.snapshot.resumeSecret;
    return this;
  }

  async resume(given: { asksToSend?: true } = {}): Promise<RequestResult<'room:resume'>> {
    const reply = await this.request('room:resume', { protocol: PROTOCOL_VERSION, ...given });
    this.#snapshot = reply.snapshot;
    this.#resumeSecret = reply.snapshot.resumeSecret;
    return reply;
  }

  async reopen(): Promise<void> {
    const { transports } = await this.request('media:reopen', { rtpCapabilities: RTP_CAPABILITIES });
    this.#transports = transports;
  }

  /** Rejects if the request is refused. */
  async request<N extends RequestName>(name: N, payload: RequestInput<N>): Promise<RequestResult<N>> {
    const reply = await this.attempt(name, payload);
    if (!reply.ok) throw new Error(`${name} was refused: ${reply.error.code} (${reply.error.message})`);
    return reply.data as RequestResult<N>;
  }

  /** Takes any payload. The reply is checked against the contract. */
  async attempt(name: RequestName, payload: unknown) {
    const answer: unknown = await this.socket.timeout(ACK_TIMEOUT_MS).emitWithAck(name, payload);
    return replySchema(REQUESTS[name].response).parse(answer);
  }

  /** The code of the refusal. */
  async refusal(name: RequestName, payload: unknown): Promise<string> {
    const reply = await this.attempt(name, payload);
    if (reply.ok) throw new Error(`${name} was accepted: ${JSON.stringify(reply.data)}`);
    return reply.error.code;
  }

  notifications<N extends NotificationName>(name: N): Notification<N>[] {
    return this.received
      .filter((event) => event.name === name)
      .map((event) => event.payload as Notification<N>);
  }

  /** The first fitting notification of that name, past or future. */
  async notified<N extends NotificationName>(
    name: N,
    fits: (payload: Notification<N>) => boolean = () => true,
  ): Promise<Notification<N>> {
    return (await waitFor(() => this.notifications(name).find(fits), {
      what: `${name} arrives`,
    })) as Notification<N>;
  }

  /** Resolves when everything that the server has sent has arrived, because replies and notifications keep their order. */
  async settled(): Promise<void> {
    await this.request('chat:list', { limit: 1 });
  }

  /** Ends the socket without a packet of Socket.io or WebSocket, as when the machine or the network is gone. */
  cut(): void {
    const { transport } = this.socket.io.engine as unknown as { transport: { ws: { terminate(): void } } };
    transport.ws.terminate();
  }

  close(): void {
    this.socket.close();
  }
}
