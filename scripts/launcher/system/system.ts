import process from 'node:process';
import { explain } from '../../lib/bootstrap-error.mjs';
import type { Secrets } from '../../bootstrap/secrets.mjs';
import type { ProcessLock } from '../../lib/lock.mjs';
import { seconds } from '../../lib/steps.mjs';
import type { Steps } from '../../lib/steps.mjs';
import { takeDataDir } from '../base/data-dir.ts';
import { LaunchError } from '../base/launch-error.ts';
import { readSecrets, writeLogsPassword } from '../base/operator-secrets.ts';
import { PortBook } from '../base/ports.ts';
import type { ServiceSpec } from '../supervisor/service-spec.ts';
import { Supervisor } from '../supervisor/supervisor.ts';
import { Workplace } from '../users/workplace.ts';
import { readReplacement } from './replacement.ts';
import { RunningFile } from './running-file.ts';

/** Beyond the time in which a service hands its people over. */
const END_WITHIN_MS = 10_000;

/** The difference between `npm start` and `npm run stack`: which services run, and how people reach them. */
export interface Plan {
  /** Names the system in the line "Starting …". */
  readonly title: string;
  readonly isDev: boolean;
  prepare(means: Means): Promise<Prepared>;
  /** Frees what the plan holds itself. Idempotent. */
  close(): void;
}

/** What a plan makes its services from. */
export interface Means {
  readonly secrets: Secrets;
  /** Keeps the ports that it gives until the system has stopped. */
  readonly portBook: PortBook;
  readonly workplace: Workplace;
  readonly steps: Steps;
}

export interface Prepared {
  /** The services in the order in which they start. */
  readonly services: readonly ServiceSpec[];
  /** The address that people open. */
  readonly origin: string;
  /** Called when every service is ready. Returns the lines for the person who waits at the terminal. */
  readonly open: (facts: { readonly took: string; readonly passwordPath: string }) => readonly string[];
}

/** A running Parley on this machine, from the data directory that it takes to the last process that it stops. */
export class System {
  readonly #dataDir: string;
  readonly #steps: Steps;
  readonly #lock: ProcessLock;
  readonly #plan: Plan;
  readonly #portBook = new PortBook();
  readonly #startedAt = performance.now();
  #supervisor: Supervisor | undefined;
  #workplace: Workplace | undefined;
  #runningFile: RunningFile | undefined;
  #isStopped = false;
  #isReplacing = false;
  /** What the services run from since they were replaced. */
  #root: string | undefined;

  /** Takes the data directory, which only one system may have, then makes the plan. Throws a LaunchError if either is refused. */
  static async create(dataDir: string, steps: Steps, createPlan: () => Promise<Plan>): Promise<System> {
    const lock = await takeDataDir(dataDir);
    try {
      return new System(dataDir, steps, { lock, plan: await createPlan() });
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  private constructor(dataDir: string, steps: Steps, taken: { lock: ProcessLock; plan: Plan }) {
    this.#dataDir = dataDir;
    this.#steps = steps;
    this.#lock = taken.lock;
    this.#plan = taken.plan;
  }

  /** Resolves when every service is ready. Throws a LaunchError if one cannot start. */
  async start(): Promise<void> {
    const secrets = readSecrets(this.#dataDir);
    const workplace = Workplace.create({
      dataDir: this.#dataDir,
      instanceId: secrets.instanceId,
      isDev: this.#plan.isDev,
      steps: this.#steps,
    });
    this.#workplace = workplace;
    const { logFolder } = workplace;
    const means = { secrets, portBook: this.#portBook, workplace, steps: this.#steps };
    const { services, origin, open } = await this.#plan.prepare(means);
    if (this.#isStopped) return;
    this.#steps.say(`Starting ${this.#plan.title}; its logs are in ${logFolder}`);
    this.#supervisor = new Supervisor(services, logFolder, this.#steps);
    await this.#supervisor.start();
    if (this.#isStopped) return;
    this.#runningFile = RunningFile.write(this.#dataDir, origin, services);
    const passwordPath = writeLogsPassword(this.#dataDir, secrets);
    const lines = open({ took: seconds(performance.now() - this.#startedAt), passwordPath });
    this.#steps.say(['', ...lines].join('\n'));
  }

  /** Replaces the services that run from our sources by new processes, one after the other. Without effect during a start, a stop or another one. */
  async replaceServices(): Promise<void> {
    const [supervisor, file, workplace] = [this.#supervisor, this.#runningFile, this.#workplace];
    if (this.#isStopped || this.#isReplacing || !supervisor || !file || !workplace) return;
    this.#isReplacing = true;
    try {
      this.#steps.say('Replacing the services …');
      await supervisor.replaceOurs(this.#renewal(workplace), patienceMs());
      this.#steps.say('Every service is replaced.');
      file.noteReplacement(null);
    } catch (error) {
      const problem = error instanceof LaunchError ? error.message : explain(error);
      this.#steps.say(`Not every service is replaced: ${problem}`);
      file.noteReplacement(problem);
    } finally {
      this.#isReplacing = false;
    }
  }

  /** How a service runs the new version: from its place, and with its build of the UI. */
  #renewal(workplace: Workplace): (spec: ServiceSpec) => ServiceSpec {
    const changed = readReplacement(this.#dataDir);
    const root = workplace.rootOf(changed.UI_BUILD_DIR ?? '');
    // The place of one copy after the other, whichever of them a service has now.
    const moved = (path: string, from: string): string =>
      path.startsWith(`${from}/`) || path === from ? root + path.slice(from.length) : path;
    const from = this.#root ?? workplace.root;
    this.#root = root;
    return (spec) => {
      const [program, ...args] = spec.command;
      return {
        ...spec,
        command: [moved(program, from), ...args.map((arg) => moved(arg, from))],
        cwd: moved(spec.cwd, from),
        env: { ...spec.env, ...changed },
      };
    };
  }

  /** Stops everything, also in the middle of a start. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#runningFile?.close();
    this.#plan.close();
    await this.#supervisor?.stop();
    this.#portBook.close();
    this.#lock.release();
  }
}

/** How long a service may take to end: it hands its people over first. */
function patienceMs(): number {
  return (Number(process.env.DRAIN_TIMEOUT_S) || 0) * 1_000 + END_WITHIN_MS;
}
