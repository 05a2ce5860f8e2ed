import { GATEWAY_COOKIES } from '@parley/proto/edge';

const NAME = GATEWAY_COOKIES.refresh;
/** No other route of ours gets the cookie. */
const PATH = '/api/auth';
const MAX_AGE_S = 30 * 86_400;
const IN_HEADER = new RegExp(`(?:^|;)\\s*${NAME}=([\\w-]{43})\\s*(?:;|$)`);

/** The refresh token in the header Cookie. */
export function readRefreshToken(cookies: string | undefined): string | undefined {
  return IN_HEADER.exec(cookies ?? '')?.[1];
}

/** The value of a header Set-Cookie. `isSecure`: the page came over https. */
export function writeRefreshToken(token: string, isSecure: boolean): string {
  return write(token, MAX_AGE_S, isSecure);
}

export function removeRefreshToken(isSecure: boolean): string {
  return write('', 0, isSecure);
}

function write(value: string, maxAgeS: number, isSecure: boolean): string {
  const secure = isSecure ? '; Secure' : '';
  return `${NAME}=${value}; Path=${PATH}; Max-Age=${maxAgeS}; HttpOnly; SameSite=Strict${secure}`;
}
