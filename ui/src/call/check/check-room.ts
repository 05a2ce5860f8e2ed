import type { RoomCode, TraceId } from '@parley/proto/ids';
import { CallFailure } from '../base/call-failure.ts';
import type { Credentials } from '../base/credentials.ts';
import { MediaDevice } from '../media/media-device.ts';
import { RestClient } from '../base/rest-client.ts';
import { CheckPeer } from './check-peer.ts';
import type { IcePath } from './ice-path.ts';

/** A room for the guests of one check. It is created with the first guest, and its code is not shown anywhere. */
export class CheckRoom {
  readonly #origin: string;
  readonly #rest: RestClient;
  readonly #device = new MediaDevice();
  readonly #guests = new Map<IcePath, Promise<CheckPeer>>();
  readonly #peers = new Set<CheckPeer>();
  #code: Promise<RoomCode> | null = null;
  #closed = false;

  constructor(origin: string, traceId: TraceId, credentials: Credentials) {
    this.#origin = origin;
    this.#rest = new RestClient({ origin, traceId: () => traceId, credentials });
  }

  /** Lets all guests leave the room. */
  close(): void {
    this.#closed = true;
    for (const peer of this.#peers) peer.leave();
    this.#peers.clear();
  }

  /** The guest of a path. The first call creates it, and later calls return the same one. Rejects with CallFailure. */
  guest(path: IcePath): Promise<CheckPeer> {
    const known = this.#guests.get(path) ?? this.another(path);
    this.#guests.set(path, known);
    return known;
  }

  /** Creates one more guest on a path. Rejects with CallFailure; with `closed` if this room closes meanwhile. */
  async another(path: IcePath): Promise<CheckPeer> {
    this.#code ??= this.#make();
    const [roomCode, device] = await Promise.all([this.#code, this.#device.ready()]);
    const peer = await CheckPeer.join({ origin: this.#origin, rest: this.#rest, roomCode, device, path });
    if (this.#closed) {
      peer.leave();
      throw new CallFailure('closed');
    }
    this.#peers.add(peer);
    return peer;
  }

  async #make(): Promise<RoomCode> {
    return (await this.#rest.call('createRoom', { body: { title: 'Connection check' } })).code;
  }
}
