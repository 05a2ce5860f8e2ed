import type { Logger } from '@parley/common/logging';
import { ACCOUNT_PAGES } from '@parley/proto/rest';
import { mailLanguage, MAIL_TEXTS, type MailKind } from './mail-texts.ts';
import type { Mailer } from './mailer.ts';

/** The person who reads a mail: the header Accept-Language of the browser chooses the language. */
export type Reader = { readonly acceptLanguage: string | undefined };

/** Mails that wait to be written at the same time. A flood of requests must not fill the memory. */
const AT_ONCE_MAX = 100;

type AccountMailsOptions = {
  mailer: Mailer;
  /** PUBLIC_URL. Never the Host header, which anybody can invent. */
  publicUrl: string;
  logger: Logger;
};

/** The mails about accounts. */
export class AccountMails {
  readonly #options: AccountMailsOptions;
  readonly #running = new Set<Promise<void>>();

  constructor(options: AccountMailsOptions) {
    this.#options = options;
  }

  /** Does it without keeping the request waiting; what fails goes to the log. */
  inBackground(task: () => Promise<void>): void {
    if (this.#running.size >= AT_ONCE_MAX) {
      this.#options.logger.warn('too many mails at once, one was not sent');
      return;
    }
    const running = task().catch((error: unknown) => {
      // The words of a mail server repeat the address.
      const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
      this.#options.logger.error({ code, responseCode }, 'mail not sent');
    });
    this.#running.add(running);
    void running.then(() => this.#running.delete(running));
  }

  /** Waits for the mails in progress. */
  async close(): Promise<void> {
    await Promise.all(this.#running);
    this.#options.mailer.close();
  }

  sendConfirmation(to: string, token: string, reader: Reader): Promise<void> {
    return this.#send('confirmation', to, `${ACCOUNT_PAGES.confirm}#${token}`, reader);
  }

  sendAlreadyRegistered(to: string, reader: Reader): Promise<void> {
    return this.#send('registered', to, ACCOUNT_PAGES.logIn, reader);
  }

  sendInvitation(to: string, token: string, reader: Reader): Promise<void> {
    return this.#send('invitation', to, `${ACCOUNT_PAGES.invitation}#${token}`, reader);
  }

  sendReset(to: string, token: string, reader: Reader): Promise<void> {
    return this.#send('reset', to, `${ACCOUNT_PAGES.resetPassword}#${token}`, reader);
  }

  async #send(kind: MailKind, to: string, path: string, { acceptLanguage }: Reader): Promise<void> {
    const { mailer, publicUrl } = this.#options;
    const { subject, text } = MAIL_TEXTS[mailLanguage(acceptLanguage)][kind];
    const link = new URL(path, publicUrl).href;
    await mailer.send({ to, subject, text: text.replace('{link}', link) });
  }
}
