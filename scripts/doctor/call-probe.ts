import { PROTOCOL_VERSION, replySchema, REQUESTS, type RequestResult } from '@parley/proto/requests';
import { restErrorSchema, ROUTES } from '@parley/proto/rest';
import { ROUTER_RTP_CAPABILITIES } from '@parley/proto/router-rtp-capabilities';
import type { IceServer, TransportParameters } from '@parley/proto/rtp';
import { io, type Socket } from 'socket.io-client';
import { ask } from './http.ts';

const TIMEOUT_MS = 8_000;

/** A guest in a room of its own. It stays for the time of the check and sends no media. */
export class CallProbe {
  readonly transport: TransportParameters;
  readonly iceServers: readonly IceServer[];
  readonly #socket: Socket;

  /** Throws an Error whose message names the step that was refused, and the reason. */
  static async join(origin: string): Promise<CallProbe> {
    const { code } = ROUTES.createRoom.response.parse(await post(origin, '/api/rooms', {}));
    const path = ROUTES.joinRoom.path.replace('{code}', code);
    const ticket = ROUTES.joinRoom.response.parse(await post(origin, path, { displayName: 'Doctor' }));
    const socket = await open(origin, ticket.token);
    try {
      return new CallProbe(socket, await requestJoin(socket));
    } catch (error) {
      socket.close();
      throw error;
    }
  }

  private constructor(socket: Socket, { transports, snapshot }: RequestResult<'room:join'>) {
    this.#socket = socket;
    this.transport = transports.receive;
    this.iceServers = snapshot.iceServers;
  }

  async leave(): Promise<void> {
    await this.#socket
      .timeout(TIMEOUT_MS)
      .emitWithAck('room:leave', {})
      .catch(() => {});
    this.#socket.close();
  }
}

async function post(origin: string, path: string, body: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json', origin };
  const answer = await ask(`${origin}${path}`, { method: 'POST', headers }, JSON.stringify(body));
  if (answer.status < 300) return JSON.parse(answer.body);
  const refusal = restErrorSchema.safeParse(parsed(answer.body)).data?.error.code ?? answer.status;
  throw new Error(`POST ${path.replace(/rooms\/[^/]+/, 'rooms/…')} was answered ${refusal}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function open(origin: string, token: string): Promise<Socket> {
  const socket = io(origin, {
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    auth: { token },
    extraHeaders: { origin },
    rejectUnauthorized: false,
    reconnection: false,
    forceNew: true,
    timeout: TIMEOUT_MS,
  });
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket));
    socket.once('connect_error', (error) => {
      socket.close();
      reject(new Error(`the socket was not let in (${error.message})`));
    });
  });
}

async function requestJoin(socket: Socket): Promise<RequestResult<'room:join'>> {
  const payload = { protocol: PROTOCOL_VERSION, rtpCapabilities: ROUTER_RTP_CAPABILITIES };
  const answer: unknown = await socket.timeout(TIMEOUT_MS).emitWithAck('room:join', payload);
  const reply = replySchema(REQUESTS['room:join'].response).parse(answer);
  if (!reply.ok) throw new Error(`room:join was answered ${reply.error.code}`);
  return reply.data;
}
