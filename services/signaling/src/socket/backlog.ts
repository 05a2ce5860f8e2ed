import type { Socket } from 'socket.io';

/** No client that reads comes near: the record of a full room is a tenth of it. */
const CHARACTERS_MAX = 4_000_000;
/**
 * What is short costs more than its characters. A hundred people who clap as fast as they may are 1,000 packets at once
 * and 200 a second, and who polls takes all that waits with each poll.
 */
const PACKETS_MAX = 5_000;

type Connection = Socket['conn'];

/** What waits for one client to read it. Engine.io keeps it without a bound, Socket.io's own answers and errors too. */
export class Backlog {
  readonly #connection: Connection;
  #characters = 0;
  #packets = 0;

  /** `onStuck`: the client goes on and does not read; it is ended. */
  constructor(connection: Connection, onStuck: () => void) {
    this.#connection = connection;
    connection.on('packetCreate', ({ data }: { data?: unknown }) => {
      this.#packets += 1;
      if (typeof data === 'string') this.#characters += data.length;
      if (this.#characters <= CHARACTERS_MAX && this.#packets <= PACKETS_MAX) return;
      onStuck();
      this.#cut();
    });
    // Everything that waits goes out at once, when the client has taken what went before.
    connection.on('flush', () => {
      this.#characters = 0;
      this.#packets = 0;
    });
  }

  get characters(): number {
    return this.#characters;
  }

  /** A goodbye would wait behind what is not read, and keep it here for half a minute. */
  #cut(): void {
    const { socket } = this.#connection.transport as unknown as { socket?: { terminate: () => void } };
    this.#connection.close(true);
    socket?.terminate();
  }
}
