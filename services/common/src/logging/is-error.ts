import { types } from 'node:util';

/** Like `instanceof Error`, but also true for errors of Node's core where a test runner has a global object of its own. */
export function isError(value: unknown): value is Error {
  return types.isNativeError(value) || value instanceof Error;
}
