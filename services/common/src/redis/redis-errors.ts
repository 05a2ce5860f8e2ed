import { ParleyError } from '@parley/proto';
import { isError } from '../logging/is-error.ts';

/** What Redis answers when it, and not the command, is the problem. */
const UNAVAILABLE_REPLY =
  /^(?:LOADING|READONLY|OOM|MISCONF|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|BUSY|UNKILLABLE|NOREPLICAS|NOAUTH|WRONGPASS|NOPERM)\b/;

/**
 * Trouble with Redis as an error clients may see; mistakes of ours (a wrong command, a broken script) as they are. The
 * driver's errors carry the arguments of the command, which are no business of a log.
 */
export function mapRedisError(error: unknown): unknown {
  if (!isError(error) || error instanceof ParleyError) return error;
  const plain = new Error(error.message);
  const isMistake = error.name === 'ReplyError' && !UNAVAILABLE_REPLY.test(error.message);
  // Everything that is no reply is the driver's: no connection, a lost one, or no answer in time.
  return isMistake ? plain : new ParleyError('unavailable', undefined, { cause: plain });
}
