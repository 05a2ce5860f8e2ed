import { BATCH_MAX, type ConsumerParameters, type RtpCapabilities } from '@parley/proto/rtp';
import {
  PROTOCOL_VERSION,
  type RequestInput,
  type RequestName,
  type RequestResult,
} from '@parley/proto/requests';
import { ROUTER_RTP_CAPABILITIES } from '@parley/proto/router-rtp-capabilities';
import { FastSocket } from '../../fanout/fast-socket.ts';
import type { Newcomer, Receipt, Sending, Wish } from './commands.ts';
import { PacketEndpoint } from './packet-endpoint.ts';
import { isRtcp } from './packets.ts';
import { ReceivedStream } from './received-stream.ts';
import { Camera, Microphone } from './sources.ts';

const LAYERS_WANTED = '42["producer:layers-wanted"';
/** The beginnings of what says that this person is not in the room as before. */
const LOSSES = ['42["media:reset"', '42["session:ended"', '42["consumer:closed"'];
const WIDE_FEEDBACK = 'transport-wide-cc';
const ESTIMATES = new Set(['transport-cc', 'goog-remb']);

/**
 * Without an estimate of the downlink: these people have no path that could be short, and the node is to forward what they ask for. What
 * the node does for the estimate of a browser comes on top, for each packet.
 */
const RTP_CAPABILITIES: RtpCapabilities = {
  codecs: ROUTER_RTP_CAPABILITIES.codecs?.map((codec) => ({
    ...codec,
    rtcpFeedback: codec.rtcpFeedback?.filter(({ type }) => !ESTIMATES.has(type)),
  })),
  headerExtensions: ROUTER_RTP_CAPABILITIES.headerExtensions?.filter(
    ({ uri }) => !uri.includes(WIDE_FEEDBACK),
  ),
};

/** Somebody in the room: a socket to signaling, and real ICE, DTLS and SRTP to the media node. */
export class Person {
  readonly number: number;
  readonly microphones: Microphone[] = [];
  readonly cameras: Camera[] = [];
  /** From the first byte of the socket until the node knows the client's transports. */
  joinMs = 0;
  /** Notifications of what this person lost. */
  readonly losses: string[] = [];
  readonly #socket: FastSocket;
  readonly #endpoints: PacketEndpoint[] = [];
  readonly #streams = new Map<number, ReceivedStream>();

  static async enter(newcomer: Newcomer): Promise<Person> {
    const startedAt = performance.now();
    const { origin, token, address } = newcomer.ticket;
    const socket = await FastSocket.open(origin, { token }, { 'x-forwarded-for': address });
    const person = new Person(newcomer.number, socket);
    try {
      const send = await person.#open(newcomer);
      person.joinMs = performance.now() - startedAt;
      if (send !== undefined) await person.#produce(newcomer, send);
      return person;
    } catch (error) {
      person.close();
      throw error;
    }
  }

  private constructor(number: number, socket: FastSocket) {
    this.number = number;
    this.#socket = socket;
    socket.onEvent = (data) => {
      const head = data.toString('latin1', 0, LAYERS_WANTED.length);
      if (head === LAYERS_WANTED) this.#obey(data.toString());
      else if (LOSSES.some((loss) => head.startsWith(loss))) this.losses.push(data.toString());
    };
  }

  get connected(): boolean {
    return this.#endpoints.every(({ connected }) => connected);
  }

  get sendings(): Sending[] {
    const person = this.number;
    return [
      ...this.microphones.map(({ source, producerId, talks }) => ({ person, source, producerId, talks })),
      ...this.cameras.map(({ source, producerId }) => ({ person, source, producerId, talks: false })),
    ];
  }

  /** Resolves with how many consumers were made, and the codes of those that were refused. */
  async consume(wishes: readonly Wish[]): Promise<{ made: number; refused: string[] }> {
    let made = 0;
    const refused: string[] = [];
    for (const batch of batchesOf(wishes)) {
      const producers = batch.map(({ producerId, layer }) => ({
        producerId,
        resumed: true,
        ...(layer === undefined ? {} : { preferredLayers: { spatialLayer: layer } }),
      }));
      const { results } = await this.#ask('consumer:create', { producers });
      for (const result of results) {
        if (result.status === 'failed') refused.push(result.error.code);
        else made += this.#expect(result.consumer);
      }
    }
    return { made, refused };
  }

  async prefer(layer: number): Promise<void> {
    const pictures = [...this.#streams.values()].filter(({ kind }) => kind === 'video');
    for (const batch of batchesOf(pictures)) {
      const layers = batch.map(({ consumerId }) => ({
        consumerId,
        preferredLayers: { spatialLayer: layer },
      }));
      await this.#ask('consumer:set-layers', { layers });
    }
  }

  begin(): void {
    for (const stream of this.#streams.values()) stream.begin();
    for (const sender of [...this.microphones, ...this.cameras]) sender.begin();
  }

  get receipts(): Receipt[] {
    return [...this.#streams.values()].map((stream) => ({ person: this.number, ...stream.counts }));
  }

  async leave(): Promise<void> {
    // A person who is not answered leaves as well, a little later.
    await this.#ask('room:leave', {}).catch(() => undefined);
    this.close();
  }

  close(): void {
    for (const endpoint of this.#endpoints) endpoint.close();
    this.#socket.close();
  }

  /** Resolves with the endpoint that sends, for those who send anything. */
  async #open({ sends, regionTimes }: Newcomer): Promise<PacketEndpoint | undefined> {
    const { transports } = await this.#ask('room:join', {
      protocol: PROTOCOL_VERSION,
      batches: true,
      pages: true,
      asksToSend: true,
      rtpCapabilities: RTP_CAPABILITIES,
      ...(regionTimes ? { regionTimes } : {}),
    });
    const connect = async (endpoint: PacketEndpoint, transport: (typeof transports)['receive']) => {
      this.#endpoints.push(endpoint);
      const dtlsParameters = await endpoint.answer(transport);
      await this.#ask('transport:connect', { transportId: transport.transportId, dtlsParameters });
    };
    const sendTransport = sends.length > 0 ? transports.send : undefined;
    const send = sendTransport && new PacketEndpoint('send');
    const receive = new PacketEndpoint('receive', (packet) => this.#take(packet));
    const connecting = [connect(receive, transports.receive)];
    if (send && sendTransport) connecting.push(connect(send, sendTransport));
    await Promise.all(connecting);
    return send;
  }

  async #produce({ sends, talks }: Newcomer, endpoint: PacketEndpoint): Promise<void> {
    if (sends.includes('microphone')) this.microphones.push(new Microphone(endpoint, talks));
    if (sends.includes('camera')) this.cameras.push(new Camera(endpoint));
    for (const sender of [...this.microphones, ...this.cameras]) {
      const { source, kind, rtpParameters } = sender;
      const request = { source, kind, rtpParameters, paused: false };
      sender.producerId = (await this.#ask('producer:create', request)).producerId;
    }
  }

  #expect(consumer: ConsumerParameters): 1 {
    this.#streams.set(consumer.rtpParameters.encodings?.[0]?.ssrc ?? 0, new ReceivedStream(consumer));
    return 1;
  }

  #take(packet: Buffer): void {
    if (!isRtcp(packet)) this.#streams.get(packet.readUInt32BE(8))?.take(packet);
  }

  #obey(event: string): void {
    const [, { producerId, wanted, maxSpatialLayer }] = JSON.parse(event.slice(2)) as [
      string,
      { producerId: string; wanted: boolean; maxSpatialLayer: number },
    ];
    const camera = this.cameras.find((one) => one.producerId === producerId);
    if (camera) camera.wanted = wanted ? maxSpatialLayer + 1 : 0;
  }

  async #ask<N extends RequestName>(name: N, payload: RequestInput<N>): Promise<RequestResult<N>> {
    const reply = (await this.#socket.request(name, payload)) as
      | { ok: true; data: RequestResult<N> }
      | { ok: false; error: { code: string } };
    if (!reply.ok) throw new Error(`${name}: ${reply.error.code}`);
    return reply.data;
  }
}

function batchesOf<T>(items: readonly T[]): T[][] {
  const count = Math.ceil(items.length / BATCH_MAX);
  return Array.from({ length: count }, (_, index) => items.slice(index * BATCH_MAX, (index + 1) * BATCH_MAX));
}
