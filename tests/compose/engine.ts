import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attempt, run } from '../../scripts/lib/command.mjs';
import { waitFor } from '@parley/common/testing';

const START_TIMEOUT_MS = 30_000;
// The engine first ends its containers.
const STOP_TIMEOUT_MS = 60_000;

/** This machine cannot run a container engine. The test cannot change that. */
export class NoEngineError extends Error {
  override readonly name = 'NoEngineError';
}

type EngineOptions = {
  /** The folder where images stay for later runs. */
  dataDir: string;
  /**
   * The network namespace of the engine, and of everything that it makes. Without one, the engine makes no network, and
   * builds use that of the machine.
   */
  namespace?: string;
};

/** A Docker daemon with data, socket and session of its own. After `stop` only its data is left. */
export class Engine {
  readonly #child: ChildProcess;
  readonly #folder: string;
  readonly #onExit = () => this.#child.kill('SIGTERM');

  static async start(options: EngineOptions): Promise<Engine> {
    mkdirSync(options.dataDir, { recursive: true });
    const engine = new Engine(options);
    try {
      await waitFor(() => engine.#answers(), {
        what: 'the container engine to answer',
        timeoutMs: START_TIMEOUT_MS,
      });
      return engine;
    } catch (error) {
      const said = engine.#lastWords();
      await engine.stop();
      throw new NoEngineError(`no container engine runs on this machine (${said})`, { cause: error });
    }
  }

  private constructor({ dataDir, namespace }: EngineOptions) {
    // A short path: the path of a socket may have at most 107 characters.
    this.#folder = mkdtempSync(join(tmpdir(), 'parley-engine-'));
    const enter = namespace === undefined ? [] : ['nsenter', `--net=/run/netns/${namespace}`];
    const network =
      namespace === undefined ? ['--iptables=false', '--ip-forward=false', '--ip-masq=false'] : [];
    const places = ['--data-root', dataDir, '--exec-root', join(this.#folder, 'exec'), '--host', this.#host];
    const daemon = [
      'dockerd',
      ...places,
      '--pidfile',
      join(this.#folder, 'pid'),
      '--bridge=none',
      ...network,
    ];
    // If this process is killed, the engine ends as well.
    const [program = '', ...args] = [...enter, 'setpriv', '--pdeathsig', 'TERM', ...daemon];
    const log = openSync(join(this.#folder, 'log'), 'w');
    // dockerd starts only in a session of its own.
    this.#child = spawn(program, args, { detached: true, stdio: ['ignore', log, log] });
    this.#child.on('error', () => {});
    process.on('exit', this.#onExit);
  }

  /** Variables for docker and docker-compose. */
  get env(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      DOCKER_HOST: this.#host,
      DOCKER_BUILDKIT: '0',
      COMPOSE_DOCKER_CLI_BUILD: '0',
      DOCKER_CONFIG: this.#folder,
    };
  }

  async docker(...args: string[]): Promise<string> {
    return await run('docker', args, { env: this.env });
  }

  /** The output of a docker command that prints one item on each line. */
  async list(...args: string[]): Promise<string[]> {
    return (await this.docker(...args)).split('\n').filter((line) => line !== '');
  }

  /** Removes containers, volumes and networks that an earlier run may have left. Keeps images. */
  async clear(): Promise<void> {
    const containers = await this.list('ps', '--all', '--quiet');
    if (containers.length > 0) await this.docker('rm', '--force', '--volumes', ...containers);
    const volumes = await this.list('volume', 'ls', '--quiet');
    if (volumes.length > 0) await this.docker('volume', 'rm', ...volumes);
    await this.docker('network', 'prune', '--force');
  }

  async stop(): Promise<void> {
    process.off('exit', this.#onExit);
    if (this.#child.exitCode === null && this.#child.signalCode === null && this.#child.pid !== undefined) {
      const exited = once(this.#child, 'exit');
      this.#child.kill('SIGTERM');
      const timer = setTimeout(() => this.#child.kill('SIGKILL'), STOP_TIMEOUT_MS);
      await exited;
      clearTimeout(timer);
    }
    await this.#unmount();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** dockerd leaves the network namespaces of containers mounted. */
  async #unmount(): Promise<void> {
    const points = readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .map((line) => line.split(' ')[1] ?? '');
    for (const point of points.filter((path) => path.startsWith(`${this.#folder}/`)))
      await attempt('umount', [point]);
  }

  get #host(): string {
    return `unix://${join(this.#folder, 'docker.sock')}`;
  }

  async #answers(): Promise<boolean> {
    if (this.#child.exitCode !== null || this.#child.pid === undefined) throw new Error('it has ended');
    return (await attempt('docker', ['version'], { env: this.env })).status === 0;
  }

  #lastWords(): string {
    const lines = readFileSync(join(this.#folder, 'log'), 'utf8').trim().split('\n');
    return lines.at(-1) ?? '';
  }
}
