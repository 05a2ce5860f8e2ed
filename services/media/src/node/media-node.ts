import { KeyedQueue } from '@parley/common/async';
import type { Logger } from '@parley/common/logging';
import { ParleyError } from '@parley/proto/errors';
import type { PeerId } from '@parley/proto/ids';
import type { RtpCapabilities } from '@parley/proto/rtp';
import type { MediaWorker } from '../worker/media-worker.ts';
import type { WorkerPool } from '../worker/worker-pool.ts';
import { Breaker, DEFAULT_BREAKER } from './breaker.ts';
import type { Capacity } from './capacity.ts';
import type { Homes } from '../link/home-nodes.ts';
import type { RoomId } from '../room/ids.ts';
import type { Peer } from '../room/peer.ts';
import { Room, type PeerOpening } from '../room/room.ts';
import { roomState, voicesChanged } from '../room/room-events.ts';
import type { RoomMetrics } from '../room/room-metrics.ts';
import type { RoomSettings } from '../room/room-options.ts';
import type { RoomPlaces } from '../room/room-routers.ts';
import { RoomWatchers, type WatchStream } from './room-watchers.ts';

export type MediaNodeOptions = {
  /** Belongs to the node, which closes it. */
  pool: WorkerPool;
  capacity: Capacity;
  /** The other media nodes. They belong to the caller. */
  homes: Homes;
  room: RoomSettings;
  logger: Logger;
  metrics: RoomMetrics;
};

/** A dead worker is replaced in well under a second; a join in between waits for the replacement. */
const WAIT_FOR_WORKER_MS = 3000;

/** The media node: rooms, the workers that each is on, and the watchers of each. */
export class MediaNode {
  readonly #options: MediaNodeOptions;
  readonly #pool: WorkerPool;
  readonly #rooms = new Map<RoomId, Room>();
  readonly #watchers = new Map<RoomId, RoomWatchers>();
  /** Peers of one room are opened and closed one after the other. */
  readonly #queue = new KeyedQueue<RoomId>();
  readonly #breaker = new Breaker(DEFAULT_BREAKER);
  #draining = false;
  #closed = false;

  constructor(options: MediaNodeOptions) {
    this.#options = options;
    this.#pool = options.pool;
    this.#pool.on('worker-died', (worker) => this.#handleWorkerDied(worker));
  }

  get workers(): readonly MediaWorker[] {
    return this.#pool.workers;
  }

  get roomCount(): number {
    return this.#rooms.size;
  }

  get peerCount(): number {
    return [...this.#rooms.values()].reduce((sum, { peerCount }) => sum + peerCount, 0);
  }

  get watcherCount(): number {
    return [...this.#watchers.values()].reduce((sum, watchers) => sum + watchers.size, 0);
  }

  /** Ports that are left for links to other nodes, as far as this node has taken them. */
  get freePipePorts(): number {
    const { min, max } = this.#options.room.pipePlace.ports;
    const taken = this.workers.reduce((sum, { census }) => sum + census.links, 0);
    return Math.max(0, max - min + 1 - taken);
  }

  /** Whether a new room would find a worker now. */
  get accepting(): boolean {
    return (
      !this.#closed &&
      !this.#draining &&
      (this.#options.capacity.accepting || this.#longestIdle() !== undefined)
    );
  }

  /** The node is about to stop, and takes no more rooms and peers. */
  get draining(): boolean {
    return this.#draining;
  }

  get healthy(): boolean {
    return !this.#closed && this.workers.some((worker) => worker.healthy);
  }

  /**
   * Closes all rooms, which reports their end to the watchers, then the workers. `whenEnded` resolves when those are
   * gone.
   */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#queue.close();
    for (const room of this.#rooms.values()) room.close('stopping');
    for (const watchers of this.#watchers.values()) watchers.close();
    this.#watchers.clear();
    this.#pool.close();
  }

  /** From now on no room and no peer is opened. Those that are open go on. */
  drain(): void {
    this.#draining = true;
  }

  whenEnded(): Promise<void> {
    return this.#pool.whenEnded();
  }

  room(id: RoomId): Room {
    this.#assertOpen();
    const room = this.#find(id);
    if (!room) throw new ParleyError('room_not_found');
    return room;
  }

  /** The workers that the room uses, the first first. */
  workersOf(id: RoomId): readonly MediaWorker[] {
    return this.#find(id)?.workers ?? [];
  }

  /** Opens the room as well if it is not open. */
  openPeer(
    roomId: RoomId,
    peerId: PeerId,
    rtpCapabilities: RtpCapabilities,
    opening?: PeerOpening,
  ): Promise<Peer> {
    return this.#queue.run(roomId, async () => {
      if (this.#draining && !this.hasPeer(roomId, peerId)) throw new ParleyError('media_unavailable');
      const room = this.#find(roomId) ?? (await this.#openRoom(roomId));
      return room.openPeer(peerId, rtpCapabilities, opening);
    });
  }

  hasPeer(roomId: RoomId, peerId: PeerId): boolean {
    return this.#find(roomId)?.hasPeer(peerId) === true;
  }

  /** Closing an unknown peer is no error. A peer that is being opened is closed when it is open. */
  closePeer(roomId: RoomId, peerId: PeerId): Promise<void> {
    return this.#queue.run(roomId, () => this.#find(roomId)?.closePeer(peerId));
  }

  /** Adds a watcher of a room that is open, or that may be opened later. */
  watch(roomId: RoomId, stream: WatchStream): void {
    this.#assertOpen();
    if (stream.closed) return;
    const room = this.#find(roomId);
    const watchers = this.#watchers.get(roomId) ?? this.#createWatchers(roomId);
    // A room that is not open holds no voice back. The watcher may have a list of another node, or of the room before.
    watchers.add(stream, room?.snapshot ?? [roomState([]), voicesChanged(undefined)]);
    room?.setWatched(true);
  }

  #find(id: RoomId): Room | undefined {
    return this.#rooms.get(id);
  }

  async #openRoom(id: RoomId): Promise<Room> {
    const { capacity, homes, room: settings, logger, metrics } = this.#options;
    if (this.#breaker.isQuarantined(id)) throw new ParleyError('room_quarantined');
    if (!(await this.#pool.whenHealthy(WAIT_FOR_WORKER_MS))) throw new ParleyError('media_unavailable');
    // Makes a place for a new room, if there is none.
    if (!capacity.accepting) this.#longestIdle()?.close('unused');
    const room = await Room.create({ id, places: this.#placesOf(id), homes, settings, logger, metrics });
    const [worker] = room.workers;
    if (this.#closed || worker?.closed !== false) {
      room.close(this.#closed ? 'stopping' : 'worker_died');
      throw new ParleyError('media_unavailable');
    }
    this.#rooms.set(id, room);
    this.#handleRoom(room);
    logger.info({ roomId: id, worker: worker.index }, 'room opened');
    return room;
  }

  #placesOf(id: RoomId): RoomPlaces {
    const { capacity } = this.#options;
    return {
      choose: (used) =>
        used.length === 0
          ? capacity.chooseWorker(this.#shunnedBy(id))
          : capacity.choosePeerWorker(used, () => this.#shunnedBy(id)),
      capacityOf: (worker) => capacity.of(worker),
    };
  }

  /** The room that takes a place for nothing for the longest time, if there is one. */
  #longestIdle(): Room | undefined {
    return [...this.#rooms.values()]
      .map((room) => ({ room, idleMs: room.idleMs ?? 0 }))
      .filter(({ idleMs }) => idleMs >= this.#options.room.idleMinMs)
      .toSorted((a, b) => b.idleMs - a.idleMs)[0]?.room;
  }

  #handleRoom(room: Room): void {
    room.on('happened', (event) => this.#watchers.get(room.id)?.write(event));
    room.on('closed', () => this.#rooms.delete(room.id));
    room.setWatched(this.#watchers.has(room.id));
  }

  #createWatchers(roomId: RoomId): RoomWatchers {
    const watchers = new RoomWatchers();
    this.#watchers.set(roomId, watchers);
    watchers.once('emptied', () => {
      this.#watchers.delete(roomId);
      this.#find(roomId)?.setWatched(false);
    });
    return watchers;
  }

  #handleWorkerDied(dead: MediaWorker): void {
    const rooms = [...this.#rooms.values()].filter(({ workers }) => workers.includes(dead));
    const guilty = this.#breaker.workerDied(rooms.map(({ id }) => id));
    if (guilty !== undefined) {
      this.#options.metrics.roomQuarantined();
      this.#options.logger.error({ roomId: guilty }, 'room in quarantine: its workers died again and again');
    }
    for (const room of rooms) {
      if (room.id === guilty) room.close('worker_died');
      else room.workerDied(dead);
    }
  }

  /**
   * The workers that a new room avoids if it can: those with a room whose worker died lately, since that room may have caused it. Such a room
   * itself also avoids all others, if a worker is empty.
   */
  #shunnedBy(id: RoomId): ReadonlySet<MediaWorker> {
    const all = [...this.#rooms.values()];
    const used = new Set(all.flatMap(({ workers }) => workers));
    const hasEmpty = this.workers.some((worker) => worker.healthy && !used.has(worker));
    if (this.#breaker.isSuspect(id) && hasEmpty) return used;
    return new Set(all.filter((room) => this.#breaker.isSuspect(room.id)).flatMap(({ workers }) => workers));
  }

  #assertOpen(): void {
    if (this.#closed) throw new ParleyError('closed');
  }
}
