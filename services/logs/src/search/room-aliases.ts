import { parseRoomCode } from '@parley/proto/room-link';
import { roomAlias } from '@parley/proto/room-alias';

/** Knows under which names the lines have a room whose code, or link, an operator has. */
export class RoomAliases {
  readonly #key: string | undefined;

  constructor(key: string | undefined) {
    this.#key = key;
  }

  /** The text itself, and the alias of the room if the text is a code or a link. Lines of older versions have the code. */
  namesOf(text: string): string[] {
    const code = this.#key === undefined ? undefined : parseRoomCode(text);
    if (this.#key === undefined || code === undefined) return [text];
    return [...new Set([roomAlias(this.#key, code), code, text])];
  }
}
