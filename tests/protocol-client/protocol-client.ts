/*
 * A client of Parley that imports nothing of Parley and no media library: only `fetch`, Socket.io, and ICE, DTLS and
 * SRTP from node-datachannel. It shows that docs/protocol.md is enough to write a client: if you change this file,
 * read that document and nothing else. It receives sound; it sends none.
 */
import { Audio, PeerConnection, type Track } from 'node-datachannel';
import { io, type Socket } from 'socket.io-client';

type Answer<T> = { ok: true; data: T } | { ok: false; error: { code: string; message: string } };
type Producer = { producerId: string; source: string; kind: 'audio' | 'video'; paused: boolean };
type Peer = { peerId: string; version: number; displayName: string; producers: Producer[] };
type Transport = {
  transportId: string;
  iceParameters: { usernameFragment: string; password: string };
  iceCandidates: { foundation: string; priority: number; address: string; port: number; protocol: string }[];
  dtlsParameters: { fingerprints: { algorithm: string; value: string }[] };
};
type Joined = {
  snapshot: { self: Peer; peers: Peer[] };
  transports: { send: Transport; receive: Transport };
};
type Consumer = {
  consumerId: string;
  producerId: string;
  rtpParameters: { codecs: { payloadType: number; clockRate: number; channels?: number }[] };
};
type Consumed =
  | { status: 'created'; consumer: Consumer }
  | { status: 'failed'; error: { code: string; message: string } };

const PROTOCOL = 1;
const ANSWER_TIMEOUT_MS = 15_000;
const MID = '0';
/** Opus as the document lists it under Codecs, with the payload type of the router. */
const CAPABILITIES = {
  codecs: [
    { kind: 'audio', mimeType: 'audio/opus', preferredPayloadType: 100, clockRate: 48_000, channels: 2 },
  ],
  headerExtensions: [],
};

export class ProtocolClient {
  /** RTP packets of the consumed sound that arrived and could be decrypted. */
  receivedPackets = 0;
  readonly peers = new Map<string, Peer>();
  readonly #socket: Socket;
  readonly #transport: Transport;
  /** The track is kept with its connection: if it is collected, its packets are no longer counted. */
  #reception: { connection: PeerConnection; track: Track } | undefined;

  static async createRoom(origin: string): Promise<string> {
    const { code } = await post<{ code: string }>(`${origin}/api/rooms`, {});
    return code;
  }

  /** Resolves when the client is in the room and knows all peers there. */
  static async join(origin: string, code: string, displayName: string): Promise<ProtocolClient> {
    const { token } = await post<{ token: string }>(`${origin}/api/rooms/${code}/join`, { displayName });
    const socket = io(origin, { auth: { token }, extraHeaders: { origin }, reconnection: false });
    await new Promise((resolve, reject) => {
      socket.once('connect', () => resolve(undefined)).once('connect_error', reject);
    });
    const early: Peer[] = [];
    const keepEarly = ({ peer }: { peer: Peer }): number => early.push(peer);
    for (const name of ['peer:joined', 'peer:updated']) socket.on(name, keepEarly);
    const joined = await request<Joined>(socket, 'room:join', {
      protocol: PROTOCOL,
      rtpCapabilities: CAPABILITIES,
    });
    for (const name of ['peer:joined', 'peer:updated']) socket.off(name, keepEarly);
    return new ProtocolClient(socket, joined, early);
  }

  private constructor(socket: Socket, { snapshot, transports }: Joined, early: readonly Peer[]) {
    this.#socket = socket;
    this.#transport = transports.receive;
    for (const peer of [...snapshot.peers, ...early]) this.#keep(peer);
    for (const name of ['peer:joined', 'peer:updated'])
      socket.on(name, ({ peer }: { peer: Peer }) => this.#keep(peer));
    socket.on('peer:left', ({ peerId }: { peerId: string }) => this.peers.delete(peerId));
  }

  /** The microphone of a peer, once that peer sends it. */
  microphoneOf(displayName: string): Producer | undefined {
    const peer = [...this.peers.values()].find((one) => one.displayName === displayName);
    return peer?.producers.find(({ source }) => source === 'microphone');
  }

  /** Consumes one producer of sound and connects the transport for it. Once for each client. */
  async receive(producerId: string): Promise<void> {
    const producers = [{ producerId }];
    const { results } = await this.#request<{ results: Consumed[] }>('consumer:create', { producers });
    const [result] = results;
    if (result?.status !== 'created') throw new Error(`not consumed: ${JSON.stringify(result?.error)}`);
    const { consumerId, rtpParameters } = result.consumer;
    const value = await this.#answer(rtpParameters);
    const { transportId } = this.#transport;
    const dtlsParameters = { role: 'client', fingerprints: [{ algorithm: 'sha-256', value }] };
    await this.#request('transport:connect', { transportId, dtlsParameters });
    await this.#request('consumer:resume', { consumerIds: [consumerId] });
  }

  async leave(): Promise<void> {
    await this.#request('room:leave', {});
    this.#socket.close();
    this.#reception?.connection.close();
  }

  #request<T>(name: string, payload: object): Promise<T> {
    return request(this.#socket, name, payload);
  }

  #keep(peer: Peer): void {
    const known = this.peers.get(peer.peerId);
    if (known === undefined || known.version < peer.version) this.peers.set(peer.peerId, peer);
  }

  /** Begins ICE and DTLS with the media node. Resolves with the fingerprint of the own certificate. */
  #answer({ codecs: [codec] }: Consumer['rtpParameters']): Promise<string> {
    if (codec === undefined) throw new Error('a consumer without a codec');
    const connection = new PeerConnection('protocol-client', { iceServers: [] });
    const audio = new Audio(MID, 'RecvOnly');
    audio.addOpusCodec(codec.payloadType);
    const track = connection.addTrack(audio);
    // RTCP shares the port (RFC 5761): its second byte is 200 to 204 and never a payload type with or without marker.
    track.onMessage((packet) => {
      if ((packet.readUInt8(1) & 0x7f) === codec.payloadType) this.receivedPackets += 1;
    });
    this.#reception = { connection, track };
    return new Promise((resolve) => {
      connection.onLocalDescription((sdp) => resolve(/a=fingerprint:sha-256 (\S+)/i.exec(sdp)?.[1] ?? ''));
      connection.setRemoteDescription(describe(this.#transport, codec), 'offer');
    });
  }
}

/** The media node as a peer that offers one stream of sound: ICE lite, UDP only. */
function describe(
  { iceParameters, iceCandidates, dtlsParameters }: Transport,
  { payloadType, clockRate, channels = 1 }: Consumer['rtpParameters']['codecs'][number],
): string {
  const fingerprint = dtlsParameters.fingerprints.find(({ algorithm }) => algorithm === 'sha-256')?.value;
  const candidates = iceCandidates
    .filter(({ protocol }) => protocol === 'udp')
    .map((one) => `a=candidate:${one.foundation} 1 udp ${one.priority} ${one.address} ${one.port} typ host`);
  return [
    'v=0',
    'o=- 1 1 IN IP4 0.0.0.0',
    's=-',
    't=0 0',
    'a=ice-lite',
    `a=group:BUNDLE ${MID}`,
    `m=audio 9 UDP/TLS/RTP/SAVPF ${payloadType}`,
    'c=IN IP4 0.0.0.0',
    `a=mid:${MID}`,
    'a=sendonly',
    'a=rtcp-mux',
    `a=rtpmap:${payloadType} opus/${clockRate}/${channels}`,
    `a=ice-ufrag:${iceParameters.usernameFragment}`,
    `a=ice-pwd:${iceParameters.password}`,
    `a=fingerprint:sha-256 ${fingerprint}`,
    'a=setup:actpass',
    ...candidates,
    'a=end-of-candidates',
    '',
  ].join('\r\n');
}

async function request<T>(socket: Socket, name: string, payload: object): Promise<T> {
  const answer = (await socket.timeout(ANSWER_TIMEOUT_MS).emitWithAck(name, payload)) as Answer<T>;
  if (!answer.ok) throw new Error(`${name} was refused: ${answer.error.code} (${answer.error.message})`);
  return answer.data;
}

async function post<T>(url: string, body: object): Promise<T> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${url} answered ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}
