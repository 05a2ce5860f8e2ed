import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { GrpcCertificates } from '@parley/common/grpc';
import { freePorts } from '@parley/common/testing';
import { ProcessLock } from '../../../scripts/lib/lock.mjs';
import { MODERN_NODE, ROOT } from '../../../scripts/lib/paths.mjs';
import { isTcpFree, isUdpFree } from '../machine/free-ports.ts';
import type { ProcessInfo } from '../machine/processes.ts';
import { readLines, readLogFiles, readText, type LogLine } from '../records/service-log.ts';
import { SystemProcess } from './system-process.ts';

const run = promisify(execFile);

const START_TIMEOUT_MS = 180_000;
const STOP_TIMEOUT_MS = 20_000;

/** The names of the consecutive ports that a launcher gets, in the order of the ports. */
const PORT_NAMES = [
  'PORT',
  'POSTGRES_PORT',
  'MEDIA_GRPC_PORT',
  'MEDIA_ADMIN_PORT',
  'SIGNALING_PORT',
  'SIGNALING_GRPC_PORT',
  'SIGNALING_ADMIN_PORT',
  'GATEWAY_PORT',
  'GATEWAY_ADMIN_PORT',
  'UI_PORT',
  'UI_ADMIN_PORT',
  'LOGS_PORT',
  'LOGS_ADMIN_PORT',
  'MEDIA_RTC_PORT_BASE',
] as const;

export type LauncherPort = (typeof PORT_NAMES)[number];
export type ServiceName = 'media' | 'signaling' | 'gateway' | 'ui' | 'logs';
export type LauncherSecrets = {
  joinTokenSecret: string;
  databasePassword: string;
  logsPassword: string;
  logsSessionSecret: string;
};
export type LauncherOptions = {
  env?: Readonly<Record<string, string>>;
  /** A program and arguments that run it elsewhere, such as `ip netns exec …`. */
  within?: readonly string[];
  /** The arguments after `npm start --`. */
  args?: readonly string[];
};

/** Free ports for a launcher, by the names of their variables. The last one is the first of several. */
export async function launcherPorts(): Promise<Record<LauncherPort, number>> {
  const first = await freePorts(PORT_NAMES.length + availableParallelism());
  const ports = Object.fromEntries(PORT_NAMES.map((name, index) => [name, first + index]));
  return ports as Record<LauncherPort, number>;
}

/** Parley as `npm start` runs it: the same script, on ports and with data of its own. */
export class Launcher {
  readonly ports: Readonly<Record<LauncherPort, number>>;
  readonly #system: SystemProcess;
  readonly #env: Readonly<Record<string, string>>;

  /** Resolves when the launcher has printed its ready line. */
  static async start(options: LauncherOptions = {}): Promise<Launcher> {
    const launcher = new Launcher(await launcherPorts(), options);
    const isReady = (): boolean => launcher.output.includes('Parley is ready at ');
    try {
      await launcher.#system.program.waitUntilReady(isReady, START_TIMEOUT_MS);
      return launcher;
    } catch (error) {
      await launcher.kill();
      throw error;
    }
  }

  private constructor(
    ports: Record<LauncherPort, number>,
    { env = {}, within = [], args = [] }: LauncherOptions,
  ) {
    this.ports = ports;
    this.#env = env;
    const portVariables = Object.fromEntries(
      Object.entries(ports).map(([name, port]) => [name, String(port)]),
    );
    this.#system = new SystemProcess('start.mjs', { env: { ...portVariables, ...env }, args, within });
  }

  get dataDir(): string {
    return this.#system.dataDir;
  }

  get origin(): string {
    return `http://localhost:${this.ports.PORT}`;
  }

  get output(): string {
    return this.#system.program.output;
  }

  /** Runs `npm run accounts`, as an operator does at the machine. Resolves with what it prints. */
  async accounts(...args: readonly string[]): Promise<string> {
    const script = join(ROOT, 'scripts', 'accounts.mjs');
    const env = { ...process.env, ...this.#env, PARLEY_DATA_DIR: this.dataDir };
    return (await run(MODERN_NODE, [script, ...args], { env })).stdout.trim();
  }

  setupCode(): Promise<string> {
    return this.accounts('setup-code');
  }

  /** The process of the service itself: for media, not its workers. */
  pid(service: ServiceName): number {
    const name = service === 'ui' ? 'next-server' : `/services/${service}/src/main.ts`;
    const found = this.processes().filter(({ command }) => command.includes(name));
    if (found.length !== 1) throw new Error(`${found.length} processes of ${service} are running`);
    return found[0]!.pid;
  }

  /** The processes that handle calls: media and its workers, signaling and gateway. */
  servicePids(): number[] {
    const services = (['media', 'signaling', 'gateway'] as const).map((service) => this.pid(service));
    return [...services, ...this.workerPids()];
  }

  workerPids(): number[] {
    return this.processes()
      .filter(({ command }) => command.includes('mediasoup-worker'))
      .map(({ pid }) => pid)
      .sort((a, b) => a - b);
  }

  processes(): ProcessInfo[] {
    return this.#system.processes();
  }

  get logFolder(): string {
    return join(this.dataDir, 'logs');
  }

  /** Where the log viewer answers. */
  get logsOrigin(): string {
    return `http://localhost:${this.ports.LOGS_PORT}`;
  }

  /** The log lines of a service. `browser` has lines as well: the gateway writes them. */
  log(service: string): LogLine[] {
    return readLines(readLogFiles(join(this.logFolder, service)));
  }

  /** The log files of a service and what it printed, as one text. */
  logText(service: string): string {
    return readLogFiles(join(this.logFolder, service)) + this.printed(service);
  }

  /** Standard output and standard error of a service: warnings, and whatever no logger wrote. */
  printed(service: string): string {
    return readText(join(this.logFolder, `${service}.log`));
  }

  /** What a service proves itself with. */
  certificates(service: 'media' | 'signaling' | 'gateway' | 'doctor'): GrpcCertificates {
    const read = (file: string) => readFileSync(join(this.dataDir, 'tls', service, file), 'utf8');
    return {
      authority: read('authority.pem'),
      certificate: read('certificate.pem'),
      key: read('key.pem'),
    };
  }

  get secrets(): LauncherSecrets {
    return JSON.parse(readFileSync(join(this.dataDir, 'secrets.json'), 'utf8')) as LauncherSecrets;
  }

  /** Ends it as Ctrl-C does. Throws when a process, a port or the lock of the data directory is left. */
  stop(): Promise<void> {
    return this.#system.stop(STOP_TIMEOUT_MS, () => this.#leftovers());
  }

  /** Ends whatever still runs. Checks nothing: for when something went wrong before. */
  kill(): Promise<void> {
    return this.#system.kill();
  }

  async #leftovers(): Promise<string[]> {
    const left: string[] = [];
    for (const port of this.#allPorts()) {
      if (!(await isTcpFree(port))) left.push(`TCP port ${port}`);
      if (!(await isUdpFree(port))) left.push(`UDP port ${port}`);
    }
    const lock = await ProcessLock.tryAcquire(`data ${this.dataDir}`);
    if (lock) lock.release();
    else left.push('the lock of the data directory');
    return left;
  }

  #allPorts(): number[] {
    const { MEDIA_RTC_PORT_BASE: first } = this.ports;
    const rtc = Array.from({ length: availableParallelism() }, (_, index) => first + index);
    return [...Object.values(this.ports), ...rtc];
  }
}
