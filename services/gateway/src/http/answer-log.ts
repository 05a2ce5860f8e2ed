import { TokenBucket } from '@parley/common/limits';
import type { FastifyBaseLogger } from 'fastify';

/** Requested often and by machines: their requests are logged at debug only. */
const QUIET_ROUTES: readonly string[] = ['getHealth', 'sendClientLogs', 'sendClientMetrics'];
const UNMATCHED = 'unmatched';
const TOO_MANY_REQUESTS = 429;
/** The rate of fruitless requests that are logged, for all strangers together. */
const FRUITLESS_RATE = { burst: 200, perSecond: 10 };

type Answer = {
  readonly route: string;
  readonly method: string;
  readonly status: number;
  readonly durationMs: number;
};

/**
 * Writes a line for each answer. Requests of unknown paths and those beyond a limit cost their sender nothing, so their
 * lines are bounded: otherwise a stranger could push the lines about people out of the files.
 */
export class AnswerLog {
  readonly #fruitless: TokenBucket;
  #skipped = 0;

  /** `now` gives milliseconds of a clock that never goes back. */
  constructor(now?: () => number) {
    this.#fruitless = new TokenBucket(FRUITLESS_RATE, now);
  }

  /** `log` is that of the request; `route` is `unmatched` where no route has the path. */
  answered(log: Pick<FastifyBaseLogger, 'debug' | 'info'>, answer: Answer): void {
    if (QUIET_ROUTES.includes(answer.route)) {
      log.debug(answer, 'request answered');
      return;
    }
    const isFruitless = answer.route === UNMATCHED || answer.status === TOO_MANY_REQUESTS;
    if (isFruitless && !this.#fruitless.take()) {
      this.#skipped += 1;
      return;
    }
    const skipped = this.#skipped;
    if (isFruitless) this.#skipped = 0;
    log.info(isFruitless && skipped > 0 ? { ...answer, skipped } : answer, 'request answered');
  }
}
