import { PROTOCOL_VERSION, type HandshakeAuth } from '@parley/proto/requests';
import type { RtpCapabilities } from '@parley/proto/rtp';
import { asFailure, CallFailure } from '../base/call-failure.ts';
import type { LobbyPlace } from './lobby-place.ts';
import { requestAlive } from './request-alive.ts';
import type { JoinReply, SignalingClientOptions } from './signaling-client-options.ts';
import type { NotificationEvent, SignalingConnection } from './signaling-connection.ts';
import type { Dialed, Sockets } from './sockets.ts';

/** Failures that pass by themselves: a server that is being replaced is back within seconds. */
const PASSING: readonly CallFailure['code'][] = [
  'network_unreachable',
  'unavailable',
  'media_unavailable',
  // Very many people join in the same moment.
  'room_busy',
];

/** What this client takes besides what every client does. */
export const TAKES = { batches: true, pages: true, asksToSend: true } as const;

/** A token with the name that is in it. */
type GivenToken = { token: string; displayName: string };

/** What a failed attempt means for the next one: it begins anew, it follows a wait before the door, or it repeats the one before. */
export type NextAttempt = 'anew' | 'after-wait' | 'repeated';

export function isPassing({ code }: CallFailure): boolean {
  return PASSING.includes(code);
}

/**
 * How a client comes into the room as a new peer: with the token of its place in the lobby or with another one, past
 * the question whether the person wants a second device in the room, and through the door. `SignalingClient` decides
 * how often it tries.
 */
export class Entrance {
  readonly #options: SignalingClientOptions;
  readonly #sockets: Sockets;
  #place: LobbyPlace | null;
  /** The token of the place, until a join with it is answered: the server may have the peer already, and another token would make a second one. */
  #given: GivenToken | null = null;
  /** Whether the present attempt uses the socket of the place. */
  #isFromPlace = false;
  /** Resolves when a host admits the person. */
  #door: PromiseWithResolvers<void> | null = null;
  /** Resolves when the person has chosen to join although they are in the room with another device; null before they were asked. */
  #consent: PromiseWithResolvers<void> | null = null;
  #asked = false;
  #wasInside = false;
  #closed = false;

  constructor(options: SignalingClientOptions, sockets: Sockets) {
    this.#options = options;
    this.#sockets = sockets;
    this.#place = options.place;
  }

  /** Whether this client was in the room before. */
  get wasInside(): boolean {
    return this.#wasInside;
  }

  /** One attempt. Rejects with CallFailure. */
  async enter(): Promise<JoinReply> {
    const connection = await this.#sockets.use((await this.#adopt()) ?? this.#sockets.dial(this.#auth()));
    const rtpCapabilities = await this.#options.rtpCapabilities();
    return this.#enterThroughDoor(connection, rtpCapabilities);
  }

  /** Called when the client is in the room, as a new peer or by a resume. */
  entered(): void {
    this.#given = null;
    this.#isFromPlace = false;
    this.#wasInside = true;
  }

  /** Resolves when the next attempt may begin, which may need the consent of the person. Rejects with CallFailure if this closes meanwhile. */
  async next(failure: CallFailure): Promise<NextAttempt> {
    if (this.#isFromPlace && this.#door === null && isPassing(failure)) {
      this.#options.log('warn', 'no join from the lobby', { code: failure.code });
      return 'anew';
    }
    const hasWaited = this.#stopWaiting(failure);
    if (failure.code === 'conflict' && (await this.#consented())) return 'anew';
    return hasWaited ? 'after-wait' : 'repeated';
  }

  /** The person wants to join, although they are in the room with another device. */
  consent(): void {
    this.#consent?.resolve();
  }

  /** What concerns the door comes before the snapshot, and does not wait for it. Returns false for anything else. */
  take(event: NotificationEvent): boolean {
    if (event.name === 'door:admitted') this.#door?.resolve();
    else if (event.name === 'door:denied')
      this.#door?.reject(new CallFailure(event.payload.blocked ? 'banned' : 'denied'));
    else return false;
    return true;
  }

  /** Called when the socket in use is lost. */
  socketLost(): void {
    this.#door?.reject(new CallFailure('network_unreachable'));
  }

  close(): void {
    this.#closed = true;
    this.#place?.close();
    this.#door?.reject(new CallFailure('closed'));
    this.#consent?.reject(new CallFailure('closed'));
  }

  /** Joins; if a host has to admit the person first, waits before the door for as long as the socket lasts. */
  async #enterThroughDoor(
    connection: SignalingConnection,
    rtpCapabilities: RtpCapabilities,
  ): Promise<JoinReply> {
    const join = () => this.#askToJoin(connection, rtpCapabilities);
    try {
      return await join();
    } catch (error) {
      if (asFailure(error).code !== 'not_admitted') throw error;
    }
    this.#door = Promise.withResolvers();
    // A decision that comes when nobody awaits it any more is no fault.
    this.#door.promise.catch(() => undefined);
    const { status } = await connection.request('room:knock', { protocol: PROTOCOL_VERSION });
    if (status === 'waiting') {
      this.#options.onWaiting();
      await this.#door.promise;
    }
    return join();
  }

  async #askToJoin(connection: SignalingConnection, rtpCapabilities: RtpCapabilities): Promise<JoinReply> {
    const { displayName: nameNow, firstPictures: picturesNow, regionTimes: timesNow } = this.#options;
    const [displayName, firstPictures, regionTimes] = [nameNow(), picturesNow(), timesNow()];
    const isRenamed = this.#given !== null && this.#given.displayName !== displayName;
    const join = { protocol: PROTOCOL_VERSION, rtpCapabilities } as const;
    const known = { ...(isRenamed && { displayName }), ...(regionTimes.length > 0 && { regionTimes }) };
    const wish = { ...join, ...known, firstPictures, ...TAKES };
    try {
      if (this.#isFromPlace) return await requestAlive(connection, 'room:join', wish);
      return await connection.request('room:join', wish);
    } catch (error) {
      // Signaling of an older version does not know the others.
      if (asFailure(error).code !== 'invalid_request') throw error;
      if (!isRenamed) return connection.request('room:join', join);
      // Such a service would take the name in the token.
      this.#given = null;
      connection.close();
      throw new CallFailure('unavailable', { cause: error });
    }
  }

  /** Resolves with null if there is no place that the person can join from. */
  async #adopt(): Promise<Dialed | null> {
    const place = this.#place;
    this.#place = null;
    this.#isFromPlace = false;
    if (place === null) return null;
    try {
      const { token, elsewhere, waits, reportMetrics } = await place.admitted;
      const { displayName } = this.#options;
      // Hosts see the name in the token.
      const isNamed = !waits || place.displayName === displayName();
      if (this.#closed || !isNamed || (elsewhere && this.#asks)) throw new CallFailure('closed');
      this.#options.onAdmitted(reportMetrics);
      this.#given = { token, displayName: place.displayName };
      this.#isFromPlace = true;
      return this.#sockets.adopt(place);
    } catch {
      place.close();
      return null;
    }
  }

  #auth(): Promise<HandshakeAuth> {
    return this.#given === null ? this.#fetchToken() : Promise.resolve({ token: this.#given.token });
  }

  async #fetchToken(): Promise<HandshakeAuth> {
    const { roomCode, displayName, rest } = this.#options;
    const passcode = this.#options.passcode();
    const { token, reportMetrics, elsewhere } = await rest.call('joinRoom', {
      params: { code: roomCode },
      body: { displayName: displayName(), ...(passcode !== null && { passcode }) },
    });
    if (elsewhere && this.#asks) {
      this.#consent = Promise.withResolvers();
      this.#consent.promise.catch(() => undefined);
      throw new CallFailure('conflict');
    }
    this.#options.onAdmitted(reportMetrics);
    return { token };
  }

  /** Returns whether the person waited before the door. */
  #stopWaiting(failure: CallFailure): boolean {
    if (this.#door === null) return false;
    this.#door = null;
    this.#given = null;
    if (isPassing(failure)) this.#options.onWaitingLost();
    return true;
  }

  /** Whether the client asks: once, and before it was in the room, because later the peer that is there is the old one of this client. */
  get #asks(): boolean {
    return this.#consent === null && !this.#wasInside;
  }

  /** Asks the person if that is due. Resolves with whether the join goes on; a conflict may have another reason. */
  async #consented(): Promise<boolean> {
    if (this.#consent === null || this.#asked) return false;
    this.#asked = true;
    this.#options.onElsewhere();
    await this.#consent.promise;
    return true;
  }
}
