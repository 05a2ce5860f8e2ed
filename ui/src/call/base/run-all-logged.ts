import { asFailure } from './call-failure.ts';
import type { ClientLog } from './log.ts';
import { runAll } from './run-all.ts';

/** Runs all steps as `runAll` does, for the end of a call, which must not throw: the log gets the first error. */
export function runAllLogged(log: ClientLog, steps: readonly (() => void)[]): void {
  try {
    runAll(steps);
  } catch (error) {
    log('error', 'part not closed', { message: asFailure(error).message });
  }
}
