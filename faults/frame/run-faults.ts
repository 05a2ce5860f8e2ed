import { mustBe, type Finding } from '../../attack/frame/attack.ts';
import type { AnyFault, Fault, Ground } from './fault.ts';

export type Progress = {
  readonly begun: (fault: AnyFault) => void;
  readonly ended: (fault: AnyFault, findings: readonly Finding[]) => void;
  /** The ground is there. `stop` is for an interruption. */
  readonly started: (stop: () => Promise<void>) => void;
};

/** Runs the faults of the same ground one after the other on it. Resolves with whether every bar held. */
export async function runFaults(faults: readonly AnyFault[], progress: Progress): Promise<boolean> {
  let held = true;
  for (const [ground, group] of byGround(faults)) {
    const started = await ground.start();
    progress.started(() => ground.stop(started));
    try {
      for (const fault of group) {
        progress.begun(fault);
        const findings = await findingsOf(fault, started);
        progress.ended(fault, findings);
        held &&= findings.every((finding) => finding.held);
      }
    } finally {
      await ground.stop(started);
    }
  }
  return held;
}

/** One fault that could not be carried out does not keep the others from happening. */
async function findingsOf(fault: Fault<unknown>, ground: unknown): Promise<Finding[]> {
  try {
    return [...(await fault.run(ground)), ...(await fault.ground.afterwards(ground))];
  } catch (error) {
    return [mustBe('the fault', error instanceof Error ? error.message : error, 'carried out')];
  }
}

/** The compiler cannot know that the faults of a group fit the ground that they name. */
function byGround(faults: readonly AnyFault[]): Map<Ground<unknown>, Fault<unknown>[]> {
  return Map.groupBy(faults as readonly Fault<unknown>[], ({ ground }) => ground);
}
