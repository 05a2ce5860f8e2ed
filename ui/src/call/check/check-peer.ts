import { producerIdSchema, type RoomCode } from '@parley/proto/ids';
import {
  PROTOCOL_VERSION,
  type ConsumeResult,
  type RequestInput,
  type RequestName,
  type RequestResult,
} from '@parley/proto/requests';
import type { IceServer, TransportParameters } from '@parley/proto/rtp';
import type { types } from 'mediasoup-client';
import { CallFailure } from '../base/call-failure.ts';
import { silentLog } from '../base/log.ts';
import type { ReadyDevice } from '../media/media-device.ts';
import { Transports } from '../media/transports.ts';
import type { PublicationData } from '../send/publication.ts';
import type { RestClient } from '../base/rest-client.ts';
import { toClientParameters } from '../base/rtp-sanitizer.ts';
import type { JoinReply } from '../signaling/signaling-client-options.ts';
import { SignalingConnection } from '../signaling/signaling-connection.ts';
import { isRelayed, narrow, serversFor, type IcePath } from './ice-path.ts';

export type CheckPeerOptions = {
  origin: string;
  rest: RestClient;
  roomCode: RoomCode;
  device: ReadyDevice;
  path: IcePath;
};

/** A guest whose media uses one path only. A guest does not reconnect: if its socket is lost, its requests fail. */
export class CheckPeer {
  readonly path: IcePath;
  readonly overWebSocket: boolean;
  /** The STUN and TURN servers of its path. */
  readonly iceServers: readonly IceServer[];
  /** The address and candidates that the server offered to this peer, on its path. */
  readonly offered: TransportParameters;
  readonly transports: Transports;
  readonly #connection: SignalingConnection;

  /** Joins the room. Rejects with CallFailure. The caller ends the guest with `leave`. */
  static async join(options: CheckPeerOptions): Promise<CheckPeer> {
    const { origin, rest, roomCode, device } = options;
    const connection = new SignalingConnection({
      origin,
      onNotification: () => {},
      onLost: () => {},
      log: silentLog,
    });
    try {
      const ticket = rest.call('joinRoom', { params: { code: roomCode }, body: { displayName: 'Check' } });
      await connection.open(ticket.then(({ token }) => ({ token })));
      const { overWebSocket } = connection;
      const reply = await connection.request('room:join', {
        protocol: PROTOCOL_VERSION,
        rtpCapabilities: device.rtpCapabilities,
      });
      return new CheckPeer(options, connection, overWebSocket, reply);
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  private constructor(
    { origin, path, device: { device, certificate } }: CheckPeerOptions,
    connection: SignalingConnection,
    overWebSocket: boolean,
    { transports, snapshot: { iceServers } }: JoinReply,
  ) {
    this.path = path;
    this.overWebSocket = overWebSocket;
    this.iceServers = serversFor(path, iceServers, new URL(origin));
    // A guest of its own room may send.
    if (transports.send === undefined) throw new CallFailure('internal');
    this.offered = narrow(transports.send, path);
    this.#connection = connection;
    const request = <N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestResult<N>> =>
      connection.request(name, input);
    this.transports = new Transports({
      device,
      certificate,
      transports: { send: this.offered, receive: narrow(transports.receive, path) },
      iceServers: this.iceServers,
      relayOnly: isRelayed(path),
      signaling: { request, requestUntilDone: request },
      onBroken: () => {},
      onConnectionChanged: () => {},
      log: silentLog,
    });
  }

  get sendTransport(): types.Transport {
    if (this.transports.send === null) throw new CallFailure('closed');
    return this.transports.send;
  }

  /** Sends a track. The caller stops the track. */
  async send(track: MediaStreamTrack, options: types.ProducerOptions = {}): Promise<types.Producer> {
    const source = track.kind === 'audio' ? 'microphone' : 'camera';
    const appData: PublicationData = { source, isPaused: () => false };
    return this.sendTransport.produce({ ...options, track, stopTracks: false, appData });
  }

  /** Receives the producer of another guest. Rejects with CallFailure if the server refuses. */
  async receive(producer: types.Producer): Promise<types.Consumer> {
    const producerId = producerIdSchema.parse(producer.id);
    const { results } = await this.#connection.request('consumer:create', { producers: [{ producerId }] });
    const { consumerId, kind, rtpParameters } = createdBy(results);
    const consumer = await this.transports.consume({
      id: consumerId,
      producerId,
      kind,
      rtpParameters: toClientParameters(rtpParameters),
    });
    await this.#connection.request('consumer:resume', { consumerIds: [consumerId] });
    return consumer;
  }

  leave(): void {
    this.transports.close();
    this.#connection.closeWith('room:leave');
  }
}

function createdBy([result]: readonly ConsumeResult[]) {
  if (result?.status === 'created') return result.consumer;
  if (result === undefined) throw new CallFailure('internal');
  throw CallFailure.fromBody(result.error);
}
