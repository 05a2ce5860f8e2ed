import { StoredRecord } from '../call/base/stored-record.ts';

/**
 * Whether somebody has logged in with this browser, as far as its pages know. No secret: the session is in a cookie that no script can read.
 * Without the mark a page never asks the server for a session, so guests pay nothing for accounts.
 */
export type LogInMark = { loggedIn: boolean };

export function logInMark(storage?: () => Storage): StoredRecord<LogInMark> {
  return new StoredRecord('parley.account', ({ loggedIn }) => ({ loggedIn: loggedIn === true }), storage);
}
