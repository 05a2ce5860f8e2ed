// The servers that the services of the stack need, from Debian's packages, with the configuration files of compose.
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { connect } from 'node:tls';
import { ConsulAccess } from '@parley/common/consul-access';
import type { ConsulTokens } from '@parley/common/consul-access';
import { tlsOptionsOf, type ServerTrust } from '@parley/common/trust';
import type { Secrets } from '../../bootstrap/secrets.mjs';
import type { ServiceCertificate } from '../../lib/service-certificates.mjs';
import { HOST, runsAs } from '../services/node-service.ts';
import { answersOk } from '../services/readiness.ts';
import type { ServiceSpec } from '../supervisor/service-spec.ts';
import type { ServiceUser } from '../users/service-users.ts';
import type { Workplace } from '../users/workplace.ts';

const ANSWER_TIMEOUT_MS = 2_000;

/** The whole environment of the programs that are not Parley's. */
const ENV = { PATH: process.env.PATH, TZ: 'UTC', LC_ALL: 'C.UTF-8' };

export function redis(
  workplace: Workplace,
  port: number,
  password: string,
  certificate: ServiceCertificate,
): ServiceSpec {
  const folder = emptyFolder(workplace, 'redis');
  const settings = [
    `include ${join(workplace.root, 'deploy', 'redis', 'redis.conf')}`,
    `bind ${HOST}`,
    `tls-port ${port}`,
    `tls-cert-file ${certificate.certificatePath}`,
    `tls-key-file ${certificate.keyPath}`,
    `dir ${folder}`,
    `requirepass ${password}`,
  ];
  // The password is in a file that only this user may read. Every user can read a command line.
  const file = join(folder, 'redis.conf');
  writeFileSync(file, `${settings.join('\n')}\n`, { mode: 0o600 });
  workplace.giveFile(file, 'redis');
  return {
    name: 'redis',
    after: [],
    command: ['redis-server', file],
    cwd: folder,
    env: ENV,
    address: `${HOST}:${port}`,
    isReady: () => answersPing(port, password, certificate),
    stopSignal: 'SIGTERM',
    ...runsAs({ workplace }, 'redis'),
  };
}

/** The accounts of Consul, by the secrets of the installation. */
export function consulTokens(secrets: Secrets): ConsulTokens {
  return {
    media: secrets.consulMediaToken,
    signaling: secrets.consulSignalingToken,
    gateway: secrets.consulGatewayToken,
    logs: secrets.consulLogsToken,
    agent: secrets.consulAgentToken,
    operator: secrets.consulOperatorToken,
  };
}

/** Each start of Consul is empty: it is ready when its accounts are made, and the services register again by themselves. */
export function consul(
  workplace: Workplace,
  program: string,
  ports: { readonly api: number; readonly server: number; readonly serf: number },
  secrets: Secrets,
  certificate: ServiceCertificate,
): ServiceSpec {
  const settings = [
    '-node=parley',
    `-bind=${HOST}`,
    `-client=${HOST}`,
    `-server-port=${ports.server}`,
    `-serf-lan-port=${ports.serf}`,
  ];
  const folder = emptyFolder(workplace, 'consul');
  const access = new ConsulAccess({
    url: `https://${HOST}:${ports.api}`,
    trust: trustIn('consul', certificate),
    managementToken: secrets.consulManagementToken,
  });
  return {
    name: 'consul',
    after: [],
    command: ['sh', join(workplace.root, 'deploy', 'consul', 'run.sh'), ...settings],
    cwd: folder,
    env: {
      ...ENV,
      CONSUL_BIN: workplace.program(program),
      CONSUL_DIR: folder,
      CONSUL_PORT: String(ports.api),
      CONSUL_TLS_CERTIFICATE: certificate.certificatePath,
      CONSUL_TLS_KEY: certificate.keyPath,
      CONSUL_MANAGEMENT_TOKEN: secrets.consulManagementToken,
      CONSUL_AGENT_TOKEN: secrets.consulAgentToken,
    },
    address: `${HOST}:${ports.api}`,
    isReady: () => isGranted(access, consulTokens(secrets)),
    stopSignal: 'SIGTERM',
    ...runsAs({ workplace }, 'consul'),
  };
}

/** Prometheus with the repository's configuration, in which only addresses are replaced. */
export function prometheus(workplace: Workplace, port: number, gatewayAdminPort: number): ServiceSpec {
  const folder = workplace.folder('prometheus', 'prometheus');
  const config = join(folder, 'config');
  rmSync(config, { recursive: true, force: true });
  cpSync(join(workplace.root, 'monitoring', 'prometheus'), config, { recursive: true });
  const file = join(config, 'prometheus.yml');
  const text = readFileSync(file, 'utf8')
    .replaceAll('gateway:4001', `${HOST}:${gatewayAdminPort}`)
    .replaceAll('localhost:9090', `${HOST}:${port}`);
  writeFileSync(file, text);
  const settings = [
    `--config.file=${file}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    '--storage.tsdb.retention.time=15d',
    '--storage.tsdb.retention.size=1GB',
    `--web.listen-address=${HOST}:${port}`,
    '--log.level=warn',
  ];
  return {
    name: 'prometheus',
    after: ['gateway'],
    command: ['prometheus', ...settings],
    cwd: folder,
    env: ENV,
    address: `${HOST}:${port}`,
    isReady: () => answersOk(`http://${HOST}:${port}/-/ready`),
    stopSignal: 'SIGTERM',
    ...runsAs({ workplace }, 'prometheus'),
  };
}

/** Nothing of it runs yet, so nobody writes there meanwhile. */
function emptyFolder(workplace: Workplace, name: ServiceUser): string {
  rmSync(join(workplace.state, name), { recursive: true, force: true });
  return workplace.folder(name, name);
}

async function isGranted(access: ConsulAccess, tokens: ConsulTokens): Promise<boolean> {
  try {
    await access.grant(tokens);
    return true;
  } catch {
    // Consul has no leader yet.
    return false;
  }
}

function trustIn(name: string, { authorityPath }: ServiceCertificate): ServerTrust {
  return { authority: readFileSync(authorityPath, 'utf8'), name };
}

function answersPing(port: number, password: string, certificate: ServiceCertificate): Promise<boolean> {
  return new Promise((resolve) => {
    const place = { port, host: HOST, timeout: ANSWER_TIMEOUT_MS };
    const socket = connect({ ...tlsOptionsOf(trustIn('redis', certificate), HOST), ...place }, () =>
      socket.write(`AUTH ${password}\r\nPING\r\n`),
    );
    let answer = '';
    const finish = (): void => {
      socket.destroy();
      resolve(answer.includes('+PONG'));
    };
    socket.on('data', (data: Buffer) => {
      answer += data.toString();
      if (answer.includes('PONG') || answer.includes('-')) finish();
    });
    socket.once('error', finish).once('timeout', finish).once('close', finish);
  });
}
