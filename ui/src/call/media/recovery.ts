import type { RecoveryReport } from '@parley/proto/rest';
import { asFailure } from '../base/call-failure.ts';
import type { ClientLog } from '../base/log.ts';
import { within } from '../base/time/deadline.ts';
import { LADDER, nextStep, type LadderEvent, type Step } from './ladder.ts';
import { RestartBudget } from './restart-budget.ts';

/** A path that was lost often comes back by itself, and an early restart would disturb that. */
export const GRACE_MS = 800;

export type RecoveryOptions = {
  /** Resolves with whether the socket carries anything. If it does not, `socket-lost` follows. */
  checkSocket: () => Promise<boolean>;
  /** Restarts ICE on the present transports. Rejects with CallFailure. */
  restartIce: () => Promise<void>;
  /** Replaces the transports. */
  reopen: () => void;
  /** Whether media has got through since then, by `performance.now`. */
  flows: (since: number) => boolean;
  /** Whether nothing has got through for a while. */
  isLost: () => boolean;
  onStep: (step: Step) => void;
  onReport: (report: RecoveryReport) => void;
  log: ClientLog;
};

/** Brings the media of a call back, step by step. What leads from step to step is in `LADDER`. */
export class Recovery {
  readonly #options: RecoveryOptions;
  readonly #budget = new RestartBudget();
  #step: Step = 'steady';
  #since = 0;
  /** Ends the pauses of the present step. */
  #over: PromiseWithResolvers<void> = Promise.withResolvers();
  #limit: ReturnType<typeof setTimeout> | null = null;
  /** ICE restarts although media gets through: the path that it uses belongs to the network of before. */
  #isForced = false;
  #closed = false;

  constructor(options: RecoveryOptions) {
    this.#options = options;
  }

  get step(): Step {
    return this.#step;
  }

  handle(event: LadderEvent): void {
    const step = nextStep(this.#step, event);
    if (this.#closed || step === null) return;
    const before = this.#step;
    this.#report(event);
    if (event === 'network-changed') this.#isForced = true;
    if (step !== 'restart' && step !== 'resume') this.#isForced = false;
    this.#enter(step);
    this.#options.log(step === 'steady' ? 'info' : 'warn', 'recovery', { event, from: before, step });
    this.#options.onStep(step);
    if (step === 'restart') void this.#restart(before === 'resume');
    if (step === 'reopen') this.#options.reopen();
  }

  /** Called often. Ends the present step when media gets through. */
  look(): void {
    if (this.#step === 'steady' || this.#isForced) return;
    if (this.#options.flows(this.#since)) this.handle('flowing');
  }

  close(): void {
    this.#closed = true;
    this.#over.resolve();
    if (this.#limit !== null) clearTimeout(this.#limit);
  }

  #enter(step: Step): void {
    this.#over.resolve();
    this.#over = Promise.withResolvers();
    if (this.#limit !== null) clearTimeout(this.#limit);
    const { limitMs } = LADDER[step];
    this.#limit = limitMs === null ? null : setTimeout(() => this.handle('overdue'), limitMs);
    this.#step = step;
    this.#since = performance.now();
  }

  #report(event: LadderEvent): void {
    if (this.#step === 'steady') return;
    const outcome = event === 'flowing' ? 'recovered' : event === 'overdue' ? 'overdue' : 'interrupted';
    const isResumed = this.#step === 'resume' && event !== 'overdue';
    this.#options.onReport({
      step: this.#step,
      outcome: isResumed ? 'recovered' : outcome,
      seconds: (performance.now() - this.#since) / 1000,
    });
  }

  /** Restarts ICE, but never over a dead socket, and not if media gets through meanwhile. */
  async #restart(isAfterResume: boolean): Promise<void> {
    const over = this.#over;
    const isOver = (): boolean => this.#closed || this.#over !== over;
    if (!(await this.#options.checkSocket()) || isOver()) return;
    const hadGrace = isAfterResume && this.#options.isLost();
    if (!this.#isForced && !hadGrace) await within(GRACE_MS, over.promise);
    if (isOver()) return;
    this.look();
    if (isOver()) return;
    const waitMs = this.#budget.waitMs(performance.now());
    if (waitMs > 0) await within(waitMs, over.promise);
    if (isOver()) return;
    this.#budget.spend(performance.now());
    try {
      await this.#options.restartIce();
      if (!isOver()) this.#isForced = false;
    } catch (error) {
      const failure = asFailure(error);
      this.#options.log('warn', 'ICE not restarted', { code: failure.code });
      if (isOver()) return;
      this.#isForced = false;
      // A server that is only busy, and a socket that is lost, leave the path as it is.
      if (!failure.retryable) this.handle('media-gone');
    }
  }
}
