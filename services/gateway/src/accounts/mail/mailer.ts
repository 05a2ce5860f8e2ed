import { createTransport, type Transporter } from 'nodemailer';

const TIMEOUT_MS = 10_000;

type Mail = { readonly to: string; readonly subject: string; readonly text: string };

type MailerOptions = {
  /** `smtp://user@host:587` or `smtps://host`. */
  url: string;
  from: string;
};

/** Sends mails over SMTP. */
export class Mailer {
  readonly #transport: Transporter;
  readonly #from: string;

  /** Opens no connection yet. */
  constructor({ url, from }: MailerOptions) {
    const timeouts = {
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      dnsTimeout: TIMEOUT_MS,
    };
    this.#transport = createTransport({ ...readUrl(url), ...timeouts });
    this.#from = from;
  }

  /** Rejects if the mail server does not take it. */
  async send({ to, subject, text }: Mail): Promise<void> {
    // The address is given as an object, so that none of its characters can mean another recipient.
    await this.#transport.sendMail({ from: this.#from, to: { name: '', address: to }, subject, text });
  }

  close(): void {
    this.#transport.close();
  }
}

/** Without TLS a password goes to this machine only, so everywhere else a plain connection must become a secure one. */
function readUrl(text: string) {
  const { protocol, hostname, port, username, password } = new URL(text);
  const secure = protocol === 'smtps:';
  const isHere = /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(hostname);
  return {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(port) || (secure ? 465 : 587),
    secure,
    requireTLS: !secure && !isHere,
    ...(username !== '' && {
      auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    }),
  };
}
