import { EventEmitter } from 'node:events';
import type { PeerId } from '@parley/proto/ids';
import type { Notification, NotificationName } from '@parley/proto/requests';
import type { Identity } from '@parley/proto/room';
import type { ClientLink } from '../peer/client-link.ts';
import type { PeerSession } from '../peer/peer-session.ts';
import type { SessionId } from '../store/live-room-store.ts';

/** A client that is being let in. */
export interface Arriving {
  readonly peerId: PeerId;
  readonly sessionId: SessionId;
  readonly person: Identity;
  /** The network that the client joins from. */
  readonly network: string;
  readonly link: ClientLink;
}

type Events = {
  /** Nobody is here any more. */
  emptied: [];
};

/** The peers of a room on this instance: those with a session here, and those that are being let in. */
export class LocalPeers extends EventEmitter<Events> {
  readonly #arrivals = new Map<SessionId, Arriving>();
  readonly #sessions = new Map<SessionId, PeerSession>();

  /** In the order of their beginning. A peer that was just taken over has two. */
  get sessions(): readonly PeerSession[] {
    return [...this.#sessions.values()];
  }

  get arrivals(): readonly Arriving[] {
    return [...this.#arrivals.values()];
  }

  /** The arrivals that have no session yet. */
  get newcomers(): readonly Arriving[] {
    return this.arrivals.filter(({ sessionId }) => !this.#sessions.has(sessionId));
  }

  close(): void {
    this.#sessions.clear();
    this.#arrivals.clear();
    this.removeAllListeners();
  }

  find(sessionId: SessionId): PeerSession | undefined {
    return this.#sessions.get(sessionId);
  }

  sessionsOf(peerId: PeerId): readonly PeerSession[] {
    return this.sessions.filter((session) => session.peerId === peerId);
  }

  has(peerId: PeerId): boolean {
    return [...this.#sessions.values(), ...this.#arrivals.values()].some((one) => one.peerId === peerId);
  }

  /** Whether a client here is connected with this session, or is being let in with it. */
  serves(sessionId: SessionId): boolean {
    return this.#sessions.get(sessionId)?.connected ?? this.#arrivals.get(sessionId)?.link.closed === false;
  }

  /** How many of a network are about to be let in here before the arrival. Some of them may be in the room by now. */
  arrivalsBefore(arrival: Arriving): number {
    const all = this.arrivals;
    return all.slice(0, all.indexOf(arrival)).filter(({ network }) => network === arrival.network).length;
  }

  addArrival(arrival: Arriving): void {
    this.#arrivals.set(arrival.sessionId, arrival);
  }

  removeArrival({ sessionId }: Arriving): void {
    this.#arrivals.delete(sessionId);
    this.#reportIfEmpty();
  }

  add(session: PeerSession): void {
    this.#sessions.set(session.sessionId, session);
  }

  remove({ sessionId }: PeerSession): void {
    this.#sessions.delete(sessionId);
    this.#reportIfEmpty();
  }

  notify<N extends NotificationName>(
    name: N,
    payload: Notification<N>,
    { except }: { except?: PeerId } = {},
  ): void {
    for (const session of this.#sessions.values())
      if (session.peerId !== except) session.notify(name, payload);
  }

  #reportIfEmpty(): void {
    if (this.#sessions.size + this.#arrivals.size === 0) this.emit('emptied');
  }
}
