import { KeyedQueue } from '@parley/common/async';
import type { Logger } from '@parley/common/logging';
import { ParleyError, type PeerId, type RtpCapabilities } from '@parley/proto';
import type { MediaWorker } from '../worker/media-worker.ts';
import type { WorkerPool } from '../worker/worker-pool.ts';
import type { Capacity } from './capacity.ts';
import type { RoomId } from './ids.ts';
import type { Peer } from './peer.ts';
import { Room, type RoomSettings } from './room.ts';
import { roomState } from './room-events.ts';
import type { RoomMetrics } from './room-metrics.ts';
import { RoomWatchers, type WatchStream } from './room-watchers.ts';

export type MediaNodeOptions = {
  /** Belongs to the node, which closes it. */
  pool: WorkerPool;
  capacity: Capacity;
  room: RoomSettings;
  logger: Logger;
  metrics: RoomMetrics;
};

/** A dead worker is replaced in well under a second; a join in between waits for the replacement. */
const WAIT_FOR_WORKER_MS = 3000;

/** The media node: rooms, the worker that each is on, and the watchers of each. */
export class MediaNode {
  readonly #options: MediaNodeOptions;
  readonly #pool: WorkerPool;
  readonly #rooms = new Map<RoomId, { room: Room; worker: MediaWorker }>();
  readonly #watchers = new Map<RoomId, RoomWatchers>();
  /** Peers of one room are opened and closed one after the other. */
  readonly #queue = new KeyedQueue<RoomId>();
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
    return [...this.#rooms.values()].reduce((sum, { room }) => sum + room.peerCount, 0);
  }

  get watcherCount(): number {
    return [...this.#watchers.values()].reduce((sum, watchers) => sum + watchers.size, 0);
  }

  /** Whether a new room would find a worker now. */
  get accepting(): boolean {
    return !this.#closed && (this.#options.capacity.accepting || this.#longestIdle() !== undefined);
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
    for (const { room } of this.#rooms.values()) room.close('stopping');
    for (const watchers of this.#watchers.values()) watchers.close();
    this.#watchers.clear();
    this.#pool.close();
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

  workerOf(id: RoomId): MediaWorker | undefined {
    return this.#rooms.get(id)?.worker;
  }

  /** Opens the room as well if it is not open. */
  openPeer(roomId: RoomId, peerId: PeerId, rtpCapabilities: RtpCapabilities, origin?: string): Promise<Peer> {
    return this.#queue.run(roomId, async () => {
      const room = this.#find(roomId) ?? (await this.#openRoom(roomId));
      return room.openPeer(peerId, rtpCapabilities, origin);
    });
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
    watchers.add(stream, room?.snapshot ?? [roomState([])]);
    room?.setWatched(true);
  }

  #find(id: RoomId): Room | undefined {
    return this.#rooms.get(id)?.room;
  }

  async #openRoom(id: RoomId): Promise<Room> {
    const { capacity, room: settings, logger, metrics } = this.#options;
    if (!(await this.#pool.whenHealthy(WAIT_FOR_WORKER_MS))) throw new ParleyError('media_unavailable');
    // Makes a place for a new room, if there is none.
    if (!capacity.accepting) this.#longestIdle()?.close('unused');
    const worker = capacity.chooseWorker();
    const router = await worker.createRouter();
    const { rates } = worker;
    const parts = { router, capacity: capacity.of(worker), rates };
    const room = await Room.create({ id, ...parts, settings, logger, metrics });
    if (this.#closed || worker.closed) {
      room.close(this.#closed ? 'stopping' : 'worker_died');
      throw new ParleyError('media_unavailable');
    }
    this.#rooms.set(id, { room, worker });
    this.#handleRoom(room);
    logger.info({ roomId: id, worker: worker.index }, 'room opened');
    return room;
  }

  /** The room that takes a place for nothing for the longest time, if there is one. */
  #longestIdle(): Room | undefined {
    return [...this.#rooms.values()]
      .map(({ room }) => ({ room, idleMs: room.idleMs ?? 0 }))
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
    for (const { room, worker } of this.#rooms.values()) if (worker === dead) room.close('worker_died');
  }

  #assertOpen(): void {
    if (this.#closed) throw new ParleyError('closed');
  }
}
