// What an operator does with accounts at the machine itself: `node services/gateway/src/account-tool.ts COMMAND`. `npm run accounts` starts it
// with the database of an installation, and operators of containers start it there.
import process from 'node:process';
import { ConfigError, readConfig, withPassword } from '@parley/common/config';
import { createLogger } from '@parley/common/logging';
import { createPool } from '@parley/common/postgres';
import { ParleyError } from '@parley/proto/errors';
import { ACCOUNT_PAGES, emailSchema } from '@parley/proto/rest';
import { z } from 'zod';
import { AccountRepository } from './accounts/store/account-repository.ts';
import { EVERYTHING_OPEN } from './accounts/account-policy.ts';
import { accountTrustOf } from './accounts/account-config.ts';
import { Accounts } from './accounts/accounts.ts';
import { gatewayConfigSchema } from './gateway-config.ts';

const USAGE = `Say what to do:
  setup-code       prints the code that the first account of this server needs
  reset EMAIL      prints a link for a new password, for one hour
  invite [EMAIL]   prints a link to make an account, for seven days
  operator EMAIL   makes the account of this address an operator
  rotate-key       lets another key sign access tokens from now on`;

class ToolError extends Error {}

type Command = (
  accounts: Accounts,
  email: string | undefined,
  page: (path: string) => string,
) => Promise<string>;

const COMMANDS: Readonly<Record<string, Command>> = {
  'setup-code': async ({ registration, keys }) => {
    if (!(await registration.isSetupNeeded())) throw new ToolError('This server has an account already.');
    return keys.setupCode;
  },
  reset: async ({ passwordReset }, email, page) => {
    const token = await passwordReset.createToken(needed(email));
    if (token === undefined) throw new ToolError('No account has this address.');
    return page(`${ACCOUNT_PAGES.resetPassword}#${token}`);
  },
  invite: async ({ registration }, email, page) => {
    const { token } = await registration.invite(email, { acceptLanguage: undefined });
    return page(`${ACCOUNT_PAGES.invitation}#${token}`);
  },
  operator: async ({ database }, email) => {
    if (!(await new AccountRepository(database).makeOperator(needed(email))))
      throw new ToolError('No account has this address.');
    return 'It is an operator now.';
  },
  'rotate-key': async ({ signingKeys }) => {
    await signingKeys.rotate();
    return 'Another key signs access tokens within a minute.';
  },
};

async function main(): Promise<void> {
  const [name = '', given, ...more] = process.argv.slice(2);
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined || more.length > 0) throw new ToolError(USAGE);
  const email = given === undefined ? undefined : emailSchema.safeParse(given);
  if (email?.success === false) throw new ToolError(`${given} is not an e-mail address.`);
  const { ACCOUNTS_DATABASE_URL, ACCOUNTS_DATABASE_PASSWORD, PUBLIC_URL } = gatewayConfigSchema.shape;
  const { DATABASE_TLS_AUTHORITY, DATABASE_TLS_NAME } = gatewayConfigSchema.shape;
  const config = readConfig(
    z.object({
      ACCOUNTS_DATABASE_URL: ACCOUNTS_DATABASE_URL.unwrap(),
      ACCOUNTS_DATABASE_PASSWORD,
      IDENTITY_KEY: gatewayConfigSchema.shape.IDENTITY_KEY.unwrap(),
      PUBLIC_URL,
      DATABASE_TLS_AUTHORITY,
      DATABASE_TLS_NAME,
    }),
    process.env,
  );
  const logger = createLogger({ service: 'accounts', level: 'silent' });
  const pool = createPool({
    databaseUrl: withPassword(config.ACCOUNTS_DATABASE_URL, config.ACCOUNTS_DATABASE_PASSWORD),
    trust: accountTrustOf(config),
    logger,
  });
  const accounts = await Accounts.create({
    pool,
    secret: config.IDENTITY_KEY,
    policy: EVERYTHING_OPEN,
    rateFactor: 0,
    logger,
  });
  // Without the public address it is left to the operator where the page is.
  const page = (path: string) =>
    config.PUBLIC_URL === undefined ? path : new URL(path, config.PUBLIC_URL).href;
  try {
    process.stdout.write(`${await command(accounts, email?.data, page)}\n`);
  } finally {
    await accounts.close();
    await pool.close();
  }
}

function needed(email: string | undefined): string {
  if (email === undefined) throw new ToolError(USAGE);
  return email;
}

main().catch((error: unknown) => {
  process.stderr.write(`${words(error)}\n`);
  process.exitCode = 1;
});

function words(error: unknown): string {
  if (error instanceof ToolError || error instanceof ConfigError) return error.message;
  if (error instanceof ParleyError) return 'The database cannot be reached. Nothing was changed.';
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
