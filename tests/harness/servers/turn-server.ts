import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePorts } from '../machine/free-ports.ts';
import { ROOT } from '../../../scripts/lib/paths.mjs';
import { waitFor } from '@parley/common/testing';

const RELAY_PORTS = 100;

export type TurnServerOptions = { listenIp: string; secret: string; env?: Readonly<Record<string, string>> };

/** Debian's coturn with the configuration of the repository, on ports of its own. */
export class TurnServer {
  readonly port: number;
  readonly #listenIp: string;
  readonly #child: ChildProcess;
  readonly #folder = mkdtempSync(join(tmpdir(), 'parley-turn-'));
  readonly #output: string[] = [];

  static async start(options: TurnServerOptions): Promise<TurnServer> {
    const server = new TurnServer(await findFreePorts(RELAY_PORTS + 1), options);
    try {
      await waitFor(() => server.#isListening(), { what: 'coturn to listen' });
      return server;
    } catch (error) {
      await server.stop();
      throw new Error(`coturn did not start. It said:\n${server.output}`, { cause: error });
    }
  }

  private constructor(firstPort: number, { listenIp, secret, env }: TurnServerOptions) {
    this.port = firstPort;
    this.#listenIp = listenIp;
    this.#child = spawn(join(ROOT, 'deploy', 'coturn', 'run.sh'), {
      env: {
        PATH: process.env.PATH,
        TURN_DIR: this.#folder,
        TURN_SECRET: secret,
        TURN_LISTEN_IP: listenIp,
        TURN_PORT: String(this.port),
        TURN_MIN_PORT: String(firstPort + 1),
        TURN_MAX_PORT: String(firstPort + RELAY_PORTS),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child.stdout?.on('data', (data: Buffer) => this.#output.push(data.toString()));
    this.#child.stderr?.on('data', (data: Buffer) => this.#output.push(data.toString()));
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error('deploy/coturn/run.sh could not be started');
    return this.#child.pid;
  }

  get output(): string {
    return this.#output.join('');
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const exited = once(this.#child, 'exit');
      this.#child.kill('SIGKILL');
      await exited;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** It listens on UDP and TCP at once. */
  #isListening(): Promise<boolean> {
    if (this.#child.exitCode !== null) throw new Error(`it ended with exit code ${this.#child.exitCode}`);
    return new Promise((resolve) => {
      const socket = connect(this.port, this.#listenIp);
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
  }
}
