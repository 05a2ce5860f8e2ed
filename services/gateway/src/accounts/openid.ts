import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Logger } from '@parley/common/logging';
import { GATEWAY_COOKIES } from '@parley/proto/edge';
import { ParleyError } from '@parley/proto/errors';
import { emailSchema } from '@parley/proto/rest';
import { displayNameSchema } from '@parley/proto/text';
import * as client from 'openid-client';
import { z } from 'zod';
import type { AccountDatabase } from './store/account-database.ts';
import { AccountRepository, type AccountRow } from './store/account-repository.ts';
import type { Registration } from './registration.ts';

const CALLBACK_PATH = '/api/auth/openid/callback';
const COOKIE = GATEWAY_COOKIES.openid;
const COOKIE_PATH = '/api/auth/openid';
const IN_HEADER = new RegExp(`(?:^|;)\\s*${COOKIE}=([\\w-]{1,800})\\.([\\w-]{43})\\s*(?:;|$)`);
/** People may have to look for their password at the provider. */
const LOG_IN_MS = 10 * 60_000;
const REQUEST_TIMEOUT_S = 5;

const stateSchema = z.strictObject({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  expiresAt: z.int(),
});
type State = z.output<typeof stateSchema>;

type OpenIdOptions = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** The name of the provider on the button for the log-in. */
  name: string;
  /** Whether somebody without an account gets one with the first log-in. */
  makesAccounts: boolean;
  /** Whether addresses count as verified that the provider says nothing about. */
  trustsEmail: boolean;
  publicUrl: string;
  /** Signs the cookie of a log-in in progress. */
  key: Buffer;
  database: AccountDatabase;
  registration: Registration;
  logger: Logger;
  now: () => number;
};

/** Where the browser goes, and the cookie that it takes along. */
export type OpenIdStep = { readonly location: string; readonly cookie: string };

/** Log-ins through a provider of OpenID Connect: authorization code with PKCE, state and nonce. */
export class OpenId {
  readonly #options: OpenIdOptions;
  #discovery: Promise<client.Configuration> | undefined;

  constructor(options: OpenIdOptions) {
    this.#options = options;
  }

  get name(): string {
    return this.#options.name;
  }

  /** Rejects with `unavailable` while the provider cannot be reached. */
  async start(): Promise<OpenIdStep> {
    const config = await this.#discover();
    const verifier = client.randomPKCECodeVerifier();
    const state: State = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier,
      expiresAt: this.#options.now() + LOG_IN_MS,
    };
    const location = client.buildAuthorizationUrl(config, {
      redirect_uri: new URL(CALLBACK_PATH, this.#options.publicUrl).href,
      scope: 'openid email profile',
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state: state.state,
      nonce: state.nonce,
    });
    return { location: location.href, cookie: this.#writeCookie(state) };
  }

  /**
   * The account of the person who comes back from the provider.
   *
   * @param search The query of the request, as the provider has written it.
   */
  async finish(search: string, cookies: string | undefined): Promise<AccountRow> {
    const state = this.#readCookie(cookies);
    if (state === undefined) throw new ParleyError('link_invalid');
    const config = await this.#discover();
    const { publicUrl, logger } = this.#options;
    const tokens = await client
      .authorizationCodeGrant(config, new URL(`${CALLBACK_PATH}${search}`, publicUrl), {
        pkceCodeVerifier: state.verifier,
        expectedState: state.state,
        expectedNonce: state.nonce,
        idTokenExpected: true,
      })
      .catch((error: unknown) => {
        logger.warn({ err: error }, 'log-in through the provider failed');
        throw new ParleyError('credentials_invalid', 'The provider did not log in.', { cause: error });
      });
    const claims = tokens.claims();
    if (claims === undefined) throw new ParleyError('credentials_invalid');
    const person =
      claims['email'] === undefined
        ? await this.#askForPerson(config, tokens.access_token, claims.sub)
        : claims;
    return this.#accountOf(config.serverMetadata().issuer, claims.sub, person);
  }

  /** Removes the cookie of a log-in. */
  get endCookie(): string {
    return this.#cookie('', 0);
  }

  async #accountOf(
    issuer: string,
    subject: string,
    person: Readonly<Record<string, unknown>>,
  ): Promise<AccountRow> {
    const { database, registration, makesAccounts } = this.#options;
    const accounts = new AccountRepository(database);
    const known = await accounts.findByProvider(issuer, subject);
    if (known !== undefined) return assertAllowed(known);
    const email = this.#verifiedEmail(person);
    const owner = await accounts.findByEmail(email);
    // Somebody else may have registered with an address that was never shown to be theirs.
    if (owner !== undefined && !owner.isEmailVerified) throw new ParleyError('email_taken');
    if (owner === undefined && !makesAccounts) throw new ParleyError('registration_closed');
    const account =
      owner ?? (await registration.makeByProvider({ email, displayName: nameOf(person, email) }));
    await accounts.linkProvider(issuer, subject, account.id);
    return assertAllowed(account);
  }

  /** Accounts are found by their addresses, so an address that the person may have invented is of no use. */
  #verifiedEmail({ email, email_verified: isVerified }: Readonly<Record<string, unknown>>): string {
    const read = emailSchema.safeParse(email);
    const isTrusted = isVerified === true || (isVerified === undefined && this.#options.trustsEmail);
    if (!read.success || !isTrusted)
      throw new ParleyError('credentials_invalid', 'The provider shows no verified e-mail address.');
    return read.data;
  }

  async #askForPerson(config: client.Configuration, accessToken: string, subject: string) {
    if (config.serverMetadata().userinfo_endpoint === undefined) return {};
    return client.fetchUserInfo(config, accessToken, subject).catch((error: unknown) => {
      throw new ParleyError('unavailable', undefined, { cause: error });
    });
  }

  /** Asked again at the next log-in if it fails. */
  #discover(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret } = this.#options;
    const url = new URL(issuer);
    // Anywhere else somebody on the way could be the provider.
    const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
    const execute = isHere ? [client.allowInsecureRequests] : [];
    const discovery =
      this.#discovery ??
      client
        .discovery(url, clientId, clientSecret, undefined, { execute, timeout: REQUEST_TIMEOUT_S })
        .catch((error: unknown) => {
          this.#discovery = undefined;
          throw new ParleyError('unavailable', undefined, { cause: error });
        });
    this.#discovery = discovery;
    return discovery;
  }

  #writeCookie(state: State): string {
    const payload = Buffer.from(JSON.stringify(state)).toString('base64url');
    return this.#cookie(`${payload}.${this.#sign(payload).toString('base64url')}`, LOG_IN_MS / 1_000);
  }

  /** Lax and not Strict: the browser comes from the page of the provider. */
  #cookie(value: string, maxAgeS: number): string {
    const secure = this.#options.publicUrl.startsWith('https:') ? '; Secure' : '';
    return `${COOKIE}=${value}; Path=${COOKIE_PATH}; Max-Age=${maxAgeS}; HttpOnly; SameSite=Lax${secure}`;
  }

  #readCookie(cookies: string | undefined): State | undefined {
    const [, payload = '', signature = ''] = IN_HEADER.exec(cookies ?? '') ?? [];
    const given = Buffer.from(signature, 'base64url');
    const expected = this.#sign(payload);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    const state = stateSchema.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
    return state.expiresAt > this.#options.now() ? state : undefined;
  }

  #sign(payload: string): Buffer {
    return createHmac('sha256', this.#options.key).update(payload).digest();
  }
}

function assertAllowed(account: AccountRow): AccountRow {
  if (account.isBlocked) throw new ParleyError('account_blocked');
  return account;
}

/** The name that the provider knows, or what stands before the @. */
function nameOf(person: Readonly<Record<string, unknown>>, email: string): string {
  const candidates = [person['name'], person['preferred_username'], email.split('@')[0], 'Account'];
  for (const candidate of candidates) {
    const read = displayNameSchema.safeParse(
      typeof candidate === 'string' ? candidate.slice(0, 64) : undefined,
    );
    if (read.success) return read.data;
  }
  throw new Error('There is no name.');
}
