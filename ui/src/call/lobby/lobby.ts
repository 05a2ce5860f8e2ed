import type { RoomCode } from '@parley/proto/ids';
import { PROTOCOL_VERSION, type RequestInput, type RequestResult } from '@parley/proto/requests';
import type { LobbyPeople } from '@parley/proto/room';
import { asFailure, CallFailure, type CallError } from '../base/call-failure.ts';
import type { Credentials } from '../base/credentials.ts';
import type { ClientLog } from '../base/log.ts';
import { watchPage } from '../base/page-lifecycle.ts';
import { ObservableState } from '../base/observable-state.ts';
import { pageLog } from '../telemetry/page-log.ts';
import type { MediaDevice } from '../media/media-device.ts';
import { Transports, type TransportsOwner } from '../media/transports.ts';
import { LobbyPlace } from '../signaling/lobby-place.ts';
import type { SignalingConnection } from '../signaling/signaling-connection.ts';
import { Prepared } from './prepared.ts';
import type { Regions } from './regions.ts';

/** A place is given up after this time without a sign of the person. */
export const LOBBY_IDLE_MS = 30_000;
/** The server ends a socket that has been without a peer for 60 s. A join from a place has the rest. */
export const LOBBY_AGE_MS = 50_000;
/** After a failure the door is asked again no sooner than this. */
export const LOBBY_PAUSE_MS = 10_000;

/** What shows that the person is there. */
const SIGNS = ['pointermove', 'pointerdown', 'keydown'] as const;

export type LobbyState = {
  /** Why the person could not join now; null: nothing is known against it. */
  refusal: CallError | null;
  /** The people in the room; null while nothing is known of them here. The names are there for as long as they are kept up to date. */
  people: LobbyPeople | null;
};

/** What the door answers to this person. Anything else may be different at Join, or is a matter of the network. */
const REFUSALS: ReadonlySet<CallError['code']> = new Set([
  'banned',
  'room_locked',
  'guests_refused',
  'room_not_open',
  'room_closed',
  'room_not_found',
  'room_full',
  'address_limited',
  'room_quarantined',
]);

type LobbyOptions = {
  roomCode: RoomCode;
  /** Scheme, host and port of REST and signaling. Default: the origin of the page. */
  origin?: string;
  credentials?: Credentials;
  /** The one of the call that follows. */
  device: MediaDevice;
  /** How far the regions are. Default: nobody measures them. */
  regions?: Regions;
  log?: ClientLog;
};

/**
 * Does before Join what Join would wait for, and what shows nobody: asks the door, opens the socket and connects the receiving transport, once
 * the person shows that they mean to join. What fails here is no failure of the page: a call that gets no place does the same by itself. Camera and microphone have no part
 * in it.
 */
export class Lobby {
  readonly #options: LobbyOptions;
  readonly #state = new ObservableState<LobbyState>({ refusal: null, people: null });
  readonly #log: ClientLog;
  #place: LobbyPlace | null = null;
  #transports: Transports | null = null;
  #idle: ReturnType<typeof setTimeout> | null = null;
  #old: ReturnType<typeof setTimeout> | null = null;
  /** Until the names of the last place are forgotten. */
  #stale: ReturnType<typeof setTimeout> | null = null;
  /** The name for the next place, if the last one ended by itself while the person was there. */
  #next: string | null = null;
  #taken = false;
  #pausedUntil = 0;

  constructor(options: LobbyOptions) {
    this.#options = options;
    this.#log = options.log ?? pageLog();
  }

  getState(): LobbyState {
    return this.#state.get();
  }

  subscribe(listener: () => void): () => void {
    return this.#state.subscribe(listener);
  }

  /** Follows the page, and the person on it. Returns a function that stops that, and gives the place up. */
  watch(): () => void {
    const stop = watchPage({
      // A page with a socket does not come back by "back" as it was.
      onHide: () => this.giveUp(),
      onNetworkChanged: () => {
        void this.#options.regions?.measure();
        this.renew();
      },
      onReturned: () => void this.check(),
    });
    const touch = (): void => this.touch();
    for (const sign of SIGNS) window.addEventListener(sign, touch);
    void this.#options.regions?.measure();
    return () => {
      stop();
      for (const sign of SIGNS) window.removeEventListener(sign, touch);
      this.giveUp();
    };
  }

  /** The person means to join. The name may still change until they do. */
  want(displayName: string): void {
    if (this.#taken) return;
    if (this.#place === null && Date.now() >= this.#pausedUntil) this.#open(displayName);
    this.touch();
  }

  /** The person is there. A place that was given up stays so; one that became too old, or whose network is gone, is replaced. */
  touch(): void {
    const next = this.#next;
    this.#next = null;
    if (next !== null) return this.want(next);
    if (this.#place === null) return;
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.giveUp(), LOBBY_IDLE_MS);
  }

  /** The caller has the place from now on, with what is prepared on it, and closes it. Null: there is none. Nothing is prepared after that until `giveUp`. */
  take(): Prepared | null {
    this.#taken = true;
    this.#next = null;
    return this.#release();
  }

  /** Idempotent. The next `want` makes another place. */
  giveUp(): void {
    this.#release()?.close();
    this.#next = null;
    this.#taken = false;
    this.#pausedUntil = 0;
    this.#forgetNames();
    this.#state.update({ refusal: null });
  }

  /** Ends the place, which is too old or was made over another network. The next sign of the person makes another one. */
  renew(): void {
    const next = this.#place?.displayName ?? null;
    if (next === null) return;
    this.#release()?.close();
    this.#next = next;
    // A person who is there has another place within a moment.
    this.#stale = setTimeout(() => this.#forgetNames(), LOBBY_IDLE_MS);
  }

  /** The page may have been stopped for any time. A place that does not answer any more is given up. */
  async check(): Promise<void> {
    const place = this.#place;
    if (place?.connection.connected !== true) return;
    if (!(await place.connection.answers()) && this.#place === place) this.renew();
  }

  #open(displayName: string): void {
    const { origin = location.origin, roomCode, credentials } = this.#options;
    const place: LobbyPlace = new LobbyPlace({
      origin,
      roomCode,
      displayName,
      credentials,
      log: this.#log,
      onPeople: (people) => this.#showPeople(place, people),
      onLost: () => this.#drop(place),
    });
    this.#next = null;
    this.#place = place;
    this.#old = setTimeout(() => this.renew(), LOBBY_AGE_MS);
    place.opened.then(
      () => this.#handleOpened(place),
      (error: unknown) => this.#drop(place, error),
    );
  }

  #handleOpened(place: LobbyPlace): void {
    if (this.#place !== place) return;
    this.#state.update({ refusal: null });
    this.#connect(place).catch((error: unknown) => {
      const { code } = asFailure(error);
      // Without media the place is good for a join all the same.
      if (REFUSALS.has(code)) this.#drop(place, error);
      else this.#log('info', 'no media in the lobby', { code });
    });
  }

  /** Asks who is in the room, and to be notified of changes. */
  async #watch(place: LobbyPlace): Promise<void> {
    try {
      const people = await place.connection.request('lobby:watch', { protocol: PROTOCOL_VERSION });
      this.#showPeople(place, people);
    } catch (error) {
      const { code } = asFailure(error);
      if (REFUSALS.has(code)) this.#drop(place, error);
      // Signaling of an older version says nothing of it.
      else this.#log('info', 'nothing known in the lobby of the people in the call', { code });
    }
  }

  #showPeople(place: LobbyPlace, people: LobbyPeople | null): void {
    if (this.#place !== place) return;
    if (people === null) return this.#forgetNames();
    this.#stopForgetting();
    this.#state.update({ people });
  }

  /** Nobody keeps them up to date any more. How many there are is as good as the number with which the page came. */
  #forgetNames(): void {
    this.#stopForgetting();
    const { people } = this.#state.get();
    if (people !== null && people.names.length > 0) this.#state.update({ people: { ...people, names: [] } });
  }

  #stopForgetting(): void {
    if (this.#stale !== null) clearTimeout(this.#stale);
    this.#stale = null;
  }

  /** Connects the receiving transport, if somebody in the room sends. Nothing is sent on it, and nobody can notice. */
  async #connect(place: LobbyPlace): Promise<void> {
    const { regions } = this.#options;
    const { device, certificate, rtpCapabilities } = await this.#options.device.ready();
    // The media of the lobby is placed by them.
    await regions?.settled;
    if (this.#place !== place) return;
    const regionTimes = regions?.times ?? [];
    const wish = {
      protocol: PROTOCOL_VERSION,
      rtpCapabilities,
      asksToSend: true,
      // Signaling of an older version does not know them, and has no regions.
      ...(regionTimes.length > 0 && { regionTimes }),
    } as const;
    const asked = place.connection.request('lobby:open', wish);
    // The server answers one request of a peer after the other, and this one makes the join faster.
    const watch = (): void => void this.#watch(place);
    asked.then(watch, watch);
    const { media } = await asked;
    if (media === null || this.#place !== place) return;
    const transports = new Transports({
      device,
      ...media,
      certificate,
      signaling: beforeJoin(place.connection),
      onBroken: () => this.#drop(place),
      onConnectionChanged: () => {},
      log: this.#log,
    });
    this.#transports = transports;
    await transports.warmUp();
  }

  #drop(place: LobbyPlace, error?: unknown): void {
    if (this.#place !== place) return;
    this.#release()?.close();
    this.#pausedUntil = Date.now() + LOBBY_PAUSE_MS;
    this.#forgetNames();
    if (error === undefined) return;
    const failure = asFailure(error);
    this.#log('info', 'no place in the lobby', { code: failure.code });
    this.#state.update({ refusal: REFUSALS.has(failure.code) ? failure.toError(place.traceId) : null });
  }

  #release(): Prepared | null {
    const prepared = this.#place && new Prepared(this.#place, this.#transports);
    this.#place = null;
    this.#transports = null;
    this.#stopForgetting();
    for (const timer of [this.#idle, this.#old]) if (timer !== null) clearTimeout(timer);
    this.#idle = null;
    this.#old = null;
    return prepared;
  }
}

/** The requests of transports that belong to nobody in the room yet. */
function beforeJoin(connection: SignalingConnection): TransportsOwner['signaling'] {
  return {
    request: () => Promise.reject(new CallFailure('not_joined')),
    requestUntilDone: async (name, input) => {
      if (name !== 'transport:connect') throw new CallFailure('not_joined');
      await connection.request('lobby:connect', input as RequestInput<'transport:connect'>);
      return {} as RequestResult<typeof name>;
    },
  };
}
