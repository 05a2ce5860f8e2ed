import { EventEmitter } from 'node:events';

type Events = {
  /** Nobody sent or received anything for too long. The owner closes the room. */
  expired: [];
};

/** Whether anybody in a room ever sent or received media. A room that only takes a place is let go. */
export class RoomUse extends EventEmitter<Events> {
  readonly #timer: NodeJS.Timeout;
  readonly #openedAt = performance.now();
  #used = false;

  constructor(timeoutMs: number) {
    super();
    this.#timer = setTimeout(() => this.emit('expired'), timeoutMs);
  }

  /** How long the room takes a place for nothing, in milliseconds; undefined once it was used. */
  get idleMs(): number | undefined {
    return this.#used ? undefined : performance.now() - this.#openedAt;
  }

  /** A transport of somebody in the room is connected. */
  begin(): void {
    this.#used = true;
    clearTimeout(this.#timer);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.removeAllListeners();
  }
}
