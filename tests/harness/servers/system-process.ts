import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '@parley/common/testing';
import { MODERN_NODE, ROOT } from '../../../scripts/lib/paths.mjs';
import { isAlive, processesWithVariable, processTree, type ProcessInfo } from '../machine/processes.ts';
import { Program } from '../machine/program.ts';

/** Every process of a system inherits this variable. It finds those whose parent has ended. */
const DATA_DIR = 'PARLEY_DATA_DIR';
/** Variables of jest, and of a developer's shell, that the system must not run under. */
const NOT_INHERITED = ['NODE_OPTIONS', 'NODE_ENV', 'DATABASE_URL'];

type SystemOptions = {
  env: Readonly<Record<string, string>>;
  args: readonly string[];
  /** A program and arguments that run the script elsewhere, such as `ip netns exec …`. */
  within?: readonly string[];
};

/** A script of the repository that starts a whole system, with a data directory of its own. */
export class SystemProcess {
  readonly dataDir: string;
  readonly program: Program;

  constructor(script: 'start.mjs' | 'stack.mjs', { env, args, within = [] }: SystemOptions) {
    this.dataDir = realpathSync(mkdtempSync(join(tmpdir(), 'parley-test-')));
    // If root runs this, the database runs as another user, who must be able to reach the folder of the database in here.
    chmodSync(this.dataDir, 0o711);
    const inherited = Object.entries(process.env).filter(([name]) => !NOT_INHERITED.includes(name));
    this.program = new Program(script, [...within, MODERN_NODE, join(ROOT, 'scripts', script), ...args], {
      cwd: ROOT,
      env: { ...Object.fromEntries(inherited), [DATA_DIR]: this.dataDir, ...env },
      ownGroup: true,
    });
  }

  /** The script and everything that it started and that still has it as an ancestor. */
  processes(): ProcessInfo[] {
    return processTree(this.program.pid);
  }

  /** Ends the system as Ctrl-C does. Throws when it leaves anything behind. `otherLeftovers` names what else is left. */
  async stop(timeoutMs: number, otherLeftovers: () => Promise<string[]>): Promise<void> {
    const before = this.processes();
    try {
      if (this.program.exitCode !== undefined) throw this.#error('It had ended by itself');
      this.program.signal('SIGINT');
      await waitFor(() => this.program.exitCode !== undefined, { what: 'the system to end', timeoutMs });
      const left = [...before.filter(isAlive), ...processesWithVariable(DATA_DIR, this.dataDir)]
        .map(({ pid, command }) => `process ${pid} ${command}`)
        .concat(await otherLeftovers());
      if (this.program.exitCode !== 0) left.push(`exit code ${this.program.exitCode}`);
      if (left.length > 0) throw this.#error(`Stopping left behind: ${left.join('; ')}`);
    } finally {
      await this.kill();
    }
  }

  /** Ends whatever still runs and removes the data. Checks nothing: for when something went wrong before. */
  async kill(): Promise<void> {
    const running = () => [...this.processes(), ...processesWithVariable(DATA_DIR, this.dataDir)];
    for (const { pid } of running()) killIfAlive(pid);
    await waitFor(() => running().length === 0, { what: 'killed processes to be gone' });
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  #error(what: string): Error {
    return new Error(`${what} (exit code ${this.program.exitCode}). It printed:\n${this.program.output}`);
  }
}

function killIfAlive(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // The process has ended meanwhile.
  }
}
