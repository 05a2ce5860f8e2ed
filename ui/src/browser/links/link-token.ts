const TOKEN = /^#([A-Za-z0-9_-]{43})$/;

/** The secret of a link: null without one, `malformed` if a part of it is missing. */
export type LinkToken = string | null;
export const MALFORMED = 'malformed';

/**
 * Takes the secret of a link out of the address, so that it is neither copied with the address nor seen in it. It is in no request: browsers do not
 * send what stands behind `#`.
 */
export function takeLinkToken(): LinkToken {
  const { hash, pathname, search } = location;
  if (hash === '' || hash === '#') return null;
  history.replaceState(history.state, '', `${pathname}${search}`);
  return TOKEN.exec(hash)?.[1] ?? MALFORMED;
}
