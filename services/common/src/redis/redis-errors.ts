import { ParleyError } from '@parley/proto/errors';
import { isError } from '../logging/is-error.ts';

/** Replies that name a problem of the server, not of the command. */
const UNAVAILABLE_REPLY =
  /^(?:LOADING|READONLY|OOM|MISCONF|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|BUSY|UNKILLABLE|NOREPLICAS|NOAUTH|WRONGPASS|NOPERM)\b/;

/**
 * Maps a failure of Redis to `unavailable`; an error of the command itself (wrong arguments, a broken script) keeps its
 * message. Either way the driver's error is replaced, because it carries the command's arguments, which must not be logged.
 */
export function mapRedisError(error: unknown): unknown {
  if (!isError(error) || error instanceof ParleyError) return error;
  const plain = new Error(error.message);
  const isMistake = error.name === 'ReplyError' && !UNAVAILABLE_REPLY.test(error.message);
  // An error that is no reply comes from the driver: no connection, a lost connection, or no answer in time.
  return isMistake ? plain : new ParleyError('unavailable', undefined, { cause: plain });
}

/** Whether the driver gave a command up, because no answer came in time. */
export function isNoAnswer(error: unknown): boolean {
  return isError(error) && error.message === 'Command timed out';
}
