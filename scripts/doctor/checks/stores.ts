import { Redis } from 'ioredis';
import pg from 'pg';
import { withPassword } from '@parley/common/config';
import { valuesOf, type Deployment } from '../deployment.ts';
import { skipped, verdict, type Check, type FaultCode, type Finding } from '../finding.ts';
import { reasonOf } from '../http.ts';

const TIMEOUT_MS = 3_000;

/** Checks that the database answers at the address and with the password of the services. */
export const postgres: Check = {
  title: 'PostgreSQL',
  run: (deployment) =>
    checkStore(deployment, {
      variable: 'DATABASE_URL',
      password: 'DATABASE_PASSWORD',
      code: 'postgres',
      name: 'PostgreSQL',
      ask: askPostgres,
      without: 'no database address is known here',
    }),
};

export const redis: Check = {
  title: 'Redis',
  run: (deployment) =>
    checkStore(deployment, {
      variable: 'REDIS_URL',
      password: 'REDIS_PASSWORD',
      code: 'redis',
      name: 'Redis',
      ask: askRedis,
      without: 'not used: live rooms are in the memory of the one signaling instance',
    }),
};

type Store = {
  variable: string;
  /** The variable of its password, if the address has none. */
  password: string;
  code: FaultCode;
  name: string;
  ask: (url: string) => Promise<void>;
  without: string;
};

async function checkStore(deployment: Deployment, store: Store) {
  const urls = [...valuesOf(deployment, store.variable).keys()];
  if (urls.length === 0) return skipped(store.without);
  if (!deployment.isInside)
    return skipped('its address is inside of the containers; their health check asks it');
  const [password] = valuesOf(deployment, store.password).keys();
  const findings = await Promise.all(urls.map((url) => problemsOf(withPassword(url, password), store)));
  return verdict(findings.flat(), `answers at ${urls.map(withoutSecrets).join(', ')}`);
}

async function problemsOf(url: string, { ask, code, name, variable }: Store): Promise<Finding[]> {
  try {
    await ask(url);
    return [];
  } catch (error) {
    return [
      {
        code,
        what: `${name} cannot be asked at ${withoutSecrets(url)} (${reasonOf(error)}).`,
        fix: `Start it, or correct ${variable}: address, user and password. The services heal by themselves once it answers.`,
      },
    ];
  }
}

async function askPostgres(url: string): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: TIMEOUT_MS,
    query_timeout: TIMEOUT_MS,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('SELECT 1');
  } finally {
    await client.end().catch(() => {});
  }
}

async function askRedis(url: string): Promise<void> {
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: TIMEOUT_MS,
    commandTimeout: TIMEOUT_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let cause: Error | undefined;
  client.on('error', (error: Error) => (cause = error));
  try {
    await client.connect();
    await client.ping();
  } catch (error) {
    throw cause ?? error;
  } finally {
    client.disconnect();
  }
}

function withoutSecrets(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}
