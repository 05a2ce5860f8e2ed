import type { Secrets } from '../../bootstrap/secrets.mjs';
import type { ProcessLock } from '../../lib/lock.mjs';
import { seconds } from '../../lib/steps.mjs';
import type { Steps } from '../../lib/steps.mjs';
import { takeDataDir } from '../base/data-dir.ts';
import { readSecrets, writeLogsPassword } from '../base/operator-secrets.ts';
import { PortBook } from '../base/ports.ts';
import type { ServiceSpec } from '../supervisor/service-spec.ts';
import { Supervisor } from '../supervisor/supervisor.ts';
import { Workplace } from '../users/workplace.ts';
import { RunningFile } from './running-file.ts';

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
  /** In the order in which they start. */
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
  #runningFile: RunningFile | undefined;
  #isStopped = false;

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
