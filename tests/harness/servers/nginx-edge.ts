import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '@parley/common/testing';
import { ROOT } from '../../../scripts/lib/paths.mjs';
import { isListening } from '../machine/free-ports.ts';
import { Program } from '../machine/program.ts';

/** No program listens on this port. */
const NOWHERE = '127.0.0.1:1';

/** Debian's nginx with the configuration of the repository, on ports of its own. */
export class NginxEdge {
  readonly httpPort: number;
  readonly httpsPort: number;
  readonly folder = mkdtempSync(join(tmpdir(), 'parley-edge-'));
  readonly #program: Program;

  /** @param env Variables of nginx/run.sh. Addresses that are not given lead nowhere. With `EDGE_CERTIFICATE` it serves https. */
  static async start(env: Readonly<Record<string, string>>): Promise<NginxEdge> {
    const edge = new NginxEdge(await freePorts(2), env);
    try {
      await edge.#program.waitUntilReady(() => isListening(edge.httpPort));
      return edge;
    } catch (error) {
      await edge.stop();
      throw error;
    }
  }

  private constructor(firstPort: number, env: Readonly<Record<string, string>>) {
    this.httpPort = firstPort;
    this.httpsPort = firstPort + 1;
    this.#program = new Program('nginx/run.sh', [join(ROOT, 'nginx', 'run.sh')], {
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
      ownGroup: true,
    });
  }

  get pid(): number {
    return this.#program.pid;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.httpPort}`;
  }

  get output(): string {
    return this.#program.output;
  }

  async stop(): Promise<void> {
    try {
      await this.#program.end('SIGTERM');
    } finally {
      rmSync(this.folder, { recursive: true, force: true });
    }
  }
}
