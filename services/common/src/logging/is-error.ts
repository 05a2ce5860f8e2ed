import { types } from 'node:util';

/** `instanceof Error` misses errors that Node's core made where the global object is another one, as in a test runner. */
export function isError(value: unknown): value is Error {
  return types.isNativeError(value) || value instanceof Error;
}
