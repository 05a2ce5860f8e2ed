import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { waitFor } from '@parley/common/testing';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { processesWithVariable } from '../../tests/harness/machine/processes.ts';
import { Program } from '../../tests/harness/machine/program.ts';

const DATA_DIR = 'PARLEY_DATA_DIR';
const START_TIMEOUT_MS = 240_000;
const STOP_TIMEOUT_MS = 60_000;
/** Variables of the npm that runs the benchmark, and of a developer's shell. */
const NOT_INHERITED = /^(?:npm_|NODE_OPTIONS$|NODE_ENV$|DATABASE_URL$)/;

export type StartCommand = {
  /** What a person types. */
  command: readonly string[];
  /** Standard output has it when people can come. */
  readyLine: string;
  /** Free ports, by the names of their variables. */
  ports: Readonly<Record<string, string>>;
};

/** A data directory of its own, and starts of a system with it. */
export class DataFolder {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), 'parley-start-')));

  constructor() {
    // If root runs this, the database runs as another user, who must be able to reach the folder of the database in here.
    chmodSync(this.path, 0o711);
  }

  /** Starts the system and stops it again. Resolves with the time from the command to its ready line, in milliseconds. */
  async start({ command, readyLine, ports }: StartCommand): Promise<number> {
    const inherited = Object.entries(process.env).filter(([name]) => !NOT_INHERITED.test(name));
    const env = { ...Object.fromEntries(inherited), ...ports, [DATA_DIR]: this.path };
    const startedAt = performance.now();
    const program = new Program(command.join(' '), command, { cwd: ROOT, env, ownGroup: true });
    try {
      await program.waitUntilReady(() => program.output.includes(readyLine), START_TIMEOUT_MS);
      return performance.now() - startedAt;
    } finally {
      program.signal('SIGINT');
      await waitFor(() => program.exitCode !== undefined && this.#running().length === 0, {
        what: `the end of ${command.join(' ')}`,
        timeoutMs: STOP_TIMEOUT_MS,
      });
    }
  }

  /** Ends what still runs, and removes the data. */
  async remove(): Promise<void> {
    for (const { pid } of this.#running()) process.kill(pid, 'SIGKILL');
    await waitFor(() => this.#running().length === 0, { what: 'killed processes to be gone' });
    rmSync(this.path, { recursive: true, force: true });
  }

  #running(): ReturnType<typeof processesWithVariable> {
    return processesWithVariable(DATA_DIR, this.path);
  }
}
