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

export function redactText(text: string): string {
  return SECRET_TEXT.reduce((result, pattern) => result.replace(pattern, CENSOR), text);
}

/** Copies a value for the log without the values of secret keys, at every depth that is logged. */
function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (isError(value)) return describeError(value);
  if (value instanceof Date) return value;
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (depth >= DEPTH_MAX) return '[too deep]';
  if (Array.isArray(value)) return value.slice(0, ITEMS_MAX).map((item) => redact(item, depth + 1));
  return redactRecord(value, depth);
}

/** As `redact`, for the fields of one log line. */
export function redactRecord(record: object, depth = 0): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(record)) {
    result[key] =
      isSecretKey(key) && value !== undefined && value !== null ? CENSOR : redact(value, depth + 1);
  }
  return result;
}

function isSecretKey(key: string): boolean {
  return SECRET_KEY.test(key.replace(/[-_]/g, '').toLowerCase());
}

/**
 * An error as it is logged: only these fields. Other fields (a database error's query and values, a request's body) may
 * hold chat messages or names.
 */
export function describeError(error: unknown, depth = 0): Record<string, unknown> {
  if (!isError(error)) return { type: typeof error, message: redactText(String(error).slice(0, 500)) };
  const described: Record<string, unknown> = { type: error.name, message: redactText(error.message) };
  if ('code' in error && (typeof error.code === 'string' || typeof error.code === 'number'))
    described['code'] = error.code;
  if (error.stack !== undefined) described['stack'] = redactText(error.stack);
  if (error.cause !== undefined && depth < CAUSES_MAX)
    described['cause'] = describeError(error.cause, depth + 1);
  return described;
}
