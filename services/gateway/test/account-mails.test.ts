import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startPostgres, waitFor, type TestPostgres } from '@parley/common/testing';
import { ROUTES } from '@parley/proto/rest';
import { SMTPServer } from 'smtp-server';
import { mailLanguage, MAIL_TEXTS } from '../src/accounts/mail/mail-texts.ts';
import { AccountServer, outcome, PASSWORD } from './account-harness.ts';

const PUBLIC_URL = 'https://meet.example';

type Received = { to: string[]; text: string };

/** A mail server on this machine. It takes every mail but those to `refused@`. */
class MailBox {
  readonly mails: Received[] = [];
  readonly #server: SMTPServer;

  private constructor() {
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onRcptTo: ({ address }, _session, done) =>
        done(address.startsWith('refused@') ? new Error('no such person') : undefined),
      onData: (stream, session, done) => {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => {
          const to = session.envelope.rcptTo.map(({ address }) => address);
          this.mails.push({ to, text: readable(Buffer.concat(parts).toString()) });
          done();
        });
      },
    });
  }

  static async create(): Promise<MailBox> {
    const box = new MailBox();
    await new Promise<void>((resolve) => box.#server.listen(0, '127.0.0.1', resolve));
    return box;
  }

  get url(): string {
    const { port } = this.#server.server.address() as { port: number };
    return `smtp://127.0.0.1:${port}`;
  }

  async next(to: string): Promise<string> {
    return await waitFor(() => {
      const index = this.mails.findIndex((mail) => mail.to.includes(to));
      return index < 0 ? undefined : this.mails.splice(index, 1)[0]?.text;
    });
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

/** Without the line ends that the encoding of mails adds. */
function readable(raw: string): string {
  return raw.replace(/=\r\n/g, '').replace(/=3D/g, '=');
}

const linkIn = (text: string, page: string): string =>
  new RegExp(`${PUBLIC_URL}${page}#([\\w-]{43})`).exec(text)?.[1] ?? '';

describe('a server that sends mails', () => {
  let postgres: TestPostgres;
  let box: MailBox;
  let server: AccountServer;

  beforeAll(async () => {
    postgres = await startPostgres();
    box = await MailBox.create();
  });
  afterAll(async () => {
    await box.close();
    await postgres.stop();
  });
  beforeEach(async () => {
    const mail = { url: box.url, from: 'Parley <parley@meet.example>', publicUrl: PUBLIC_URL };
    server = await AccountServer.create(postgres, { mail });
    await server.setUp();
  });
  afterEach(() => server.close());

  const confirm = (token: string) => server.browser().post(ROUTES.confirmRegistration.path, { token });

  test('makes an account once its address is confirmed, and logs in', async () => {
    const answer = await server.browser().register('ada@example.com');
    expect([answer.status, await answer.json()]).toEqual([200, { session: null }]);
    expect(await outcome(server.browser().logIn('ada@example.com'))).toBe('401 credentials_invalid');
    const token = linkIn(await box.next('ada@example.com'), '/register/confirm');
    expect(await outcome(confirm(token))).toBe('200');
    expect(await outcome(server.browser().logIn('ada@example.com'))).toBe('200');
    expect(await outcome(confirm(token))).toBe('403 link_invalid');
  });

  test('answers alike for an address that has an account, and writes to its owner', async () => {
    const known = await server.browser().register('operator@example.com');
    const unknown = await server.browser().register('new@example.com');
    expect([known.status, await known.json()]).toEqual([unknown.status, await unknown.json()]);
    expect(known.headers.getSetCookie()).toEqual(unknown.headers.getSetCookie());
    const text = await box.next('operator@example.com');
    expect(text).toContain('It has one already.');
    expect(text).toContain(`${PUBLIC_URL}/login`);
    expect(linkIn(text, '/register/confirm')).toBe('');
    await box.next('new@example.com');
  });

  test('confirms the newest registration only, within a day', async () => {
    await server.browser().register('ada@example.com');
    const old = linkIn(await box.next('ada@example.com'), '/register/confirm');
    await server.browser().register('ada@example.com');
    const newer = linkIn(await box.next('ada@example.com'), '/register/confirm');
    expect(await outcome(confirm(old))).toBe('403 link_invalid');
    server.moveClock(86_400_001);
    expect(await outcome(confirm(newer))).toBe('403 link_invalid');
  });

  test('sends a link for a new password, in the language of the browser and to the public address', async () => {
    const ask = (email: string) =>
      server.browser().post(
        ROUTES.requestPasswordReset.path,
        { email },
        {
          'accept-language': 'de-AT,de;q=0.9,en;q=0.8',
          host: 'evil.example',
          'x-forwarded-host': 'evil.example',
        },
      );
    expect(await outcome(ask('operator@example.com'))).toBe('204');
    expect(await outcome(ask('nobody@example.com'))).toBe('204');
    const text = await box.next('operator@example.com');
    expect(text).toContain('Passwort');
    expect(text).not.toContain('evil');
    const body = { token: linkIn(text, '/reset-password'), newPassword: 'a whole new password' };
    expect(await outcome(server.browser().post(ROUTES.resetPassword.path, body))).toBe('204');
    expect(await outcome(server.browser().logIn('operator@example.com'))).toBe('401 credentials_invalid');
    expect(await outcome(server.browser().logIn('operator@example.com', body.newPassword))).toBe('200');
    expect(box.mails).toEqual([]);
  });

  test('sends an invitation to the address that it is for', async () => {
    const operator = server.browser();
    await operator.logIn('operator@example.com');
    await operator.post(ROUTES.createInvitation.path, { email: 'bob@example.com' });
    const invitation = linkIn(await box.next('bob@example.com'), '/register');
    expect(await outcome(server.browser().register('bob@example.com', { invitation }))).toBe('200');
  });

  test('answers the same when the mail server refuses', async () => {
    const answer = await server.browser().register('refused@example.com');
    expect([answer.status, await answer.json()]).toEqual([200, { session: null }]);
  });

  test('limits the mails to one address', async () => {
    const mail = { url: box.url, from: 'parley@meet.example', publicUrl: PUBLIC_URL };
    const limited = await AccountServer.create(postgres, { mail, rateFactor: 1 });
    const ask = () =>
      outcome(limited.browser().post(ROUTES.requestPasswordReset.path, { email: 'nobody@example.com' }));
    const answers: string[] = [];
    for (let count = 0; count < 11; count++) answers.push(await ask());
    expect(answers).toEqual([...Array<string>(10).fill('204'), '429 rate_limited']);
    await limited.close();
  });

  test('writes an invented recipient into no header', async () => {
    const email = 'a@example.com>, <b@example.com';
    expect(await outcome(server.browser().register(email, { password: PASSWORD }))).toBe(
      '400 invalid_request',
    );
  });
});

describe('the words of mails', () => {
  test.each([
    [undefined, 'en'],
    ['', 'en'],
    ['fr-CH, fr;q=0.9, en;q=0.8', 'fr'],
    ['pl, es;q=0.5', 'es'],
    ['AR', 'ar'],
    ['constructor', 'en'],
    ['__proto__', 'en'],
  ])('are for %s those in %s', (header, language) => {
    expect(mailLanguage(header)).toBe(language);
  });

  test('have the link once in every language', () => {
    const mails = Object.values(MAIL_TEXTS).flatMap(({ confirmation, registered, invitation, reset }) => [
      confirmation,
      registered,
      invitation,
      reset,
    ]);
    expect(mails).toHaveLength(20);
    for (const { text, subject } of mails) {
      expect(text.split('{link}')).toHaveLength(2);
      expect(subject.length).toBeGreaterThan(3);
    }
  });
});
