import type { Finding } from '../../attack/frame/attack.ts';

/** What faults break, with people in it. Faults with the same object share it, one after the other. */
export type Ground<G> = {
  start(): Promise<G>;
  stop(ground: G): Promise<void>;
  /** Checks after each fault that everybody is there, and that who was muted is muted and sends nothing. */
  afterwards(ground: G): Promise<Finding[]>;
};

/** Something that breaks during a call. */
export type Fault<G> = {
  /** For `npm run faults -- NAME`. */
  readonly name: string;
  /** What breaks, in one sentence. */
  readonly description: string;
  readonly ground: Ground<G>;
  /** Leaves a ground that works again. What went wrong beyond that is a finding and no error. */
  run(ground: G): Promise<Finding[]>;
};

/** A fault of any ground, for lists. */
export type AnyFault = Fault<never> | Fault<unknown>;
