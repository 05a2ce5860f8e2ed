import type { Transports } from '../media/transports.ts';
import type { LobbyPlace } from '../signaling/lobby-place.ts';

/** What a call takes over from the lobby. */
export class Prepared {
  readonly place: LobbyPlace;
  #transports: Transports | null;

  constructor(place: LobbyPlace, transports: Transports | null) {
    this.place = place;
    this.#transports = transports;
  }

  /** Gives the transports away, once; the caller closes them. Null if there are none, or they were taken. */
  takeTransports(): Transports | null {
    const transports = this.#transports;
    this.#transports = null;
    return transports;
  }

  /** What was taken stays open, and so does the socket of a call that has joined. */
  close(): void {
    this.takeTransports()?.close();
    this.place.close();
  }
}
