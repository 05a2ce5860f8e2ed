import type { types } from 'mediasoup-client';

/** What one engine alone has. A test compares it with the data of all browsers. */
export const MARKS = { gecko: 'mozInnerScreenX', webkit: 'GestureEvent' } as const;

/**
 * Chooses the part of mediasoup-client that knows the habits of this browser, by what the browser has. Its name says less: small browsers
 * have names of their own, and privacy tools invent names.
 */
export function chooseHandler(page: object = globalThis): types.BuiltinHandlerName {
  if (MARKS.gecko in page) return 'Firefox120';
  return MARKS.webkit in page ? 'Safari12' : 'Chrome111';
}
