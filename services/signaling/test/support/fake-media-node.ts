import { GrpcServer, type GrpcHandlers, type GrpcServerStream } from '@parley/common/grpc';
import { createMetrics, Readiness } from '@parley/common/service';
import { silentLogger } from '@parley/common/testing';
import { ParleyError } from '@parley/proto/errors';
import { MediaService, type media } from '@parley/proto/media-rpc';

type Version = 'present' | 'older';
const {
  SetHand: _hand,
  OpenSendTransport: _open,
  CloseSendTransport: _close,
  FindProducer: _find,
  Link: _link,
  Exchange: _exchange,
  ...OLDER_METHODS
} = MediaService.service;

type Method =
  | 'openPeer'
  | 'closePeer'
  | 'openSendTransport'
  | 'closeSendTransport'
  | 'setProducerPaused'
  | 'closeProducer';

/** A media node without media, for tests of placement. A test decides when it fails and what happens meanwhile. */
export class FakeMediaNode {
  readonly address: string;
  /** Its peers, of all rooms. */
  readonly peers = new Set<string>();
  /** Those of them that have a transport to send on. */
  readonly sending = new Set<string>();
  /** It does not answer for its status, and its streams stay open. */
  silent = false;
  /** Resuming a producer fails with `over_limit`. */
  refuseToResume = false;
  /** It says that it is about to stop. */
  draining = false;
  /** Where it says that it is. */
  region = '';
  probes: media.ProbeAddressInput[] = [];
  /** It says that it takes further rooms. */
  accepting = true;
  /** The ports that it says are left for links. */
  freePipePorts = 50;
  /** It refuses to make consumers in words. Otherwise it answers nonsense. */
  answersConsume = false;
  /** Which producers peers asked for, and from which node. */
  readonly consumed: { peerId: string; producerId: string; home: string }[] = [];
  /** It does not take the next hand. */
  refuseNextHand = false;
  /** What it learned of hands, in order. */
  readonly hands: { peerId: string; raised: boolean }[] = [];
  /** CPU of its only worker. */
  cpu = 0;
  /** Runs once, before the next call of the method is answered. */
  readonly meanwhile = new Map<Method, () => void | Promise<void>>();
  readonly #watchers = new Set<GrpcServerStream<media.WatchResponseInput>>();
  /** Whether each producer is paused, by peer. */
  readonly #producers = new Map<string, Map<string, boolean>>();
  readonly #server: GrpcServer<typeof MediaService>;
  readonly #isOlder: boolean;

  /** @param version That of `older` knows nothing of links, regions, hands, exchanges, and peers that only receive. */
  static async start(secret: string, version: Version = 'present'): Promise<FakeMediaNode> {
    const metrics = createMetrics('test');
    const service = version === 'older' ? ({ service: OLDER_METHODS } as typeof MediaService) : MediaService;
    const server = await GrpcServer.create(service, {
      host: '127.0.0.1',
      port: 0,
      secret,
      logger: silentLogger,
      metrics,
      readiness: new Readiness({ checks: {}, logger: silentLogger }),
    });
    return new FakeMediaNode(server, version);
  }

  /** Two nodes, and the variable that names them. New rooms go to the first one, which is less busy. */
  static async startTwo(
    secret: string,
  ): Promise<{ home: FakeMediaNode; away: FakeMediaNode; env: { MEDIA_ADDRESSES: string } }> {
    const [home, away] = [await FakeMediaNode.start(secret), await FakeMediaNode.start(secret)];
    away.cpu = 0.5;
    return { home, away, env: { MEDIA_ADDRESSES: `${home.address},${away.address}` } };
  }

  private constructor(server: GrpcServer<typeof MediaService>, version: Version) {
    this.#server = server;
    this.#isOlder = version === 'older';
    this.address = `127.0.0.1:${server.port}`;
    server.serve(this.#handlers());
  }

  /** The next call of the method fails as if the connection were lost. */
  failNext(method: Method): void {
    this.meanwhile.set(method, () => {
      throw new ParleyError('unavailable');
    });
  }

  /** Reports an event to every instance that watches a room. */
  report(event: media.WatchResponseInput): void {
    for (const stream of this.#watchers) stream.write(event);
  }

  /** Ends the streams of those who watch a room. They open others, and get its state. */
  endWatches(): void {
    for (const stream of this.#watchers) stream.fail(new ParleyError('unavailable'));
  }

  /** It has closed the producer, and nobody has heard of that. */
  forget(peerId: string, producerId: string): void {
    this.#producers.get(peerId)?.delete(producerId);
  }

  /** It forwards the producer again, although nobody has asked for that. */
  forwardAgain(peerId: string, producerId: string): void {
    this.#producers.get(peerId)?.set(producerId, false);
  }

  /** Instances that watch a room on it. */
  get watchers(): number {
    return this.#watchers.size;
  }

  /** Undefined if it has no such producer. */
  isPaused(peerId: string, producerId: string): boolean | undefined {
    return this.#producers.get(peerId)?.get(producerId);
  }

  stop(): Promise<void> {
    return this.#server.close(0);
  }

  #handlers(): GrpcHandlers<typeof MediaService> {
    const none = () => ({});
    return {
      getStatus: () => (this.silent ? new Promise(() => undefined) : this.#status()),
      openPeer: async ({ peerId, receiveOnly: asked }) => {
        await this.#happen('openPeer');
        const receiveOnly = asked && !this.#isOlder;
        this.peers.add(peerId);
        const receiveTransport = transport();
        this.#setSending(peerId, !receiveOnly);
        return receiveOnly ? { receiveTransport } : { sendTransport: transport(), receiveTransport };
      },
      closePeer: async ({ peerId }) => {
        await this.#happen('closePeer');
        this.peers.delete(peerId);
        this.#setSending(peerId, false);
        this.#producers.delete(peerId);
        return {};
      },
      findPeer: ({ peerId }) => ({ open: this.peers.has(peerId) }),
      setHand: ({ peerId, raised }) => {
        if (this.refuseNextHand) {
          this.refuseNextHand = false;
          throw new ParleyError('unavailable');
        }
        this.hands.push({ peerId, raised });
        return {};
      },
      watch: (_request, stream) => {
        this.#watchers.add(stream);
        stream.once('closed', () => this.#watchers.delete(stream));
        stream.write({ state: this.#state() });
        stream.write({ voicesChanged: { limited: false, producerIds: [] } });
      },
      produce: ({ peerId, paused }) => ({ producerId: this.#produce(peerId, paused) }),
      openSendTransport: async ({ peerId }) => {
        await this.#happen('openSendTransport');
        this.#setSending(peerId, true);
        return { transport: transport() };
      },
      closeSendTransport: async ({ peerId }) => {
        await this.#happen('closeSendTransport');
        this.#setSending(peerId, false);
        return {};
      },
      restartIce: () => ({ iceParameters: transport().iceParameters }),
      consume: ({ peerId, items }) => {
        for (const { producerId, home } of items) this.consumed.push({ peerId, producerId, home });
        const failure = { code: 'producer_not_found', message: '' };
        return {
          results: this.answersConsume ? items.map(({ producerId }) => ({ producerId, failure })) : [],
        };
      },
      connectTransport: none,
      setProducerPaused: async ({ peerId, producerId, paused }) => {
        await this.#happen('setProducerPaused');
        if (this.refuseToResume && !paused) throw new ParleyError('over_limit');
        if (this.isPaused(peerId, producerId) === undefined) throw new ParleyError('producer_not_found');
        this.#producers.get(peerId)?.set(producerId, paused);
        return {};
      },
      closeProducer: async ({ peerId, producerId }) => {
        await this.#happen('closeProducer');
        this.#producers.get(peerId)?.delete(producerId);
        return {};
      },
      setConsumersPaused: none,
      setConsumerLayers: none,
      closeConsumers: none,
      requestKeyFrames: none,
      findProducer: none,
      link: (stream) => stream.fail(new ParleyError('room_not_found')),
    };
  }

  #setSending(peerId: string, sending: boolean): void {
    if (sending) this.sending.add(peerId);
    else this.sending.delete(peerId);
  }

  #produce(peerId: string, paused: boolean): string {
    const producerId = crypto.randomUUID();
    const own = this.#producers.get(peerId) ?? new Map<string, boolean>();
    this.#producers.set(peerId, own.set(producerId, paused));
    return producerId;
  }

  #state(): media.RoomStateInput {
    return {
      peers: [...this.peers].map((peerId) => ({
        peerId,
        producers: Array.from(this.#producers.get(peerId) ?? [], ([producerId, paused]) => ({
          producerId,
          paused,
        })),
      })),
    };
  }

  #status(): media.GetStatusResponseInput {
    const { accepting, draining, region, probes, freePipePorts } = this;
    return {
      accepting,
      workers: [{ index: 0, healthy: true, cpu: this.cpu }],
      rooms: 0,
      peers: this.peers.size,
      draining,
      ...(!this.#isOlder && { region, probes, freePipePorts }),
    };
  }

  async #happen(method: Method): Promise<void> {
    const task = this.meanwhile.get(method);
    this.meanwhile.delete(method);
    await task?.();
  }
}

function transport() {
  return {
    transportId: crypto.randomUUID(),
    iceParameters: { usernameFragment: 'fragment', password: 'password' },
    iceCandidates: [],
    dtlsParameters: {
      role: 'auto',
      fingerprints: [{ algorithm: 'sha-256', value: Array(32).fill('AB').join(':') }],
    },
  };
}
