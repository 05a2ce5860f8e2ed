import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ROOT } from '../lib/paths.mjs';

export interface SystemOptions {
  readonly port: number;
  readonly dataDir: string;
  readonly rtcPortBase: number;
  readonly env?: Readonly<Record<string, string>>;
  /** The command in place of the start script, for example `npm start`. */
  readonly command?: readonly [string, ...string[]];
}

/** Parley as a person starts it, in a process group of its own like a terminal's job. */
export class RunningSystem {
  readonly options: SystemOptions;
  readonly #child: ChildProcess;
  readonly #ended: Promise<number | null>;
  #output = '';
  #hasEnded = false;

  constructor(options: SystemOptions) {
    this.options = options;
    const script = [
      process.env.npm_node_execpath ?? process.execPath,
      join(ROOT, 'scripts', 'start.mjs'),
    ] as const;
    const [program, ...args] = options.command ?? script;
    this.#child = spawn(program, args, {
      cwd: ROOT,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        PORT: String(options.port),
        PARLEY_DATA_DIR: options.dataDir,
        MEDIA_RTC_PORT_BASE: String(options.rtcPortBase),
        MEDIA_WORKERS: '1',
        ...options.env,
      },
    });
    const collect = (chunk: Buffer): void => {
      this.#output += chunk.toString();
    };
    this.#child.stdout?.on('data', collect);
    this.#child.stderr?.on('data', collect);
    this.#ended = new Promise((resolve) => {
      this.#child.once('close', (code) => {
        this.#hasEnded = true;
        resolve(code);
      });
    });
  }

  get output(): string {
    return this.#output;
  }

  get origin(): string {
    return `http://localhost:${this.options.port}`;
  }

  /** Resolves when the output holds the pattern; throws with all the output if it ended before. */
  async says(pattern: RegExp): Promise<void> {
    while (!pattern.test(this.#output)) {
      if (this.#hasEnded) throw new Error(`ended without saying ${pattern}:\n${this.#output}`);
      await delay(20);
    }
  }

  ready(): Promise<void> {
    return this.says(/Parley is ready at/);
  }

  /** Does what Ctrl-C in a terminal does: the whole foreground job gets the signal. */
  async interrupt(): Promise<number | null> {
    if (this.#child.pid && !this.#hasEnded) process.kill(-this.#child.pid, 'SIGINT');
    return await this.#ended;
  }

  /** Kills the first process alone, as the end of a login session does. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  /** The ids of all processes of this system, found by the data directory in their command line or environment. */
  processes(): number[] {
    return readdirSync('/proc')
      .map(Number)
      .filter((pid) => pid > 0 && pid !== process.pid)
      .filter((pid) => belongsTo(pid, this.options.dataDir));
  }

  /** The memory of all processes, each shared page divided among those that share it, in bytes. */
  residentBytes(): number {
    const kilobytes = this.processes().map((pid) => {
      const text = readProc(pid, 'smaps_rollup');
      return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0);
    });
    return kilobytes.reduce((sum, value) => sum + value, 0) * 1024;
  }

  pidOf(service: string): number {
    const entry = `services/${service}/src/main.ts`;
    const pid = this.processes().find((one) => readProc(one, 'cmdline').includes(entry));
    if (!pid) throw new Error(`${service} does not run`);
    return pid;
  }
}

function belongsTo(pid: number, dataDir: string): boolean {
  // A zombie has no environment and no command line, and holds nothing.
  const environment = readProc(pid, 'environ').split('\0');
  return environment.includes(`PARLEY_DATA_DIR=${dataDir}`) || readProc(pid, 'cmdline').includes(dataDir);
}

function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
