import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { waitFor } from '@parley/common/testing';
import { ROOT } from '../../../scripts/lib/paths.mjs';

/** The secrets that services of one test share. */
export const SHARED_SECRETS = {
  MEDIA_GRPC_SECRET: 'the secret of media nodes in this test',
  SIGNALING_GRPC_SECRET: 'the secret of signaling in this test',
  JOIN_TOKEN_SECRET: 'the secret of join tokens in this test',
};

/** Type stripping is no news to whoever reads the output. */
const FLAG = '--disable-warning=ExperimentalWarning';

type Service = 'media' | 'signaling' | 'gateway';

/** A service as a process of its own, on ports that stay the same when it is killed and starts again. */
export class ServiceProcess {
  readonly #service: Service;
  readonly #env: Readonly<Record<string, string>>;
  readonly #within: readonly string[];
  #child: ChildProcess | undefined;

  /**
   * Resolves when it is ready. `env` names the port of its admin server, and the host if that is not loopback.
   * @param within The beginning of a command that runs it on another machine.
   */
  static async start(
    service: Service,
    env: Readonly<Record<string, string>>,
    within: readonly string[] = [],
  ): Promise<ServiceProcess> {
    const started = new ServiceProcess(service, env, within);
    await started.restart();
    return started;
  }

  private constructor(service: Service, env: Readonly<Record<string, string>>, within: readonly string[]) {
    this.#service = service;
    this.#env = env;
    this.#within = within;
  }

  /** Throws while it does not run. */
  get pid(): number {
    const child = this.#child;
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null)
      throw new Error(`${this.#service} does not run`);
    return child.pid;
  }

  /** Ends the process as `kill -9` does. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  /** The port of its metrics and its readiness. */
  get adminPort(): number {
    return Number(this.#env[`${this.#service.toUpperCase()}_ADMIN_PORT`]);
  }

  /** Rejects if it does not become ready, and has ended then. */
  async restart(): Promise<void> {
    const { NODE_OPTIONS: _own, ...inherited } = process.env;
    const main = join(ROOT, 'services', this.#service, 'src', 'main.ts');
    const [command, ...args] = [...this.#within, process.execPath, FLAG, main];
    const child = spawn(command, args, {
      env: { ...inherited, LOG_LEVEL: 'error', ...this.#env },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    this.#child = child;
    const killWithUs = (): void => void child.kill('SIGKILL');
    process.once('exit', killWithUs);
    child.once('exit', () => process.off('exit', killWithUs));
    const host = this.#env[`${this.#service.toUpperCase()}_ADMIN_HOST`] ?? '127.0.0.1';
    try {
      await waitFor(async () => (await fetch(`http://${host}:${this.adminPort}/readyz`)).ok, {
        timeoutMs: 90_000,
        what: `${this.#service} is ready`,
      });
    } catch (error) {
      await this.kill();
      throw error;
    }
  }
}
