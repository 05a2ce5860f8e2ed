import { EventEmitter } from 'node:events';
import type { Logger } from '@parley/common/logging';
import {
  GrpcClient,
  type GrpcCallOptions,
  type GrpcClientOptions,
  type GrpcClientStream,
} from '@parley/common/grpc';
import { ParleyError, type ErrorCode } from '@parley/proto/errors';
import type { PeerId, RoomCode } from '@parley/proto/ids';
import { MediaService, type media } from '@parley/proto/media-rpc';
import type { ProbeAddress } from '@parley/proto/regions';
import { PeerReleases } from './peer-releases.ts';
import type { NodeLoad } from './placement.ts';
import { probePort, type PortState } from './port-probe.ts';
import { probesOf, regionOf } from './regions.ts';

const STATUS_INTERVAL_MS = 1_000;
/** A busy node answers late. To take it for lost would move its rooms. */
const STATUS_TIMEOUT_MS = 3_000;
/** Short, because a peer waits to be let in. */
const SECOND_LOOK_TIMEOUT_MS = 1_000;

type Client = GrpcClient<typeof MediaService>;
type UnaryName = Parameters<Client['call']>[0];

/** Errors of a node that mean for a client: the media is away. */
const MEDIA_AWAY: readonly ErrorCode[] = [
  'unavailable',
  'timeout',
  'unauthenticated',
  'forbidden',
  'room_not_found',
  'peer_not_found',
];

type Events = {
  /** The node answered, or did not answer, a request for its status. */
  answered: [];
  unanswered: [];
  /** It is proven that the process of the node has ended, and its media with it. */
  gone: [];
};

/** Signaling's proxy of a media node: its connection and its last status. The id is the address. */
export class RemoteNode extends EventEmitter<Events> {
  readonly id: string;
  readonly #logger: Logger;
  readonly #client: Client;
  readonly #releases: PeerReleases;
  #load: NodeLoad;
  #probes: readonly ProbeAddress[] = [];
  /** Peers that were placed there since its last status. */
  #expectedPeers = 0;
  #timer: NodeJS.Timeout | undefined;
  #secondLook: Promise<void> | undefined;
  #proof: Promise<void> | undefined;
  #silentSince: number | undefined;
  /** What its port did when it was not reachable the last time. */
  #port: PortState | undefined;
  #gone = false;
  #closed = false;

  private constructor(address: string, options: GrpcClientOptions) {
    super();
    // Each room on the node adds a listener.
    this.setMaxListeners(0);
    this.id = address;
    this.#logger = options.logger;
    this.#client = GrpcClient.create(MediaService, address, options);
    this.#load = { id: address, reachable: false, accepting: false, draining: false, cpu: 0, peers: 0 };
    this.#releases = new PeerReleases((code, peerId) => this.#closePeer(code, peerId), options.logger);
  }

  /** Resolves after the first request for its status, whether or not the node answered. */
  static async create(address: string, options: GrpcClientOptions): Promise<RemoteNode> {
    const node = new RemoteNode(address, options);
    await node.#poll();
    return node;
  }

  get load(): NodeLoad {
    return { ...this.#load, peers: this.#load.peers + this.#expectedPeers };
  }

  /** Where browsers can measure how far it is. */
  get probes(): readonly ProbeAddress[] {
    return this.#probes;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** It is proven that its process has ended. Silence alone is no proof: the media may still flow. */
  get gone(): boolean {
    return this.#gone;
  }

  /** Since when it has not answered for its status, by `performance.now()`; undefined if its last answer came. Differs for each silence. */
  get silentSince(): number | undefined {
    return this.#silentSince;
  }

  /** For how long it has not answered for its status, in milliseconds. */
  get silentMs(): number {
    return this.#silentSince === undefined ? 0 : performance.now() - this.#silentSince;
  }

  /** Whether not even its port answers, as after a power failure. */
  get vanished(): boolean {
    return !this.#load.reachable && this.#port === 'silent';
  }

  /** Peers whose release the node has not confirmed. */
  get pendingReleases(): number {
    return this.#releases.size;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#releases.close();
    this.#client.close();
    this.removeAllListeners();
  }

  /** Counts a peer that is on its way, so that rooms that are made at the same time go to different nodes. */
  expectPeer(): void {
    this.#expectedPeers += 1;
  }

  /** Asks the node to free what it holds of the peer, now or as soon as the node answers. */
  release(code: RoomCode, peerId: PeerId): void {
    this.#releases.add(code, peerId);
  }

  /** Resolves when no release of the peer is pending. */
  settle(code: RoomCode, peerId: PeerId): Promise<void> {
    return this.#releases.settle(code, peerId);
  }

  /** Resolves when no release is pending. */
  released(): Promise<void> {
    return this.#releases.idle();
  }

  /** Rejects with the node's own code, or with `media_unavailable` if the node or the peer's media on it is away. */
  readonly call: Client['call'] = async (name, request, options) => {
    try {
      return await this.#client.call(name, request, options);
    } catch (error) {
      throw this.#asMediaError(error, name);
    }
  };

  watch(code: RoomCode): GrpcClientStream<media.WatchResponse> {
    return this.#client.stream('watch', { roomId: code });
  }

  /** Asks for the node's status. Never rejects: without an answer the node counts as not reachable. */
  async ask(timeoutMs = STATUS_TIMEOUT_MS): Promise<void> {
    // Alone: nothing that is said on the exchange may delay the sign that the node lives.
    const options: GrpcCallOptions = { timeoutMs, alone: true };
    const status = await this.call('getStatus', {}, options).catch(() => undefined);
    this.#expectedPeers = 0;
    if (status === undefined) this.#handleUnanswered();
    else this.#handleAnswered(status);
  }

  /** Asks a node again that counts as not reachable, because one failed call says little. Concurrent callers share one request. */
  async lookAgain(): Promise<void> {
    if (this.#load.reachable) return;
    await this.look();
    if (!this.#load.reachable) await this.#proof;
  }

  /** Asks now, because there is a reason to doubt. Concurrent callers share one request. */
  look(): Promise<void> {
    this.#secondLook ??= this.ask(SECOND_LOOK_TIMEOUT_MS).finally(() => (this.#secondLook = undefined));
    return this.#secondLook;
  }

  /** Called with a proof that the process of the node has ended. The next answer shows that there is a new one. */
  bury(proof: 'refused' | 'deregistered' | 'vanished'): void {
    if (this.#gone || this.#closed) return;
    this.#gone = true;
    this.#load = { ...this.#load, reachable: false };
    this.#logger.warn({ node: this.id, proof }, 'media node is gone');
    this.emit('gone');
  }

  #handleAnswered(status: media.GetStatusResponse): void {
    this.#load = loadOf(this.id, status);
    this.#probes = probesOf(status);
    this.#silentSince = undefined;
    this.#gone = false;
    if (!this.#closed) this.emit('answered');
  }

  #handleUnanswered(): void {
    this.#load = { ...this.#load, reachable: false };
    this.#silentSince ??= performance.now();
    if (this.#closed) return;
    this.emit('unanswered');
    this.#proof ??= this.#seekProof().finally(() => (this.#proof = undefined));
  }

  async #seekProof(): Promise<void> {
    this.#port = await probePort(this.id);
    // A new process may have answered meanwhile.
    if (this.#port === 'refused' && !this.#load.reachable) this.bury('refused');
  }

  async #closePeer(code: RoomCode, peerId: PeerId): Promise<void> {
    await this.call('closePeer', { roomId: code, peerId });
  }

  #asMediaError(error: unknown, name: UnaryName): unknown {
    if (!(error instanceof ParleyError) || !MEDIA_AWAY.includes(error.code)) return error;
    if (error.code === 'unavailable' && name !== 'getStatus')
      this.#load = { ...this.#load, reachable: false };
    return new ParleyError('media_unavailable', undefined, { cause: error });
  }

  async #poll(): Promise<void> {
    await this.ask();
    if (this.#closed) return;
    this.#timer = setTimeout(() => void this.#poll(), STATUS_INTERVAL_MS).unref();
  }
}

function loadOf(id: string, status: media.GetStatusResponse): NodeLoad {
  const cpu = Math.max(0, ...status.workers.map((worker) => worker.cpu));
  const { accepting, draining, peers, freePipePorts } = status;
  const region = regionOf(status);
  return { id, reachable: true, accepting, draining, cpu, peers, region, freePipePorts };
}
