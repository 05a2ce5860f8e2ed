import type { Socket } from 'socket.io';

/** A client that reads stays far below: the record of a full room is a tenth of this. */
const CHARACTERS_MAX = 4_000_000;
/**
 * Short packets cost more than their characters. A hundred people who clap as fast as they may make 1,000 packets at once
 * and 200 a second. A client that polls takes all waiting packets with each poll.
 */
const PACKETS_MAX = 5_000;

type Connection = Socket['conn'];

/** The packets that wait until one client reads them. Engine.io keeps them without a bound, Socket.io's own included. */
export class Backlog {
  #characters = 0;
  #packets = 0;

  /** Calls `onStuck` if the client does not read; it ends the connection. */
  constructor(connection: Connection, onStuck: () => void) {
    connection.on('packetCreate', ({ data }: { data?: unknown }) => {
      this.#packets += 1;
      if (typeof data === 'string') this.#characters += data.length;
      if (this.#characters > CHARACTERS_MAX || this.#packets > PACKETS_MAX) onStuck();
    });
    // When the client has taken the last packets, all waiting ones are sent at once.
    connection.on('flush', () => {
      this.#characters = 0;
      this.#packets = 0;
    });
  }

  get characters(): number {
    return this.#characters;
  }
}
