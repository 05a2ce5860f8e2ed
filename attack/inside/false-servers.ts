import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GrpcCertificates } from '@parley/common/grpc';
import { CONSUL_TOKENS, freePort, startPostgres, waitFor, type TestPostgres } from '@parley/common/testing';
import { FalseInstance } from '../../tests/harness/servers/false-instance.ts';
import { FalsePostgres } from '../../tests/harness/servers/false-postgres.ts';
import { LoneService, makeCertificates } from '../../tests/harness/servers/lone-service.ts';
import {
  makeServerProofs,
  type MadeProof,
  type ServerName,
} from '../../tests/harness/servers/server-proofs.ts';
import { atLeast, atMost, type Attack, type Finding, type Servers } from '../frame/attack.ts';

const PASSWORD = 'a-password-that-nobody-else-may-have';
const WORTH = [PASSWORD, 'AUTH', 'oken', ...Object.values(CONSUL_TOKENS)];

/** What signaling of an installation has, and what somebody else can make for the same names. */
type Installation = {
  folder: string;
  proofs: Record<ServerName, MadeProof>;
  strangers: Record<ServerName, MadeProof>;
  postgres: TestPostgres;
};

const INSTALLATION: Servers<Installation> = {
  start: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-attack-'));
    makeCertificates(join(folder, 'ours'));
    const proofs = makeServerProofs(join(folder, 'ours'));
    const strangers = makeServerProofs(join(folder, 'strangers'));
    return { folder, proofs, strangers, postgres: await startPostgres(proofs.postgres) };
  },
  stop: async ({ folder, postgres }) => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  },
};

/** What a false server shows. */
type Kind = { words: string; shown: (name: ServerName) => GrpcCertificates | undefined };

/** Signaling with the variables of a deployment; what is given leads to a false server. */
async function startSignaling(
  { folder, postgres }: Installation,
  env: Readonly<Record<string, string>>,
  consulUrl: string,
): Promise<LoneService> {
  const authority = join(folder, 'ours', 'trust', 'authority.pem');
  const ports = [await freePort(), await freePort(), await freePort()].map(String);
  const [SIGNALING_PORT = '', SIGNALING_GRPC_PORT = '', SIGNALING_ADMIN_PORT = ''] = ports;
  return new LoneService('signaling', {
    consulUrl,
    certificates: join(folder, 'ours'),
    env: {
      DATABASE_URL: postgres.databaseUrl,
      DATABASE_TLS_AUTHORITY_FILE: authority,
      DATABASE_TLS_NAME: 'postgres',
      CONSUL_TLS_AUTHORITY_FILE: authority,
      CONSUL_TLS_NAME: 'consul',
      JOIN_TOKEN_SECRET: 'j'.repeat(40),
      SIGNALING_PORT,
      SIGNALING_GRPC_PORT,
      SIGNALING_ADMIN_PORT,
      ...env,
    },
  });
}

/** Redis and Consul are false at once; PostgreSQL is the real one, because signaling does not start without. */
async function standInForRedisAndConsul(
  installation: Installation,
  { shown, words }: Kind,
): Promise<Finding[]> {
  const [redis, consul] = [
    await FalseInstance.start(shown('redis')),
    await FalseInstance.start(shown('consul')),
  ];
  const authority = join(installation.folder, 'ours', 'trust', 'authority.pem');
  const env = {
    REDIS_URL: `rediss://:${PASSWORD}@${redis.address}`,
    REDIS_TLS_AUTHORITY_FILE: authority,
    REDIS_TLS_NAME: 'redis',
  };
  const signaling = await startSignaling(installation, env, `https://${consul.address}`);
  const heard = ({ raw }: FalseInstance) => raw.filter((bytes) => bytes.length > 0).length;
  await waitFor(() => [redis, consul].every((instance) => heard(instance) > 1), {
    what: 'signaling to come to both false servers again',
  });
  const findings = Object.entries({ Redis: redis, Consul: consul }).flatMap(([name, instance]) => [
    atLeast(`connections to a false ${name} ${words}`, heard(instance), 2),
    atMost('  bytes that it could read', instance.plain.length, 0),
    atMost('  secrets in what it received', WORTH.filter((word) => instance.text.includes(word)).length, 0),
  ]);
  await signaling.close();
  for (const instance of [redis, consul]) instance.close();
  return findings;
}

async function standInForPostgres(installation: Installation, { shown, words }: Kind): Promise<Finding[]> {
  const certificates = shown('postgres');
  const postgres = await FalsePostgres.start(certificates ? { certificates } : {});
  const env = { DATABASE_URL: `postgres://parley:${PASSWORD}@127.0.0.1:${postgres.port}/parley` };
  const signaling = await startSignaling(installation, env, 'https://127.0.0.1:1');
  await waitFor(() => postgres.connections > 0, { what: 'signaling to come to the false PostgreSQL' });
  await signaling.ended();
  postgres.close();
  return [
    atLeast(`connections to a false PostgreSQL ${words}`, postgres.connections, 1),
    atMost('  bytes that it could read', postgres.read.length, 0),
  ];
}

/** Each is tried with real processes of signaling. */
export const FALSE_SERVERS: Attack<Installation> = {
  name: 'servers',
  description: 'stands in the place of Redis, Consul and PostgreSQL and keeps what signaling sends it',
  servers: INSTALLATION,
  run: async (installation) => {
    const { strangers, proofs } = installation;
    const kinds: readonly Kind[] = [
      { words: 'without TLS', shown: () => undefined },
      { words: 'with a certificate of a stranger', shown: (name) => strangers[name].texts },
      {
        words: 'with the certificate of another server',
        shown: (name) => proofs[name === 'redis' ? 'postgres' : 'redis'].texts,
      },
    ];
    const findings: Finding[] = [];
    for (const kind of kinds) {
      findings.push(...(await standInForRedisAndConsul(installation, kind)));
      findings.push(...(await standInForPostgres(installation, kind)));
    }
    return findings;
  },
};
