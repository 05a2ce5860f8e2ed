import type { PeerSession } from '../../peer/peer-session.ts';
import type { RoomView } from '../../store/live-room-store.ts';

/**
 * Notifies the clients of a room here of whether people see names before they join, those that may change it. The record of the room does not say it:
 * a client of an older version refuses a record with something that it does not know.
 */
export class NamesNews {
  readonly #sessions: () => readonly PeerSession[];
  #shown = false;

  constructor(sessions: () => readonly PeerSession[]) {
    this.#sessions = sessions;
  }

  report(shown: boolean): void {
    if (shown === this.#shown) return;
    this.#shown = shown;
    for (const session of this.#sessions()) this.reportTo(session);
  }

  /** For a session whose role has changed. */
  reportTo(session: PeerSession): void {
    if (session.may('change-room')) session.notify('door:changed', { namesBeforeJoin: this.#shown });
  }

  /** For a session that has just come. `live`: the room as it read it, or undefined if something newer is known. */
  welcome(session: PeerSession, live: Pick<RoomView, 'access'> | undefined): void {
    const isKnown = this.#shown;
    if (live?.access !== undefined) this.report(live.access.namesBeforeJoin === true);
    // Otherwise all have just been notified.
    if (isKnown && this.#shown) this.reportTo(session);
  }
}
