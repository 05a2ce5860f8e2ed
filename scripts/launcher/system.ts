import { mkdirSync, realpathSync, statfsSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describeHolder, ProcessLock } from '../bootstrap/lock.mjs';
import { ensureSecrets } from '../bootstrap/secrets.mjs';
import type { Secrets } from '../bootstrap/secrets.mjs';
import { seconds } from '../bootstrap/steps.mjs';
import type { Steps } from '../bootstrap/steps.mjs';
import { Edge } from './edge.ts';
import { Launcher } from './launcher.ts';
import { DEFAULT_PORTS } from './launcher-config.ts';
import type { LauncherConfig, PortName } from './launcher-config.ts';
import { LaunchError } from './launch-error.ts';
import { isTcpPortFree, isUdpPortFree, PortBook } from './ports.ts';
import { findPostgresHome } from './postgres-home.ts';
import { Postgres } from './postgres.ts';
import { serviceTable } from './service-table.ts';
import type { ServiceSpec } from './service-spec.ts';

const LEAST_FREE_BYTES = 100_000_000;
const EDGE_HOSTS = ['127.0.0.1', '::1'];

type Ports = Readonly<Record<PortName, number>>;

/** The whole of Parley on one machine: the data directory, the database, the services, the origin. */
export class System {
  readonly #config: LauncherConfig;
  readonly #steps: Steps;
  readonly #lock: ProcessLock;
  readonly #edge: Edge;
  readonly #portBook = new PortBook();
  readonly #startedAt = performance.now();
  #launcher: Launcher | undefined;
  #isStopped = false;

  /** Takes what only one system may have: the data directory and the port. */
  static async create(config: LauncherConfig, steps: Steps): Promise<System> {
    const lock = await takeDataDir(config.dataDir);
    try {
      await checkRtcPorts(config);
      return new System(config, steps, lock, await Edge.create(config.port, EDGE_HOSTS));
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  private constructor(config: LauncherConfig, steps: Steps, lock: ProcessLock, edge: Edge) {
    this.#config = config;
    this.#steps = steps;
    this.#lock = lock;
    this.#edge = edge;
  }

  async start(): Promise<void> {
    const secrets = readSecrets(this.#config.dataDir);
    const ports = await this.#pickPorts();
    const table = this.#buildTable(secrets, ports);
    if (this.#isStopped) return;
    this.#steps.say(`Starting Parley; its logs are in ${this.#logFolder}`);
    this.#launcher = new Launcher(table, this.#logFolder, this.#steps);
    await this.#launcher.start();
    this.#edge.open({
      gateway: `http://127.0.0.1:${ports.GATEWAY_PORT}`,
      signaling: `http://127.0.0.1:${ports.SIGNALING_PORT}`,
      ui: `http://127.0.0.1:${ports.UI_PORT}`,
      uiHasWebSocket: this.#config.isDev,
    });
    const took = seconds(performance.now() - this.#startedAt);
    const password = this.#writeLogsPassword(secrets);
    this.#steps.say(
      `\nParley is ready at http://localhost:${this.#edge.port} (after ${took}). Ctrl-C stops it.` +
        `\nIts logs are at http://localhost:${ports.LOGS_PORT}; the password is in ${asTyped(password)}`,
    );
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#edge.close();
    await this.#launcher?.stop();
    this.#portBook.close();
    this.#lock.release();
  }

  get #logFolder(): string {
    return join(this.#config.dataDir, 'logs');
  }

  /** A file of its own, because a person has to copy from it. */
  #writeLogsPassword({ logsPassword }: Secrets): string {
    const path = join(this.#config.dataDir, 'logs-password');
    writeFileSync(path, `${logsPassword}\n`, { mode: 0o600 });
    return path;
  }

  async #pickPorts(): Promise<Ports> {
    const ports = new Map<PortName, number>();
    const moved: string[] = [];
    for (const name of Object.keys(DEFAULT_PORTS) as PortName[]) {
      const given = this.#config.givenPorts.get(name);
      const port = given ?? (await this.#portBook.pick(DEFAULT_PORTS[name]));
      if (!given && port !== DEFAULT_PORTS[name]) moved.push(`${name} ${DEFAULT_PORTS[name]} → ${port}`);
      ports.set(name, port);
    }
    if (moved.length > 0)
      this.#steps.say(`Ports in use by others, and what is used instead: ${moved.join(', ')}`);
    return Object.fromEntries(ports) as Ports;
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
      origins: [`http://localhost:${this.#edge.port}`, `http://127.0.0.1:${this.#edge.port}`],
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

/** As a person would type it from where they are. */
function asTyped(path: string): string {
  const near = relative(process.cwd(), path);
  return near.startsWith('..') ? path : near;
}

/** The log viewer's password may be given. */
function readSecrets(dataDir: string): Secrets {
  const secrets = ensureSecrets(dataDir);
  const given = process.env.LOGS_PASSWORD;
  return given ? { ...secrets, logsPassword: given } : secrets;
}

async function takeDataDir(dataDir: string): Promise<ProcessLock> {
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  const { bavail, bsize } = statfsSync(dataDir);
  if (bavail * bsize < LEAST_FREE_BYTES) {
    throw new LaunchError(
      `The disk is full: ${Math.floor((bavail * bsize) / 1e6)} MB are free for ${dataDir}, at least ${LEAST_FREE_BYTES / 1e6} MB are needed.`,
    );
  }
  const name = `data ${realpathSync(dataDir)}`;
  const lock = await ProcessLock.tryAcquire(name);
  if (lock) return lock;
  throw new LaunchError(
    `Parley runs already with ${dataDir} (${await describeHolder(name)}). Stop it first, or start a second one with PARLEY_DATA_DIR, PORT and MEDIA_RTC_PORT_BASE set.`,
  );
}

async function checkRtcPorts({ rtcPortBase, mediaWorkers, rtcListenIp }: LauncherConfig): Promise<void> {
  for (let port = rtcPortBase; port < rtcPortBase + mediaWorkers; port += 1) {
    const isFree = (await isTcpPortFree(port, rtcListenIp)) && (await isUdpPortFree(port, rtcListenIp));
    if (isFree) continue;
    throw new LaunchError(
      `Media port ${port} on ${rtcListenIp} is in use by another program or cannot be used. Choose others: MEDIA_RTC_PORT_BASE=41000 npm start`,
    );
  }
}
