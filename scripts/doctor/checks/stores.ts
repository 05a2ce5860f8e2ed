import { readFileSync } from 'node:fs';
import { Redis } from 'ioredis';
import { withPassword } from '@parley/common/config';
import { WaryClient } from '@parley/common/postgres';
import { tlsOptionsOf, trustProblem, type ServerTrust } from '@parley/common/trust';
import type { DeployedService, Deployment } from '../deployment.ts';
import { skipped, verdict, type Check, type FaultCode, type Finding } from '../finding.ts';
import { reasonOf } from '../http.ts';

const TIMEOUT_MS = 3_000;

/** Checks that the database answers at the address and with the password of the services. */
export const postgres: Check = {
  title: 'PostgreSQL',
  run: (deployment) =>
    checkStore(deployment, {
      prefix: 'DATABASE',
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
      prefix: 'REDIS',
      code: 'redis',
      name: 'Redis',
      ask: askRedis,
      without: 'not used: live rooms are in the memory of the one signaling instance',
    }),
};

type Store = {
  /** How the names of its variables begin. */
  prefix: 'DATABASE' | 'REDIS';
  code: FaultCode;
  name: string;
  ask: (url: string, trust: ServerTrust) => Promise<void>;
  without: string;
};

async function checkStore({ services, isInside }: Deployment, store: Store) {
  const users = services.filter(({ env }) => env[`${store.prefix}_URL`]);
  if (users.length === 0) return skipped(store.without);
  if (!isInside) return skipped('its address is inside of the containers; their health check asks it');
  // The instances of a service have the same variables.
  const places = new Map(users.map((user) => [user.env[`${store.prefix}_URL`] ?? '', user]));
  const findings = await Promise.all([...places].map(([url, user]) => problemsOf(url, user, store)));
  return verdict(findings.flat(), `answers at ${[...places.keys()].map(withoutSecrets).join(', ')}`);
}

async function problemsOf(url: string, { env }: DeployedService, store: Store): Promise<Finding[]> {
  const { ask, code, name, prefix } = store;
  try {
    const read = (name: string) => readVariable(env, `${prefix}_${name}`);
    const trust = { authority: read('TLS_AUTHORITY'), name: read('TLS_NAME') };
    await ask(withPassword(url, read('PASSWORD')), trust);
    return [];
  } catch (error) {
    const untrusted = trustProblem(error);
    if (untrusted !== undefined)
      return [
        {
          code,
          what: `${name} does not prove itself at ${withoutSecrets(url)}: ${untrusted}. It gets nothing.`,
          fix: `Correct ${prefix}_TLS_AUTHORITY or ${prefix}_TLS_NAME, or give ${name} a certificate of that authority for that name; see docs/security.md.`,
        },
      ];
    return [
      {
        code,
        what: `${name} cannot be asked at ${withoutSecrets(url)} (${reasonOf(error)}).`,
        fix: `Start it, or correct ${prefix}_URL: address, user and password. The services heal by themselves once it answers.`,
      },
    ];
  }
}

/** A variable as the service reads it: from the environment or from a file. */
function readVariable(env: DeployedService['env'], name: string): string | undefined {
  const file = env[`${name}_FILE`];
  return (file ? readFileSync(file, 'utf8').trim() : env[name]) || undefined;
}

async function askPostgres(url: string, trust: ServerTrust): Promise<void> {
  const isTrusted = trust.authority !== undefined || trust.name !== undefined;
  const client = new WaryClient({
    connectionString: url,
    ...(isTrusted && { ssl: tlsOptionsOf(trust, new URL(url).hostname) }),
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

async function askRedis(url: string, trust: ServerTrust): Promise<void> {
  const { protocol, hostname } = new URL(url);
  const client = new Redis(url, {
    ...(protocol === 'rediss:' && { tls: tlsOptionsOf(trust, hostname) }),
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
