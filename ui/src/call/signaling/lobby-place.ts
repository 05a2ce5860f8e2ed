import type { RoomCode, TraceId } from '@parley/proto/ids';
import type { RouteResult } from '@parley/proto/rest';
import type { LobbyPeople } from '@parley/proto/room';
import type { Credentials } from '../base/credentials.ts';
import { newTraceId } from '../base/ids.ts';
import type { ClientLog } from '../base/log.ts';
import { RestClient } from '../base/rest-client.ts';
import { SignalingConnection, type ConnectionOptions, type KnownWays } from './signaling-connection.ts';

/** What the call of a place takes over from the gateway's answer. */
export type Admission = Pick<RouteResult<'joinRoom'>, 'token' | 'reportMetrics' | 'waits' | 'elsewhere'>;
type Listeners = Pick<ConnectionOptions, 'onNotification' | 'onLost'>;

type LobbyPlaceOptions = {
  origin: string;
  roomCode: RoomCode;
  displayName: string;
  credentials?: Credentials | undefined;
  /** The people in the room have changed; null: this person may not know it any more. Not called after `listen`. */
  onPeople: (people: LobbyPeople | null) => void;
  /** The place is of no use any more. Not called after `close`, nor after `listen`. */
  onLost: () => void;
  log: ClientLog;
};

/**
 * A join token and an open socket that is not in the room yet, got before the press of Join. The others see nothing of it. It belongs to the
 * lobby, and from Join on to the call, which then listens.
 */
export class LobbyPlace {
  readonly traceId: TraceId = newTraceId();
  /** The name in the token. */
  readonly displayName: string;
  readonly ways: KnownWays = { pollsFirst: false };
  readonly connection: SignalingConnection;
  /** Rejects with CallFailure. */
  readonly admitted: Promise<Admission>;
  /** Resolves when the socket is open. Rejects with CallFailure. */
  readonly opened: Promise<void>;
  /** The permission of the call to report; it comes with the join token. */
  #reportPass: string | null = null;
  #listeners: Listeners;

  constructor({ origin, roomCode, displayName, credentials, onPeople, onLost, log }: LobbyPlaceOptions) {
    this.displayName = displayName;
    this.#listeners = {
      onNotification: (event) => {
        if (event.name === 'lobby:changed') onPeople(event.payload.people);
      },
      onLost,
    };
    const rest = new RestClient({
      origin,
      traceId: () => this.traceId,
      credentials,
      onReportPass: (pass) => (this.#reportPass = pass),
    });
    this.connection = new SignalingConnection({
      origin,
      log,
      ways: this.ways,
      onNotification: (event) => this.#listeners.onNotification(event),
      onLost: (reason) => this.#listeners.onLost(reason),
    });
    this.admitted = rest.call('joinRoom', { params: { code: roomCode }, body: { displayName } });
    this.opened = this.connection.open(this.admitted.then(({ token }) => ({ token })));
    // The lobby, or the call, awaits both.
    this.admitted.catch(() => undefined);
    this.opened.catch(() => undefined);
  }

  get reportPass(): string | null {
    return this.#reportPass;
  }

  /** The call has the place from now on. */
  listen(listeners: Listeners): void {
    this.#listeners = listeners;
  }

  close(): void {
    this.connection.close();
  }
}
