import { randomUUID } from 'node:crypto';
import { ParleyError } from '@parley/proto/errors';
import { accountIdSchema } from '@parley/proto/rest';
import type { AccountDatabase } from './store/account-database.ts';
import type { AccountKeys } from './keys/account-keys.ts';
import type { AccountPolicy } from './account-policy.ts';
import { AccountRepository, type AccountRow } from './store/account-repository.ts';
import type { AccountMails, Reader } from './mail/account-mails.ts';
import { LinkRepository } from './store/link-repository.ts';
import type { Passwords } from './passwords.ts';
import { newSecretToken } from './store/secret-token.ts';

const CONFIRMATION_MS = 24 * 3_600_000;
const INVITATION_MS = 7 * 24 * 3_600_000;

type RegistrationOptions = {
  database: AccountDatabase;
  keys: AccountKeys;
  passwords: Passwords;
  /** Undefined where this server sends no mails. */
  mails: AccountMails | undefined;
  policy: AccountPolicy;
  now: () => number;
};

/** What a person gives to have an account. */
export type Applicant = {
  readonly email: string;
  readonly password: string;
  readonly displayName: string;
  readonly invitation?: string | undefined;
  readonly setupCode?: string | undefined;
};

type Ready = Pick<AccountRow, 'email' | 'displayName' | 'passwordHash' | 'isEmailVerified'>;

/** How accounts come into being: the first with the setup code, others as the policy of the server says. */
export class Registration {
  readonly #options: RegistrationOptions;
  /** Once there is an account, the server never needs its setup code again while this process runs. */
  #isSetUp = false;

  constructor(options: RegistrationOptions) {
    this.#options = options;
  }

  /** Whether there is no account yet. */
  async isSetupNeeded(): Promise<boolean> {
    if (this.#isSetUp) return false;
    const isEmpty = await new AccountRepository(this.#options.database).isEmpty();
    this.#isSetUp = !isEmpty;
    return isEmpty;
  }

  /**
   * Returns the account, or undefined where a mail has to be answered first. Rejects with `setup_needed`, `registration_closed`,
   * `link_invalid` or, where no mail is sent, with `email_taken`.
   */
  async register(applicant: Applicant, reader: Reader): Promise<AccountRow | undefined> {
    const { policy, passwords, mails, keys } = this.#options;
    if (await this.isSetupNeeded()) {
      if (!keys.isSetupCode(applicant.setupCode ?? '')) throw new ParleyError('setup_needed');
      return this.#makeFirst({ ...(await this.#ready(applicant)), isEmailVerified: false });
    }
    if (applicant.invitation !== undefined) return this.#makeInvited(applicant, applicant.invitation);
    if (policy.registration !== 'open') throw new ParleyError('registration_closed');
    if (mails === undefined) return this.#make({ ...(await this.#ready(applicant)), isEmailVerified: false });
    const { email, displayName } = applicant;
    const passwordHash = await passwords.hash(applicant.password);
    // The mail is sent in the background, so that the answer is the same, and as fast, for an address that has an account.
    mails.inBackground(() => this.#sendConfirmation({ email, displayName, passwordHash }, mails, reader));
    return undefined;
  }

  /** Rejects with `link_invalid`, and with `email_taken` if the address got an account meanwhile. */
  async confirm(token: string): Promise<AccountRow> {
    return this.#options.database.transaction(async (connection) => {
      const link = await new LinkRepository(connection).take('confirmation', token, this.#options.now());
      const { email = null, displayName = null, passwordHash = null } = link ?? {};
      if (email === null || displayName === null) throw new ParleyError('link_invalid');
      return this.#insert(new AccountRepository(connection), {
        email,
        displayName,
        passwordHash,
        isEmailVerified: true,
      });
    });
  }

  /** Makes an invitation for the person with this address; without an address, for any one person. */
  async invite(email: string | undefined, reader: Reader): Promise<{ token: string; expiresAt: number }> {
    const { database, mails, now } = this.#options;
    const token = newSecretToken();
    const expiresAt = now() + INVITATION_MS;
    await new LinkRepository(database).insert('invitation', token, expiresAt, { email });
    if (email !== undefined) mails?.inBackground(() => mails.sendInvitation(email, token, reader));
    return { token, expiresAt };
  }

  /** Makes an account for somebody whom a provider knows and who has none yet. */
  async makeByProvider(person: { email: string; displayName: string }): Promise<AccountRow> {
    if (await this.isSetupNeeded()) throw new ParleyError('setup_needed');
    return this.#make({ ...person, passwordHash: null, isEmailVerified: true });
  }

  async #ready({ email, displayName, password }: Applicant): Promise<Omit<Ready, 'isEmailVerified'>> {
    return { email, displayName, passwordHash: await this.#options.passwords.hash(password) };
  }

  /** Of several people with the setup code at the same time one becomes the operator, and the others are refused. */
  async #makeFirst(ready: Ready): Promise<AccountRow> {
    const made = await this.#options.database.transaction(async (connection) => {
      const accounts = new AccountRepository(connection);
      await accounts.lockOperators();
      if (!(await accounts.isEmpty())) throw new ParleyError('conflict', 'This server has an operator now.');
      return this.#insert(accounts, ready, true);
    });
    this.#isSetUp = true;
    return made;
  }

  async #makeInvited(applicant: Applicant, invitation: string): Promise<AccountRow> {
    const { database, policy, now } = this.#options;
    if (policy.registration === 'closed') throw new ParleyError('registration_closed');
    const ready = await this.#ready(applicant);
    // If the account cannot be made, the invitation is not used up.
    return database.transaction(async (connection) => {
      const link = await new LinkRepository(connection).take('invitation', invitation, now());
      if (link === undefined || (link.email ?? ready.email) !== ready.email)
        throw new ParleyError('link_invalid');
      // The operator has the link of an invitation too, so it shows nothing about the address.
      return this.#insert(new AccountRepository(connection), { ...ready, isEmailVerified: false });
    });
  }

  #make(ready: Ready): Promise<AccountRow> {
    return this.#insert(new AccountRepository(this.#options.database), ready);
  }

  #insert(accounts: AccountRepository, ready: Ready, isOperator = false): Promise<AccountRow> {
    const id = accountIdSchema.parse(randomUUID());
    return accounts.insert({ ...ready, id, isOperator, createdAt: this.#options.now() });
  }

  async #sendConfirmation(
    { email, ...content }: { email: string; displayName: string; passwordHash: string },
    mails: AccountMails,
    reader: Reader,
  ): Promise<void> {
    const { database, now } = this.#options;
    const known = await new AccountRepository(database).findByEmail(email);
    if (known !== undefined) return mails.sendAlreadyRegistered(email, reader);
    const token = newSecretToken();
    await database.transaction(async (connection) => {
      const links = new LinkRepository(connection);
      await links.deleteConfirmationsOf(email);
      await links.insert('confirmation', token, now() + CONFIRMATION_MS, { email, ...content });
    });
    await mails.sendConfirmation(email, token, reader);
  }
}
