/*
 * What both edges know of the contract. Without schemas: the edge of `npm start` needs none.
 */

/** The cookies of the gateway. Both edges pass these on to it, and no others. */
export const GATEWAY_COOKIES = {
  /** The id by which the browser of a guest is known again. */
  browser: 'parley_browser',
  /** The refresh token of a log-in. */
  refresh: 'parley_refresh',
  /** The state of a log-in through a provider. */
  openid: 'parley_openid',
} as const;

export const FILE_MAX_BYTES = 20 * 1024 * 1024;

/** The only route whose body may be as large as a file. */
export const UPLOAD_PATH = '/api/files';
