import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { ensureCertificate } from '../../lib/certificate.mjs';
import type { Certificate } from '../../lib/certificate.mjs';
import type { ServiceCertificate } from '../../lib/service-certificates.mjs';
import { LaunchError } from '../base/launch-error.ts';
import { isTcpPortFree } from '../base/ports.ts';
import { HOST } from '../services/node-service.ts';
import { findPostgresHome } from '../services/postgres-home.ts';
import { Postgres, preparePostgres, SETUP_LINE } from '../services/postgres.ts';
import type { PostgresProof } from '../services/postgres.ts';
import type { Means, Plan, Prepared } from '../system/system.ts';
import type { Workplace } from '../users/workplace.ts';
import { RelayRules } from './relay-rules.ts';
import { DEFAULT_PORTS } from './stack-config.ts';
import type { StackConfig, StackPort } from './stack-config.ts';
import { stackTable } from './stack-table.ts';

type Ports = Readonly<Record<StackPort, number>>;

/** Ports of addresses that people know. If one is in use, the stack does not start: another port would not be found. */
const FIXED: readonly StackPort[] = ['PORT', 'PROMETHEUS_PORT', 'LOGS_PORT'];

/** The plan of `npm run stack`: everything that compose runs except Grafana, from Debian's packages and without containers. */
export class Stack implements Plan {
  readonly title = 'the stack';
  readonly isDev = false;
  readonly #config: StackConfig;
  readonly #relayRules = new RelayRules();

  constructor(config: StackConfig) {
    this.#config = config;
  }

  async prepare({ secrets, portBook, workplace, steps }: Means): Promise<Prepared> {
    const { dataDir } = this.#config;
    const ports = await portBook.pickAll(DEFAULT_PORTS, await this.#givenPorts(), steps);
    const home = findPostgresHome(dataDir, secrets.instanceId);
    const isFirst = !Postgres.exists(home);
    const serverCertificates = workplace.serverCertificates(home.identity);
    const services = await stackTable({
      config: this.#config,
      ports,
      portBook,
      secrets,
      postgres: preparePostgres(
        home,
        ports.POSTGRES_PORT,
        secrets,
        steps,
        postgresProof(workplace, serverCertificates.get('postgres')),
      ),
      certificate: await edgeCertificate(workplace),
      serverCertificates,
      workplace,
      relayRules: this.#relayRules,
      steps,
    });
    return {
      services,
      origin: `http://localhost:${ports.PORT}`,
      open: ({ took, passwordPath }) => [
        ...readyLines(ports, took, passwordPath),
        ...(isFirst ? [SETUP_LINE.replace('setup-code', 'setup-code --stack')] : []),
      ],
    };
  }

  /** Nothing else: nginx, a service of the stack, holds the address of the edge. */
  close(): void {
    this.#relayRules.remove();
  }

  async #givenPorts(): Promise<Map<StackPort, number>> {
    const given = new Map(this.#config.givenPorts);
    for (const name of FIXED) given.set(name, given.get(name) ?? DEFAULT_PORTS[name]);
    for (const [name, port] of given) {
      if (await isTcpPortFree(port, HOST)) continue;
      throw new LaunchError(
        `Port ${port} is in use by another program. Stop it, or choose another port with ${name}.`,
      );
    }
    return given;
  }
}

/** The folder stays with root: nginx, which reads the key, can put nothing in its place. */
async function edgeCertificate(workplace: Workplace): Promise<Certificate> {
  const folder = join(workplace.state, 'certificate');
  const certificate = await ensureCertificate(folder);
  chmodSync(folder, 0o711);
  workplace.giveFile(certificate.keyPath, 'nginx');
  return certificate;
}

function postgresProof(
  { root }: Workplace,
  certificate: ServiceCertificate | undefined,
): PostgresProof | undefined {
  return certificate && { script: join(root, 'deploy', 'postgres', 'run.sh'), ...certificate };
}

/** Programs read the lines that begin with "edge:", "prometheus:", "logs:" and "consul:". */
function readyLines(ports: Ports, took: string, passwordPath: string): string[] {
  return [
    `The stack is ready (after ${took}). Ctrl-C stops all of it.`,
    `edge: http://localhost:${ports.PORT}`,
    `prometheus: http://localhost:${ports.PROMETHEUS_PORT}`,
    `logs: http://localhost:${ports.LOGS_PORT}`,
    `consul: https://localhost:${ports.CONSUL_PORT}`,
    `The same over https, with a certificate that browsers do not know: https://localhost:${ports.HTTPS_PORT}`,
    `The password for the logs is in ${passwordPath}`,
  ];
}
