import { EventEmitter } from 'node:events';
import {
  GrpcClient,
  type GrpcCallOptions,
  type GrpcClientOptions,
  type GrpcClientStream,
} from '@parley/common/grpc';
import { ParleyError, type ErrorCode, type PeerId, type RoomCode, type TraceId } from '@parley/proto';
import { MediaService, type media } from '@parley/proto/grpc';
import { RemotePeer } from './remote-peer.ts';
import { PeerReleases } from './peer-releases.ts';
import type { NodeLoad } from './placement.ts';

const STATUS_INTERVAL_MS = 1_000;
/** A busy node answers late; taking it for lost would move its rooms. */
const STATUS_TIMEOUT_MS = 3_000;
/** Somebody waits to be let in. */
const SECOND_LOOK_TIMEOUT_MS = 1_000;

type Client = GrpcClient<typeof MediaService>;
type UnaryName = Parameters<Client['call']>[0];

/** What a node's trouble is to a client of ours: the media is away, whichever way we noticed. */
const MEDIA_AWAY: readonly ErrorCode[] = [
  'unavailable',
  'timeout',
  'unauthenticated',
  'room_not_found',
  'peer_not_found',
];

type Events = {
  /** It was asked how it is, and said so. */
  answered: [];
  unanswered: [];
};

/** One media node: its connection, its health as last asked, and the peers on it. Its id is its address. */
export class RemoteNode extends EventEmitter<Events> {
  readonly id: string;
  readonly #client: Client;
  readonly #releases: PeerReleases;
  #load: NodeLoad;
  /** Peers sent there since it last told how many it has. */
  #expectedPeers = 0;
  #timer: NodeJS.Timeout | undefined;
  #secondLook: Promise<void> | undefined;
  #closed = false;

  private constructor(address: string, options: GrpcClientOptions) {
    super();
    // Each room on it listens.
    this.setMaxListeners(0);
    this.id = address;
    this.#client = GrpcClient.create(MediaService, address, options);
    this.#load = { id: address, reachable: false, accepting: false, cpu: 0, peers: 0 };
    this.#releases = new PeerReleases((code, peerId) => this.#closePeer(code, peerId), options.logger);
  }

  /** Resolves after the first question for its health, whether or not it was answered. */
  static async create(address: string, options: GrpcClientOptions): Promise<RemoteNode> {
    const node = new RemoteNode(address, options);
    await node.#poll();
    return node;
  }

  get load(): NodeLoad {
    return { ...this.#load, peers: this.#load.peers + this.#expectedPeers };
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Departed peers whose media is not released yet. */
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

  /** A peer is on its way: rooms that are made at once go to different nodes. */
  expectPeer(): void {
    this.#expectedPeers += 1;
  }

  peer(code: RoomCode, peerId: PeerId, traceId: TraceId): RemotePeer {
    return new RemotePeer({ node: this, code, peerId, traceId });
  }

  /** Closes what the peer has, now or as soon as the node answers. */
  release(code: RoomCode, peerId: PeerId): void {
    this.#releases.add(code, peerId);
  }

  /** Resolves when nothing of the peer waits to be released any more. */
  settle(code: RoomCode, peerId: PeerId): Promise<void> {
    return this.#releases.settle(code, peerId);
  }

  /** Resolves when every departed peer's media is released. */
  released(): Promise<void> {
    return this.#releases.idle();
  }

  /** Rejects with the node's own code, and with `media_unavailable` when it or the peer's media on it is away. */
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

  /** Asks how it is. Never rejects: no answer is an answer. */
  async ask(timeoutMs = STATUS_TIMEOUT_MS): Promise<void> {
    const options: GrpcCallOptions = { timeoutMs };
    const status = await this.call('getStatus', {}, options).catch(() => undefined);
    this.#load = status === undefined ? { ...this.#load, reachable: false } : loadOf(this.id, status);
    this.#expectedPeers = 0;
    if (!this.#closed) this.emit(status === undefined ? 'unanswered' : 'answered');
  }

  /** One call that failed says little: a node that is thought away is asked again. Everybody who waits asks once. */
  async lookAgain(): Promise<void> {
    if (this.#load.reachable) return;
    this.#secondLook ??= this.ask(SECOND_LOOK_TIMEOUT_MS).finally(() => (this.#secondLook = undefined));
    await this.#secondLook;
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
  return { id, reachable: true, accepting: status.accepting, cpu, peers: status.peers };
}
