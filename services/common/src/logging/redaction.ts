import { hideRoomCodes } from '@parley/proto/room-alias';
import { isError } from './is-error.ts';

const CENSOR = '[redacted]';
const DEPTH_MAX = 6;
const ITEMS_MAX = 100;
const CAUSES_MAX = 4;

/** Compared with the end of a key, in lower case and without separators: `joinToken`, `TURN_SECRET`, `set-cookie`. */
const SECRET_KEY =
  /(?:token|password|passwd|passcode|secret|authorization|credentials?|cookie|sdp|dtlsparameters|fingerprints|apikey|databaseurl)$/;

/** Secrets inside of text: passwords in URLs, JWTs, bearer credentials, ICE passwords and fingerprints in SDP. */
const SECRET_TEXT = [
  /(?<=:\/\/[^\s/:@]{0,256}:)[^\s/@]{1,512}(?=@)/g,
  /\beyJ[\w-]{4,}\.[\w-]{4,}\.[\w-]*/g,
  /(?<=\bBearer )[^\s"',]+/gi,
  /(?<=\ba=(?:ice-pwd|fingerprint):)[^\r\n]+/g,
];

/** Takes out of a log line what no log may hold: secrets, and the codes of rooms, whose place an alias takes. */
export class Redactor {
  readonly #roomKey: string;

  /** @param roomKey The key of the aliases, see `roomAlias`. */
  constructor(roomKey: string) {
    this.#roomKey = roomKey;
  }

  text(text: string): string {
    const safe = SECRET_TEXT.reduce((result, pattern) => result.replace(pattern, CENSOR), text);
    return hideRoomCodes(this.#roomKey, safe);
  }

  /** A copy of the fields of one log line without the values of secret keys, at every depth that is logged. */
  record(record: object, depth = 0): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(record)) {
      result[key] =
        isSecretKey(key) && value !== undefined && value !== null ? CENSOR : this.#value(value, depth + 1);
    }
    return result;
  }

  /**
   * An error as it is logged: only these fields. Other fields (a database error's query and values, a request's body) may
   * hold chat messages or names.
   */
  error(error: unknown, depth = 0): Record<string, unknown> {
    if (!isError(error)) return { type: typeof error, message: this.text(String(error).slice(0, 500)) };
    const described: Record<string, unknown> = { type: error.name, message: this.text(error.message) };
    if ('code' in error && (typeof error.code === 'string' || typeof error.code === 'number'))
      described['code'] = error.code;
    if (error.stack !== undefined) described['stack'] = this.text(error.stack);
    if (error.cause !== undefined && depth < CAUSES_MAX)
      described['cause'] = this.error(error.cause, depth + 1);
    return described;
  }

  #value(value: unknown, depth: number): unknown {
    if (typeof value === 'string') return this.text(value);
    if (typeof value !== 'object' || value === null) return value;
    if (isError(value)) return this.error(value);
    if (value instanceof Date) return value;
    if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
    if (depth >= DEPTH_MAX) return '[too deep]';
    if (Array.isArray(value)) return value.slice(0, ITEMS_MAX).map((item) => this.#value(item, depth + 1));
    return this.record(value, depth);
  }
}

function isSecretKey(key: string): boolean {
  return SECRET_KEY.test(key.replace(/[-_]/g, '').toLowerCase());
}
