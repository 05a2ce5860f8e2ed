import { peerIdSchema, roomCodeSchema, traceIdSchema } from '@parley/proto/ids';
import { CLIENT_LOG_FIELDS_MAX, CLIENT_LOG_TEXT_MAX, type ClientLogLine } from '@parley/proto/rest';
import type { LogFields } from '../base/log.ts';

const CENSOR = '[redacted]';
const FIELD_NAME = /^[a-z][A-Za-z0-9]{0,31}$/;

/** The names of fields that may hold a secret or a text that a user wrote. */
const SECRET_FIELD =
  /(?:token|secret|password|passcode|credential|pwd|ufrag|sdp|candidate|fingerprint|displayname|text|title)s?$/i;

/** Secrets inside texts: everything after the start of an SDP line, JWTs, and long opaque strings. */
const SECRET_TEXT = [
  /(?:^|[\s"'`])(?:v=0|[abcmost]=[A-Za-z0-9-]+[:\s]).*/s,
  /\beyJ[\w-]{4,}\.[\w-]*\.?[\w-]*/g,
  /[A-Za-z0-9_+/=-]{40,}/g,
];

/**
 * Makes a line of the contract. Valid ids become members of the line. The other fields are limited in number and size,
 * and their secrets are redacted.
 */
export function toLine(
  time: number,
  level: ClientLogLine['level'],
  message: string,
  given: LogFields,
): ClientLogLine {
  const { traceId, room, peer, ...others } = given;
  const ids = {
    traceId: traceIdSchema.safeParse(traceId).data,
    room: roomCodeSchema.safeParse(room).data,
    peer: peerIdSchema.safeParse(peer).data,
  };
  const fields = Object.entries(others)
    .filter(([name, value]) => value !== undefined && FIELD_NAME.test(name))
    .slice(0, CLIENT_LOG_FIELDS_MAX)
    .map(([name, value]) => [name, safeValue(name, value ?? null)] as const);
  return {
    time,
    level,
    message,
    ...known(ids),
    ...(fields.length === 0 ? {} : { fields: Object.fromEntries(fields) }),
  };
}

/** Redacts the secrets in a text and cuts the text to the length that a field may have. */
export function redactText(text: string): string {
  const safe = SECRET_TEXT.reduce((result, pattern) => result.replace(pattern, ` ${CENSOR}`), text);
  return safe.slice(0, CLIENT_LOG_TEXT_MAX);
}

type Value = string | number | boolean | null;

function safeValue(name: string, value: Value): Value {
  if (value === null || typeof value === 'boolean') return value;
  if (SECRET_FIELD.test(name)) return CENSOR;
  if (typeof value === 'string') return redactText(value);
  return Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : null;
}

function known<T extends Record<string, unknown>>(ids: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(ids).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}
