import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clientAddress, type RateLimiter } from '@parley/common/limits';
import type { Logger } from '@parley/common/logging';
import { ParleyError } from '@parley/proto/errors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Logins } from '../login/logins.ts';
import type { LogsMetrics } from './metrics.ts';
import { WEB } from './assets.ts';
import { LOGIN_COOKIE, requireLogin } from './login-guard.ts';

const HTML = 'text/html; charset=utf-8';
const MESSAGE_PLACE = '<!-- message -->';

const loginFormSchema = z.object({ password: z.string().default('') });

export type LoginRoutesOptions = {
  logins: Logins;
  limiter: RateLimiter;
  proxyHops: number;
  metrics: LogsMetrics;
  logger: Logger;
};

/** The page of the viewer, and how an operator logs in and out of it. */
export class LoginRoutes {
  readonly #options: LoginRoutesOptions;
  readonly #page = readFileSync(join(WEB, 'index.html'), 'utf8');
  readonly #loginPage = readFileSync(join(WEB, 'login.html'), 'utf8');

  constructor(options: LoginRoutesOptions) {
    this.#options = options;
  }

  register(app: FastifyInstance): void {
    app.get('/', (_request, reply) => reply.type(HTML).send(this.#page));
    app.get('/login', (_request, reply) => this.#sendLoginPage(reply, 200));
    app.post('/login', (request, reply) => this.#logIn(request, reply));
    app.post('/logout', (request, reply) => this.#logOut(request, reply));
  }

  #logIn(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const { logins, limiter, metrics, logger } = this.#options;
    const form = loginFormSchema.safeParse(request.body);
    if (!form.success) throw new ParleyError('invalid_request');
    const address = clientAddress(request.raw, this.#options.proxyHops);
    const waitMs = limiter.take(address);
    if (waitMs > 0) {
      const waitSeconds = Math.ceil(waitMs / 1000);
      metrics.logins.inc({ outcome: 'limited' });
      reply.header('retry-after', String(waitSeconds));
      return this.#sendLoginPage(reply, 429, `Too many attempts. Try again in ${waitSeconds} seconds.`);
    }
    if (!logins.isPassword(form.data.password)) {
      metrics.logins.inc({ outcome: 'refused' });
      logger.warn({ address }, 'operator login refused');
      return this.#sendLoginPage(reply, 401, 'That is not the password.');
    }
    limiter.forget(address);
    metrics.logins.inc({ outcome: 'ok' });
    logger.info({ address }, 'operator logged in');
    setLoginCookie(request, reply, logins.begin(), logins.lifetimeSeconds);
    return reply.redirect('./', 303);
  }

  #logOut(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    this.#options.logins.end(requireLogin(request, this.#options.logins));
    setLoginCookie(request, reply, '', 0);
    return reply.redirect('login', 303);
  }

  #sendLoginPage(reply: FastifyReply, status: number, problem?: string): FastifyReply {
    const shown = problem === undefined ? '' : `<p class="problem" role="alert">${problem}</p>`;
    return reply
      .code(status)
      .type(HTML)
      .send(this.#loginPage.replace(MESSAGE_PLACE, () => shown));
  }
}

/** An empty token with a lifetime of 0 removes the cookie. */
function setLoginCookie(request: FastifyRequest, reply: FastifyReply, token: string, maxAge: number): void {
  // Without a path the browser takes the folder of this address: the prefix under which a proxy serves the viewer.
  reply.setCookie(LOGIN_COOKIE, token, {
    maxAge,
    httpOnly: true,
    sameSite: 'strict',
    secure: request.headers['x-forwarded-proto'] === 'https',
  });
}
