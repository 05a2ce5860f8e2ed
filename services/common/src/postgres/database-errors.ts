import pg from 'pg';
import { ParleyError } from '@parley/proto/errors';
import { trustProblem } from '../trust/server-trust.ts';
import { isError } from '../logging/is-error.ts';
import { UnprovenServerError } from './wary-client.ts';

/** SQLSTATE classes and codes of problems of the server, not of the statement. */
const UNAVAILABLE_STATE = /^(?:08|53|57P|58|XX000)/;
const STATEMENT_TIMEOUT_STATES = new Set(['57014', '55P03']);
const UNIQUE_VIOLATION_STATE = '23505';
const NETWORK_CODES = /^(?:ECONN|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOST|ENETUNREACH|ENOENT|EACCES)/;
/** The driver's own errors have neither a code nor a class. */
const DRIVER_MESSAGES =
  /connection (?:terminated|timeout|error)|timeout exceeded when trying to connect|query read timeout|not queryable|pool after calling end/i;

/**
 * Maps a failure of the database to `unavailable` or `timeout`. An error of the statement itself (wrong SQL, a broken
 * constraint) is returned unchanged.
 */
export function mapDatabaseError(error: unknown): unknown {
  if (!isError(error) || error instanceof ParleyError) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (error instanceof pg.DatabaseError) {
    if (STATEMENT_TIMEOUT_STATES.has(code)) return new ParleyError('timeout', undefined, { cause: error });
    return UNAVAILABLE_STATE.test(code) ? unavailable(error) : error;
  }
  const untrusted = trustProblem(error);
  if (untrusted !== undefined)
    return unavailable(new Error(`PostgreSQL has not proven itself: ${untrusted}`, { cause: error }));
  if (error instanceof UnprovenServerError) return unavailable(error);
  const isDown =
    NETWORK_CODES.test(code) || DRIVER_MESSAGES.test(error.message) || error.name === 'AggregateError';
  return isDown ? unavailable(error) : error;
}

function unavailable(cause: Error): ParleyError {
  return new ParleyError('unavailable', undefined, { cause });
}

export function isUniqueViolation(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === UNIQUE_VIOLATION_STATE;
}
