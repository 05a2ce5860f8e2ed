import type { ErrorBody } from '@parley/proto/errors';
import type { PeerId, ProducerId } from '@parley/proto/ids';
import {
  NOTIFICATIONS,
  PROTOCOL_VERSION,
  REQUESTS,
  replySchema,
  type NotificationName,
  type RequestInput,
  type RequestName,
  type RequestResult,
} from '@parley/proto/requests';
import type { RouteResult } from '@parley/proto/rest';
import { ROUTER_RTP_CAPABILITIES } from '@parley/proto/router-rtp-capabilities';
import type { ConsumerParameters, Source } from '@parley/proto/rtp';
import { io, type Socket } from 'socket.io-client';
import { callRoute } from './rest-client.ts';
import {
  bothTransports,
  dtlsParameters,
  opusParameters,
  simulcastParameters,
  waitFor,
} from '@parley/common/testing';

const ACK_TIMEOUT_MS = 15_000;

export type Received = { name: string; payload: unknown };
type Reply = RequestResult<'room:join'>;
/** Clients that do not say `asksToSend` have both transports. */
type JoinReply = Reply & { transports: Required<Reply['transports']> };
type Outcome<T> = { ok: true; data: T } | { ok: false; error: ErrorBody };

/** Opens a socket with any credentials. Rejects with the error of the server if it refuses them, or if it closes the connection before it answers. */
export async function openSocket(
  origin: string,
  auth: unknown,
  headers: Record<string, string> = {},
): Promise<Socket> {
  const socket = io(origin, {
    transports: ['websocket'],
    auth: auth as Record<string, unknown>,
    extraHeaders: { origin, ...headers },
    reconnection: false,
    forceNew: true,
  });
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
      // Neither `connect` nor `connect_error` comes if the connection ends after it was open and before the socket is connected.
      socket.once('disconnect', (reason) => reject(new Error(`the connection ended: ${reason}`)));
    });
  } catch (error) {
    socket.close();
    throw error;
  }
  socket.off('disconnect');
  return socket;
}

/** Where REST and where signaling answers. */
export type Doors = { readonly rest: string; readonly socket: string };

/** A peer without a browser. It has real transports on the media node but sends no packets on them; `Microphone` does. */
export class RawPeer {
  readonly socket: Socket;
  readonly #ticket: RouteResult<'joinRoom'> | undefined;
  readonly received: Received[] = [];
  #join: JoinReply | undefined;

  /** Has a join token and a socket. It is not in the room yet. */
  static async connect(
    origin: string | Doors,
    code: string,
    displayName: string,
    headers: Record<string, string> = {},
  ): Promise<RawPeer> {
    const { rest, socket } = typeof origin === 'string' ? { rest: origin, socket: origin } : origin;
    const ticket = await callRoute(rest, 'joinRoom', { code, body: { displayName }, headers });
    return new RawPeer(await openSocket(socket, { token: ticket.token }, headers), ticket);
  }

  /** Connects with credentials that the caller has. */
  static async connectWith(
    origin: string,
    auth: unknown,
    headers: Record<string, string> = {},
  ): Promise<RawPeer> {
    return new RawPeer(await openSocket(origin, auth, headers));
  }

  static async join(origin: string, code: string, displayName: string): Promise<RawPeer> {
    const peer = await RawPeer.connect(origin, code, displayName);
    await peer.join();
    return peer;
  }

  private constructor(socket: Socket, ticket?: RouteResult<'joinRoom'>) {
    this.socket = socket;
    this.#ticket = ticket;
    socket.onAny((name: string, payload: unknown) =>
      this.received.push({ name, payload: parseNotification(name, payload) }),
    );
  }

  get joinResponse(): RouteResult<'joinRoom'> {
    if (!this.#ticket) throw new Error('this peer has not asked for a token');
    return this.#ticket;
  }

  get peerId(): PeerId {
    return this.joinResponse.peerId;
  }

  get joined(): JoinReply {
    if (!this.#join) throw new Error('this peer has not joined');
    return this.#join;
  }

  async join(wishes: Partial<RequestInput<'room:join'>> = {}): Promise<JoinReply> {
    const reply = await this.request('room:join', {
      protocol: PROTOCOL_VERSION,
      rtpCapabilities: ROUTER_RTP_CAPABILITIES,
      ...wishes,
    });
    this.#join = { ...reply, transports: bothTransports(reply.transports) };
    return this.#join;
  }

  /** Sends a request of the contract. Throws with the error code if the server refuses it. */
  async request<N extends RequestName>(name: N, payload: RequestInput<N>): Promise<RequestResult<N>> {
    const outcome = await this.attempt(name, payload);
    if (!outcome.ok) throw new Error(`${name} was refused: ${outcome.error.code} (${outcome.error.message})`);
    return outcome.data as RequestResult<N>;
  }

  /** Sends a request with any payload. The reply is parsed with its schema. */
  async attempt(name: RequestName, payload: unknown): Promise<Outcome<unknown>> {
    const answer: unknown = await this.socket.timeout(ACK_TIMEOUT_MS).emitWithAck(name, payload);
    return replySchema(REQUESTS[name].response).parse(answer);
  }

  /** The error code of a refused request. Throws if the server accepts it. */
  async refusal(name: RequestName, payload: unknown): Promise<string> {
    const outcome = await this.attempt(name, payload);
    if (outcome.ok) throw new Error(`${name} was accepted: ${JSON.stringify(outcome.data)}`);
    return outcome.error.code;
  }

  async connectTransports(): Promise<void> {
    const { send, receive } = this.joined.transports;
    await Promise.all(
      [send, receive].map(({ transportId }) =>
        this.request('transport:connect', { transportId, dtlsParameters: dtlsParameters() }),
      ),
    );
  }

  async produce(source: Source): Promise<ProducerId> {
    const isAudio = source === 'microphone' || source === 'screen-audio';
    const rtpParameters = isAudio ? opusParameters() : simulcastParameters();
    const kind = isAudio ? 'audio' : 'video';
    const { producerId } = await this.request('producer:create', {
      source,
      kind,
      rtpParameters,
      paused: false,
    });
    return producerId;
  }

  async consume(producerIds: readonly ProducerId[]): Promise<ConsumerParameters[]> {
    const producers = producerIds.map((producerId) => ({ producerId }));
    const { results } = await this.request('consumer:create', { producers });
    return results.map((result) => {
      if (result.status === 'failed') throw new Error(`consuming failed: ${result.error.code}`);
      return result.consumer;
    });
  }

  notifications<T = unknown>(name: NotificationName): T[] {
    return this.received.filter((event) => event.name === name).map(({ payload }) => payload as T);
  }

  async waitForNotification<T>(
    name: NotificationName,
    matches: (payload: T) => boolean = () => true,
  ): Promise<T> {
    return (await waitFor(() => this.notifications<T>(name).find(matches), {
      what: `${name} at ${this.joinResponse.peerId}`,
    })) as T;
  }

  async leave(): Promise<void> {
    await this.request('room:leave', {});
    this.socket.close();
  }

  /** Ends the connection without closing Socket.io or WebSocket, as a crash of the machine or the network does. */
  vanish(): void {
    const { transport } = this.socket.io.engine as unknown as { transport: { ws: { terminate(): void } } };
    transport.ws.terminate();
  }
}

/** Throws on a notification that the contract does not have, or whose payload it does not allow. */
function parseNotification(name: string, payload: unknown): unknown {
  if (!Object.hasOwn(NOTIFICATIONS, name)) throw new Error(`the contract has no notification ${name}`);
  return NOTIFICATIONS[name as NotificationName].parse(payload);
}
