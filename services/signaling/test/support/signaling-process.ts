import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { freePort, waitFor } from '@parley/common/testing';
import { JOIN_TOKEN_SECRET, MEDIA_GRPC_SECRET, SIGNALING_GRPC_SECRET } from './test-signaling.ts';

const MAIN = path.resolve(import.meta.dirname, '../../src/main.ts');

/** A signaling instance as a process of its own, which can be killed. */
export class SignalingProcess {
  readonly url: string;
  readonly #child: ChildProcess;

  /** Resolves when it is ready. */
  static async start(env: Record<string, string>): Promise<SignalingProcess> {
    const [socketPort, grpcPort, adminPort] = [await freePort(), await freePort(), await freePort()];
    const { NODE_OPTIONS: _own, ...inherited } = process.env;
    const child = spawn(process.execPath, [MAIN], {
      env: {
        ...inherited,
        LOG_LEVEL: 'error',
        MEDIA_GRPC_SECRET,
        SIGNALING_GRPC_SECRET,
        JOIN_TOKEN_SECRET,
        SIGNALING_PORT: String(socketPort),
        SIGNALING_GRPC_PORT: String(grpcPort),
        SIGNALING_ADMIN_PORT: String(adminPort),
        ...env,
      },
      stdio: 'ignore',
    });
    await waitFor(async () => (await fetch(`http://127.0.0.1:${adminPort}/readyz`)).ok, {
      timeoutMs: 20_000,
      what: 'signaling is ready',
    });
    return new SignalingProcess(child, `http://127.0.0.1:${socketPort}`);
  }

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.url = url;
  }

  /** Kills the process, as a crash would. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill(signal);
    await exited;
  }
}
