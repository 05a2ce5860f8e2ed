import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { ensureCertificate } from '../../lib/certificate.mjs';
import type { ProcessLock } from '../../lib/lock.mjs';
import type { Secrets } from '../../bootstrap/secrets.mjs';
import { seconds } from '../../lib/steps.mjs';
import type { Steps } from '../../lib/steps.mjs';
import { takeDataDir } from '../base/data-dir.ts';
import { Edge } from './edge.ts';
import { qrCode } from '../../lib/qr-code.ts';
import { lanWords } from './lan.ts';
import { Supervisor } from '../supervisor/supervisor.ts';
import { DEFAULT_PORTS } from './start-config.ts';
import type { LanConfig, LauncherConfig, PortName } from './start-config.ts';
import { readSecrets, writeLogsPassword } from '../base/operator-secrets.ts';
import { PortBook } from '../base/ports.ts';
import { findPostgresHome } from '../services/postgres-home.ts';
import { Postgres } from '../services/postgres.ts';
import { checkRtcPorts } from './rtc-ports.ts';
import { RunningFile } from '../system/running-file.ts';
import { serviceTable } from './start-table.ts';
import type { ServiceSpec } from '../supervisor/service-spec.ts';

const EDGE_HOSTS = ['127.0.0.1', '::1'];

type Ports = Readonly<Record<PortName, number>>;

/** What only one system may have. */
interface Taken {
  readonly lock: ProcessLock;
  readonly edge: Edge;
  /** Of the certificate for other devices. */
  readonly fingerprint: string | undefined;
}

/** The whole of Parley on one machine: the data directory, the database, the services, the origin. */
export class System {
  readonly #config: LauncherConfig;
  readonly #steps: Steps;
  readonly #lock: ProcessLock;
  readonly #edge: Edge;
  readonly #fingerprint: string | undefined;
  readonly #portBook = new PortBook();
  readonly #startedAt = performance.now();
  #supervisor: Supervisor | undefined;
  #runningFile: RunningFile | undefined;
  #isStopped = false;

  /** Takes what only one system may have: the data directory and the port. */
  static async create(config: LauncherConfig, steps: Steps): Promise<System> {
    const lock = await takeDataDir(config.dataDir);
    try {
      const edge = await Edge.create(config.port, EDGE_HOSTS);
      try {
        // What is wrong with the address is said before what is wrong with its ports.
        const fingerprint = config.lan && (await serveNetwork(edge, config.dataDir, config.lan));
        await checkRtcPorts(config.rtc);
        return new System(config, steps, { lock, edge, fingerprint });
      } catch (error) {
        edge.close();
        throw error;
      }
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  private constructor(config: LauncherConfig, steps: Steps, taken: Taken) {
    this.#config = config;
    this.#steps = steps;
    this.#lock = taken.lock;
    this.#edge = taken.edge;
    this.#fingerprint = taken.fingerprint;
  }

  async start(): Promise<void> {
    const secrets = readSecrets(this.#config.dataDir);
    const ports = await this.#portBook.pickAll(DEFAULT_PORTS, this.#config.givenPorts, this.#steps);
    const table = this.#buildTable(secrets, ports);
    if (this.#isStopped) return;
    this.#steps.say(`Starting Parley; its logs are in ${this.#logFolder}`);
    this.#supervisor = new Supervisor(table, this.#logFolder, this.#steps);
    await this.#supervisor.start();
    this.#edge.open({
      gateway: `http://127.0.0.1:${ports.GATEWAY_PORT}`,
      signaling: `http://127.0.0.1:${ports.SIGNALING_PORT}`,
      ui: `http://127.0.0.1:${ports.UI_PORT}`,
      uiHasWebSocket: this.#config.isDev,
    });
    if (this.#isStopped) return;
    this.#runningFile = RunningFile.write(this.#config.dataDir, `http://localhost:${this.#edge.port}`, table);
    const took = seconds(performance.now() - this.#startedAt);
    const password = writeLogsPassword(this.#config.dataDir, secrets);
    this.#steps.say(
      `\nParley is ready at http://localhost:${this.#edge.port} (after ${took}). Ctrl-C stops it.` +
        `\nIts logs are at http://localhost:${ports.LOGS_PORT}; the password is in ${password}`,
    );
    this.#sayLan();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#runningFile?.close();
    this.#edge.close();
    await this.#supervisor?.stop();
    this.#portBook.close();
    this.#lock.release();
  }

  get #logFolder(): string {
    return join(this.#config.dataDir, 'logs');
  }

  #sayLan(): void {
    const { lan, rtc } = this.#config;
    if (!lan || !this.#fingerprint) return;
    const last = rtc.portBase + rtc.workers - 1;
    const media = last > rtc.portBase ? `${rtc.portBase}-${last}` : String(last);
    const url = `https://${lan.address}:${lan.httpsPort}`;
    const words = lanWords(lan, url, this.#fingerprint, { https: lan.httpsPort, media });
    this.#steps.say(['', ...words, '', qrCode(url, process.stdout.isTTY)].join('\n'));
  }

  get #origins(): string[] {
    const { lan } = this.#config;
    const hosts = ['localhost', '127.0.0.1'].map((host) => `http://${host}:${this.#edge.port}`);
    return lan ? [...hosts, `https://${lan.address}:${lan.httpsPort}`] : hosts;
  }

  #buildTable(secrets: Secrets, ports: Ports): ServiceSpec[] {
    const postgres = this.#config.databaseUrl
      ? undefined
      : this.#prepareDatabase(secrets, ports.POSTGRES_PORT);
    const services = serviceTable({
      config: this.#config,
      ports,
      secrets,
      databaseUrl: this.#config.databaseUrl ?? postgres?.url ?? '',
      ownsDatabase: postgres !== undefined,
      logFolder: this.#logFolder,
      origins: this.#origins,
    });
    return postgres ? [postgres.spec, ...services] : services;
  }

  #prepareDatabase(secrets: Secrets, port: number): Postgres {
    const home = findPostgresHome(this.#config.dataDir, secrets.instanceId);
    if (home.note) this.#steps.say(home.note);
    if (!Postgres.exists(home)) this.#steps.say('Making the database (a few seconds, once) …');
    return Postgres.create(home, port, secrets.databasePassword);
  }
}

/** Listens for other devices; gives the fingerprint of the certificate that they are shown. */
async function serveNetwork(edge: Edge, dataDir: string, { address, httpsPort }: LanConfig): Promise<string> {
  const certificate = await ensureCertificate(join(dataDir, 'certificate'), [address]);
  await edge.listenSecurely(httpsPort, address, {
    cert: readFileSync(certificate.certificatePath, 'utf8'),
    key: readFileSync(certificate.keyPath, 'utf8'),
  });
  return certificate.fingerprint;
}
