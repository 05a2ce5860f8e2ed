import { Buffer } from 'node:buffer';
import type { Socket } from 'socket.io';

/** A client that reads stays below: the record of a full room is less than half of this. */
const BYTES_MAX = 1_000_000;
/**
 * Short packets cost more than their bytes. A hundred people who clap as fast as they may make 1,000 packets at once
 * and 200 a second. A client that polls takes all waiting packets with each poll.
 */
const PACKETS_MAX = 5_000;

type Connection = Socket['conn'];

/** The packets that wait until one client reads them. Engine.io keeps them without a bound, Socket.io's own included. */
export class Backlog {
  #bytes = 0;
  #packets = 0;

  /** Calls `onStuck` if the client does not read; it ends the connection. */
  constructor(connection: Connection, onStuck: () => void) {
    connection.on('packetCreate', ({ data }: { data?: unknown }) => {
      this.#packets += 1;
      if (typeof data === 'string') this.#bytes += Buffer.byteLength(data);
      if (this.#bytes > BYTES_MAX || this.#packets > PACKETS_MAX) onStuck();
    });
    // When the client has taken the last packets, all waiting ones are sent at once.
    connection.on('flush', () => {
      this.#bytes = 0;
      this.#packets = 0;
    });
  }

  get bytes(): number {
    return this.#bytes;
  }
}
