import type { RateLimiter } from '@parley/common/limits';
import { OutageLog, type Logger } from '@parley/common/logging';
import { ParleyError } from '@parley/proto/errors';
import type { RoomCode } from '@parley/proto/ids';
import type { LobbyPeople as People, PeerRecord } from '@parley/proto/room';
import type { Settings } from '../../config.ts';
import { chargeAddress } from '../../limits/address-charge.ts';
import type { Newcomer } from '../../peer/newcomer.ts';
import type { LiveRoomStore, RoomView } from '../../store/live-room-store.ts';
import { assertVisible, isElsewhere } from '../place-check.ts';
import { namedPeople } from './named-people.ts';

/** Between two notifications of one person. */
const REFRESH_MS = 3_000;
/** People. The names of a larger room that this instance does not serve are read more rarely: the whole room comes in for them. */
const LARGE_ROOM = 50;
const LARGE_ROOM_READ_MS = 30_000;

type LobbyPeopleOptions = {
  store: LiveRoomStore;
  settings: Settings;
  /** Of each address. Apart from its joins, so that no lobby keeps anybody from joining. */
  watches: RateLimiter;
  /** The people of a room that this instance serves; undefined of any other. */
  peersOf: (code: RoomCode) => readonly PeerRecord[] | undefined;
  logger: Logger;
};
/** Somebody with a socket. */
type Person = Pick<Newcomer, 'identity' | 'link'>;
/** `isPresent`: the person is in the room with another device. */
type Watcher = Person & { readonly isPresent: boolean; known: string };
type Seen = { readonly people: People; readonly isNamed: boolean };
type Read = { readonly names: Promise<string[]>; readonly readAt: number };

/**
 * Notifies people who have a socket here, and are not in a room, of those who are in it, as far as the room allows. Looks at each room that somebody
 * watches every few seconds, whatever happens in it: where names are not shown, a join costs nothing here.
 */
export class LobbyPeople {
  readonly #options: LobbyPeopleOptions;
  readonly #watchers = new Map<RoomCode, Map<Person['link'], Watcher>>();
  /** Names of large rooms. */
  readonly #reads = new Map<RoomCode, Read>();
  readonly #timer: NodeJS.Timeout;
  readonly #outages: OutageLog;
  #refreshing = false;
  #closed = false;

  constructor(options: LobbyPeopleOptions) {
    this.#options = options;
    this.#outages = new OutageLog({
      message: 'rooms not looked at for people in the lobby',
      logger: options.logger,
    });
    this.#timer = setInterval(() => void this.#refresh(), REFRESH_MS).unref();
  }

  /** People with a socket here who watch. */
  get size(): number {
    return [...this.#watchers.values()].reduce((sum, people) => sum + people.size, 0);
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#timer);
    this.#watchers.clear();
    this.#reads.clear();
  }

  /** Rejects with what the door would answer now, with `room_full`, `address_limited` or `rate_limited`. */
  async watch({ identity, link }: Person): Promise<People> {
    const { store, settings, watches } = this.#options;
    const { code, peerId, network, credentials } = identity;
    if (credentials.kind !== 'token') throw new ParleyError('token_invalid', 'The lobby needs a join token.');
    chargeAddress(watches, identity.address);
    const live = await store.look(code, { identity: identity.identity, peerId, network });
    const isPresent = isElsewhere(live?.own ?? [], identity.identity);
    if (live !== undefined)
      assertVisible({ identity, live, isPresent, others: live.networkPeerCount, settings, now: store.now() });
    const seen = await this.#lookIn(code, live);
    if (link.closed || this.#closed) throw new ParleyError('closed');
    const people = this.#watchers.get(code) ?? new Map<Person['link'], Watcher>();
    this.#watchers.set(code, people.set(link, { identity, link, isPresent, known: digest(seen) }));
    return seen.people;
  }

  /** The person joins, waits before the door, or has lost the socket. */
  end({ identity: { code }, link }: Person): void {
    const people = this.#watchers.get(code);
    people?.delete(link);
    if (people?.size !== 0) return;
    this.#watchers.delete(code);
    this.#reads.delete(code);
  }

  async #refresh(): Promise<void> {
    if (this.#refreshing) return;
    this.#refreshing = true;
    // Of somebody whose socket ended meanwhile.
    for (const code of this.#reads.keys()) if (!this.#watchers.has(code)) this.#reads.delete(code);
    try {
      await Promise.all([...this.#watchers.keys()].map((code) => this.#refreshRoom(code)));
      this.#outages.worked();
    } catch (error) {
      this.#outages.failed(error);
    } finally {
      this.#refreshing = false;
    }
  }

  async #refreshRoom(code: RoomCode): Promise<void> {
    const live = await this.#options.store.look(code, { identity: null });
    const seen = await this.#lookIn(code, live);
    for (const watcher of this.#watchers.get(code)?.values() ?? []) {
      const shown = live === undefined || this.#maySee(watcher, live) ? seen : null;
      const known = digest(shown);
      if (known === watcher.known) continue;
      watcher.known = known;
      watcher.link.notify('lobby:changed', { people: shown?.people ?? null });
    }
  }

  async #lookIn(code: RoomCode, live: RoomView | undefined): Promise<Seen> {
    if (live === undefined) return { people: { count: 0, names: [] }, isNamed: false };
    const isNamed = live.access?.namesBeforeJoin === true;
    const names = isNamed ? await this.#namesOf(code, live) : [];
    return { people: { count: live.peerCount, names: names.slice(0, live.peerCount) }, isNamed };
  }

  async #namesOf(code: RoomCode, { peerCount }: RoomView): Promise<string[]> {
    const peers = this.#options.peersOf(code);
    if (peers !== undefined) return namedPeople(peers);
    if (peerCount <= LARGE_ROOM) return this.#readNames(code);
    const now = Date.now();
    const last = this.#reads.get(code);
    if (last !== undefined && now - last.readAt < LARGE_ROOM_READ_MS) return last.names;
    const names = this.#readNames(code);
    this.#reads.set(code, { names, readAt: now });
    names.catch(() => this.#reads.delete(code));
    return names;
  }

  async #readNames(code: RoomCode): Promise<string[]> {
    const room = await this.#options.store.find(code);
    return namedPeople(room?.peers.map(({ record }) => record) ?? []);
  }

  #maySee({ identity, isPresent }: Watcher, live: RoomView): boolean {
    const { store, settings } = this.#options;
    try {
      // How many of the network are in the room is asked for at the beginning.
      assertVisible({ identity, live, isPresent, others: 0, settings, now: store.now() });
      return true;
    } catch (error) {
      if (error instanceof ParleyError) return false;
      throw error;
    }
  }
}

/** Two with the same digest are the same for the page. Of a room without names that is everything but whether it may be seen. */
function digest(seen: Seen | null): string {
  if (seen === null) return 'hidden';
  return seen.isNamed ? JSON.stringify(seen.people) : 'unnamed';
}
