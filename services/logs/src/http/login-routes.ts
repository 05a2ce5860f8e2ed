import type { Logger } from '@parley/common/logging';
import type { LoginLimiter } from '../login/login-limiter.ts';
import type { LogsMetrics } from '../metrics.ts';
import type { Logins } from '../login/logins.ts';
import {
  clientAddress,
  readForm,
  refuseCrossSite,
  type OperatorContext,
  type RequestContext,
} from './requests.ts';
import { redirect, sendPage } from './responses.ts';
import { setSessionCookie } from './login-cookie.ts';

const MESSAGE_PLACE = '<!-- message -->';

type LoginOptions = {
  page: string;
  sessions: Logins;
  limiter: LoginLimiter;
  proxyHops: number;
  metrics: LogsMetrics;
  logger: Logger;
};

/** Where an operator comes in and goes out. */
export class LoginRoutes {
  readonly #options: LoginOptions;

  constructor(options: LoginOptions) {
    this.#options = options;
  }

  show({ response }: RequestContext): void {
    this.#send(response, 200, '');
  }

  async logIn({ request, response }: RequestContext): Promise<void> {
    const { sessions, limiter, metrics, logger } = this.#options;
    refuseCrossSite(request);
    const address = clientAddress(request, this.#options.proxyHops);
    const waitSeconds = limiter.waitSeconds(address);
    if (waitSeconds > 0) {
      metrics.logins.inc({ outcome: 'limited' });
      response.setHeader('retry-after', String(waitSeconds));
      return this.#send(response, 429, `Too many attempts. Try again in ${waitSeconds} seconds.`);
    }
    const form = await readForm(request);
    if (!sessions.isPassword(form.get('password') ?? '')) {
      metrics.logins.inc({ outcome: 'refused' });
      logger.warn({ address }, 'operator login refused');
      return this.#send(response, 401, 'That is not the password.');
    }
    limiter.forget(address);
    metrics.logins.inc({ outcome: 'ok' });
    logger.info({ address }, 'operator logged in');
    setSessionCookie(request, response, sessions.begin(), sessions.lifetimeSeconds);
    redirect(response, './');
  }

  logOut({ request, response, session }: OperatorContext): void {
    refuseCrossSite(request);
    this.#options.sessions.end(session);
    setSessionCookie(request, response, '', 0);
    redirect(response, 'login');
  }

  #send(response: RequestContext['response'], status: number, message: string): void {
    const shown = message === '' ? '' : `<p class="problem" role="alert">${message}</p>`;
    sendPage(
      response,
      status,
      this.#options.page.replace(MESSAGE_PLACE, () => shown),
    );
  }
}
