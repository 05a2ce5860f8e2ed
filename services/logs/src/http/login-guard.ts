import { ParleyError } from '@parley/proto/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Login, Logins } from '../login/logins.ts';
import { PUBLIC_ASSETS } from './assets.ts';

export const LOGIN_COOKIE = 'parley_logs';

/** The paths that need no login: the login page, and what that page is made of. */
const PUBLIC_PATHS: readonly (string | undefined)[] = ['/login', ...PUBLIC_ASSETS];
/** `none` is a request that a person caused, for example with a bookmark. */
const OWN_SITE: readonly unknown[] = [undefined, 'same-origin', 'none'];

/**
 * Lets a request through if its path is public or its cookie holds a valid login. `/` leads to the login page instead.
 *
 * @throws ParleyError `unauthenticated`, or `origin_not_allowed` for a POST that a page of another site caused.
 */
export function guard(request: FastifyRequest, reply: FastifyReply, logins: Logins): void {
  if (request.method === 'POST' && !OWN_SITE.includes(request.headers['sec-fetch-site'])) {
    throw new ParleyError('origin_not_allowed');
  }
  const path = request.routeOptions.url;
  if (PUBLIC_PATHS.includes(path)) return;
  if (path === '/' && findLogin(request, logins) === undefined) void reply.redirect('login', 303);
  else requireLogin(request, logins);
}

/** @throws ParleyError `unauthenticated` */
export function requireLogin(request: FastifyRequest, logins: Logins): Login {
  const login = findLogin(request, logins);
  if (login === undefined) throw new ParleyError('unauthenticated');
  return login;
}

function findLogin(request: FastifyRequest, logins: Logins): Login | undefined {
  return logins.verify(request.cookies[LOGIN_COOKIE]);
}
