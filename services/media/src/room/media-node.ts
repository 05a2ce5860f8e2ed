import { KeyedQueue } from '@parley/common/async';
import type { Logger } from '@parley/common/logging';
import { ParleyError, type PeerId, type RtpCapabilities } from '@parley/proto';
import type { RoomId } from './ids.ts';
import type { MediaWorker } from '../worker/media-worker.ts';
import type { MediaMetrics, RefusedThing } from '../statistics/metrics.ts';
import type { Peer } from './peer.ts';
import { acceptsRoom, placeRoom, type WorkerLimits } from '../worker/placement.ts';
import { Room, type RoomSettings } from './room.ts';
import { roomState } from './room-events.ts';
import { RoomWatchers, type WatchStream } from './room-watchers.ts';
import type { WorkerPool } from '../worker/worker-pool.ts';

export type MediaNodeOptions = {
  pool: WorkerPool;
  limits: WorkerLimits;
  room: RoomSettings;
  logger: Logger;
  metrics: MediaMetrics;
};

/** After a worker's death the next one is up in well under a second; a join in between waits for it. */
const WAIT_FOR_WORKER_MS = 3000;

/** The SFU: rooms on workers, and who watches them. */
export class MediaNode {
  readonly #options: MediaNodeOptions;
  readonly #pool: WorkerPool;
  readonly #rooms = new Map<RoomId, Room>();
  readonly #watchers = new Map<RoomId, RoomWatchers>();
  /** Opening and closing peers of one room, one after the other. */
  readonly #admissions = new KeyedQueue<RoomId>();
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
    return [...this.#rooms.values()].reduce((sum, room) => sum + room.peerCount, 0);
  }

  get watcherCount(): number {
    return [...this.#watchers.values()].reduce((sum, watchers) => sum + watchers.size, 0);
  }

  /** Whether a new room would find a worker now. */
  get accepting(): boolean {
    return !this.#closed && this.workers.some((worker) => acceptsRoom(worker.load, this.#options.limits));
  }

  get healthy(): boolean {
    return !this.#closed && this.workers.some((worker) => worker.healthy);
  }

  /** Closes all rooms, telling their watchers, then the workers. `whenEnded` says when their processes are gone. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#admissions.close();
    for (const room of this.#rooms.values()) room.close('stopping');
    for (const watchers of this.#watchers.values()) watchers.close();
    this.#watchers.clear();
    this.#pool.close();
  }

  whenEnded(): Promise<void> {
    return this.#pool.whenEnded();
  }

  room(id: RoomId): Room {
    this.#assertOpen();
    const room = this.#rooms.get(id);
    if (!room) throw new ParleyError('room_not_found');
    return room;
  }

  /** Opens the room if need be. */
  openPeer(roomId: RoomId, peerId: PeerId, rtpCapabilities: RtpCapabilities): Promise<Peer> {
    return this.#admissions.run(roomId, async () => {
      const room = this.#rooms.get(roomId) ?? (await this.#openRoom(roomId));
      this.#admit('peer', room.hasPeer(peerId) || room.worker.load.peers < this.#options.limits.peers);
      return room.openPeer(peerId, rtpCapabilities);
    });
  }

  /** Closing a peer that is not there is no error. One that is being opened is closed then. */
  closePeer(roomId: RoomId, peerId: PeerId): Promise<void> {
    return this.#admissions.run(roomId, () => this.#rooms.get(roomId)?.closePeer(peerId));
  }

  /** Of an open room or of one that may open later. */
  watch(roomId: RoomId, stream: WatchStream): void {
    this.#assertOpen();
    if (stream.closed) return;
    const room = this.#rooms.get(roomId);
    const watchers = this.#watchers.get(roomId) ?? this.#createWatchers(roomId);
    watchers.add(stream, room?.snapshot ?? [roomState([])]);
    room?.setWatched(true);
  }

  async #openRoom(id: RoomId): Promise<Room> {
    const { limits, room: settings, logger, metrics } = this.#options;
    if (!(await this.#pool.whenHealthy(WAIT_FOR_WORKER_MS))) throw new ParleyError('media_unavailable');
    const worker = placeRoom(this.workers, limits);
    if (!worker) throw this.#refusal('room');
    const admitConsumer = (of: MediaWorker) => this.#admit('consumer', of.load.consumers < limits.consumers);
    const room = await Room.create({ id, worker, settings, logger, metrics, admitConsumer });
    if (this.#closed || worker.closed) {
      room.close(this.#closed ? 'stopping' : 'worker_died');
      throw new ParleyError('media_unavailable');
    }
    this.#rooms.set(id, room);
    this.#handleRoom(room);
    logger.info({ roomId: id, worker: worker.index }, 'room opened');
    return room;
  }

  #handleRoom(room: Room): void {
    room.on('happened', (event) => this.#watchers.get(room.id)?.tell(event));
    room.on('closed', () => this.#rooms.delete(room.id));
    room.setWatched(this.#watchers.has(room.id));
  }

  #createWatchers(roomId: RoomId): RoomWatchers {
    const watchers = new RoomWatchers();
    this.#watchers.set(roomId, watchers);
    watchers.once('emptied', () => {
      this.#watchers.delete(roomId);
      this.#rooms.get(roomId)?.setWatched(false);
    });
    return watchers;
  }

  #handleWorkerDied(worker: MediaWorker): void {
    for (const room of this.#rooms.values()) if (room.worker === worker) room.close('worker_died');
  }

  #admit(thing: RefusedThing, fits: boolean): void {
    if (!fits) throw this.#refusal(thing);
  }

  #refusal(thing: RefusedThing): ParleyError {
    this.#options.metrics.admissionRefused(thing);
    return new ParleyError('at_capacity');
  }

  #assertOpen(): void {
    if (this.#closed) throw new ParleyError('closed');
  }
}
