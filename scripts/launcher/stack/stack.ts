import { join } from 'node:path';
import { ensureCertificate } from '../../lib/certificate.mjs';
import type { ProcessLock } from '../../lib/lock.mjs';
import type { Secrets } from '../../bootstrap/secrets.mjs';
import { seconds } from '../../lib/steps.mjs';
import type { Steps } from '../../lib/steps.mjs';
import { takeDataDir } from '../base/data-dir.ts';
import { LaunchError } from '../base/launch-error.ts';
import { Supervisor } from '../supervisor/supervisor.ts';
import { HOST } from '../services/node-service.ts';
import { readSecrets, writeLogsPassword } from '../base/operator-secrets.ts';
import { isTcpPortFree, PortBook } from '../base/ports.ts';
import { debianPrograms, findPostgresHome } from '../services/postgres-home.ts';
import { Postgres } from '../services/postgres.ts';
import { RunningFile } from '../system/running-file.ts';
import type { ServiceSpec } from '../supervisor/service-spec.ts';
import { DEFAULT_PORTS } from './stack-config.ts';
import type { StackConfig, StackPort } from './stack-config.ts';
import { stackTable } from './stack-table.ts';

type Ports = Readonly<Record<StackPort, number>>;

/** Ports that are part of an address people know: they do not move by themselves. */
const FIXED: readonly StackPort[] = ['PORT', 'PROMETHEUS_PORT', 'LOGS_PORT'];

/** The full stack without containers: everything that compose runs but Grafana, from Debian's packages. */
export class Stack {
  readonly #config: StackConfig;
  readonly #steps: Steps;
  readonly #lock: ProcessLock;
  readonly #portBook = new PortBook();
  readonly #startedAt = performance.now();
  #supervisor: Supervisor | undefined;
  #runningFile: RunningFile | undefined;
  #isStopped = false;

  /** Takes what only one stack may have: the data directory. */
  static async create(config: StackConfig, steps: Steps): Promise<Stack> {
    return new Stack(config, steps, await takeDataDir(config.dataDir));
  }

  private constructor(config: StackConfig, steps: Steps, lock: ProcessLock) {
    this.#config = config;
    this.#steps = steps;
    this.#lock = lock;
  }

  async start(): Promise<void> {
    const secrets = readSecrets(this.#config.dataDir);
    const ports = await this.#pickPorts();
    const table = await this.#buildTable(secrets, ports);
    if (this.#isStopped) return;
    const logs = join(this.#config.dataDir, 'logs');
    this.#steps.say(`Starting the stack; its logs are in ${logs}`);
    this.#supervisor = new Supervisor(table, logs, this.#steps);
    await this.#supervisor.start();
    if (this.#isStopped) return;
    this.#runningFile = RunningFile.write(this.#config.dataDir, `http://localhost:${ports.PORT}`, table);
    this.#sayReady(ports, writeLogsPassword(this.#config.dataDir, secrets));
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#runningFile?.close();
    await this.#supervisor?.stop();
    this.#portBook.close();
    this.#lock.release();
  }

  async #pickPorts(): Promise<Ports> {
    const given = new Map(this.#config.givenPorts);
    for (const name of FIXED) given.set(name, given.get(name) ?? DEFAULT_PORTS[name]);
    for (const [name, port] of given) {
      if (await isTcpPortFree(port, HOST)) continue;
      throw new LaunchError(
        `Port ${port} is in use by another program. Stop it, or choose another port with ${name}.`,
      );
    }
    return await this.#portBook.pickAll(DEFAULT_PORTS, given, this.#steps);
  }

  async #buildTable(secrets: Secrets, ports: Ports): Promise<ServiceSpec[]> {
    const { dataDir } = this.#config;
    const home = findPostgresHome(dataDir, secrets.instanceId, undefined, debianPrograms());
    if (home.note) this.#steps.say(home.note);
    if (!Postgres.exists(home)) this.#steps.say('Making the database (a few seconds, once) …');
    const postgres = Postgres.create(home, ports.POSTGRES_PORT, secrets.databasePassword);
    const certificate = await ensureCertificate(join(dataDir, 'certificate'));
    return await stackTable({
      config: this.#config,
      ports,
      portBook: this.#portBook,
      secrets,
      postgres,
      certificate,
      logFolder: join(dataDir, 'logs'),
    });
  }

  /** The lines "edge:", "prometheus:", "logs:" and "consul:" are read by programs. */
  #sayReady(ports: Ports, passwordPath: string): void {
    this.#steps.say(
      [
        '',
        `The stack is ready (after ${seconds(performance.now() - this.#startedAt)}). Ctrl-C stops all of it.`,
        `edge: http://localhost:${ports.PORT}`,
        `prometheus: http://localhost:${ports.PROMETHEUS_PORT}`,
        `logs: http://localhost:${ports.LOGS_PORT}`,
        `consul: http://localhost:${ports.CONSUL_PORT}`,
        `The same over https, with a certificate that browsers do not know: https://localhost:${ports.HTTPS_PORT}`,
        `The password for the logs is in ${passwordPath}`,
      ].join('\n'),
    );
  }
}
