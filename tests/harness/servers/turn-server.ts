import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '@parley/common/testing';
import { ROOT } from '../../../scripts/lib/paths.mjs';
import { isListening } from '../machine/free-ports.ts';
import { Program } from '../machine/program.ts';

const RELAY_PORTS = 100;

export type TurnServerOptions = {
  listenIp: string;
  secret: string;
  env?: Readonly<Record<string, string>>;
  /** The folder with run.sh, if it is not that of the repository. */
  folder?: string;
  /** A program and arguments that run it elsewhere, such as `ip netns exec …`. */
  within?: readonly string[];
};

/** Debian's coturn with the configuration of the repository, on ports of its own. */
export class TurnServer {
  readonly port: number;
  /** The first and the last port of its relays. */
  readonly relayPorts: readonly [number, number];
  readonly #folder = mkdtempSync(join(tmpdir(), 'parley-turn-'));
  readonly #program: Program;

  static async start(options: TurnServerOptions): Promise<TurnServer> {
    const server = new TurnServer(await freePorts(RELAY_PORTS + 1), options);
    try {
      // coturn listens on UDP and TCP at the same time.
      await server.#program.waitUntilReady(() => isListening(server.port, options.listenIp));
      return server;
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  private constructor(firstPort: number, options: TurnServerOptions) {
    const { listenIp, secret, env, within = [], folder = join(ROOT, 'deploy', 'coturn') } = options;
    this.port = firstPort;
    this.relayPorts = [firstPort + 1, firstPort + RELAY_PORTS];
    this.#program = new Program('deploy/coturn/run.sh', [...within, join(folder, 'run.sh')], {
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
    });
  }

  get pid(): number {
    return this.#program.pid;
  }

  get output(): string {
    return this.#program.output;
  }

  async stop(): Promise<void> {
    await this.#program.end('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
