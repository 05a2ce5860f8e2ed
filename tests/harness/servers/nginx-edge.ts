import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePorts } from '../machine/free-ports.ts';
import { ROOT } from '../../../scripts/lib/paths.mjs';
import { waitFor } from '@parley/common/testing';

/** A port where nothing ever listens. */
const NOWHERE = '127.0.0.1:1';

/** Debian's nginx with the configuration of the repository, on ports of its own. */
export class NginxEdge {
  readonly httpPort: number;
  readonly httpsPort: number;
  readonly folder: string;
  readonly #child: ChildProcess;
  readonly #output: string[] = [];

  /** @param env Variables of nginx/run.sh; addresses that are not given lead nowhere. With `EDGE_CERTIFICATE` it serves https. */
  static async start(env: Readonly<Record<string, string>>): Promise<NginxEdge> {
    const edge = new NginxEdge(await findFreePorts(2), env);
    try {
      await waitFor(() => edge.#isListening(), { what: 'nginx to listen' });
      return edge;
    } catch (error) {
      await edge.stop();
      throw new Error(`nginx did not start. It said:\n${edge.output}`, { cause: error });
    }
  }

  private constructor(firstPort: number, env: Readonly<Record<string, string>>) {
    this.httpPort = firstPort;
    this.httpsPort = firstPort + 1;
    this.folder = mkdtempSync(join(tmpdir(), 'parley-edge-'));
    this.#child = spawn(join(ROOT, 'nginx', 'run.sh'), {
      env: {
        PATH: process.env.PATH,
        EDGE_DIR: this.folder,
        EDGE_HTTP: `127.0.0.1:${this.httpPort}`,
        EDGE_HTTPS: env.EDGE_CERTIFICATE ? `127.0.0.1:${this.httpsPort}` : '',
        EDGE_HTTPS_PORT: String(this.httpsPort),
        UI_ADDRESSES: NOWHERE,
        GATEWAY_ADDRESSES: NOWHERE,
        SIGNALING_ADDRESSES: NOWHERE,
        LOGS_ADDRESSES: NOWHERE,
        GRAFANA_ADDRESSES: NOWHERE,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that all that run.sh started ends with it.
      detached: true,
    });
    this.#child.stdout?.on('data', (data: Buffer) => this.#output.push(data.toString()));
    this.#child.stderr?.on('data', (data: Buffer) => this.#output.push(data.toString()));
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error('nginx/run.sh could not be started');
    return this.#child.pid;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.httpPort}`;
  }

  /** What it wrote to standard output and error. */
  get output(): string {
    return this.#output.join('');
  }

  async stop(): Promise<void> {
    try {
      if (this.#child.exitCode === null && this.#child.signalCode === null) {
        const exited = once(this.#child, 'exit');
        process.kill(-this.pid, 'SIGTERM');
        await exited;
      }
    } finally {
      rmSync(this.folder, { recursive: true, force: true });
    }
  }

  #isListening(): Promise<boolean> {
    if (this.#child.exitCode !== null) throw new Error(`it ended with exit code ${this.#child.exitCode}`);
    return new Promise((resolve) => {
      const socket = connect(this.httpPort, '127.0.0.1');
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
  }
}
