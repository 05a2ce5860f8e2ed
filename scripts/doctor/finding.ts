import type { Deployment } from './deployment.ts';

/** Stable names of what can be wrong, for scripts. */
export type FaultCode =
  | 'announced-address'
  | 'udp-port'
  | 'tcp-port'
  | 'region-probe'
  | 'certificate'
  | 'internal-certificate'
  | 'internal-call'
  | 'edge'
  | 'websocket'
  | 'visitor-address'
  | 'turn'
  | 'call'
  | 'secret'
  | 'clock'
  | 'worker'
  | 'disk'
  | 'redis'
  | 'postgres';

/** Something that is wrong: what people notice, and what to do. */
export interface Finding {
  readonly code: FaultCode;
  readonly what: string;
  readonly fix: string;
}

/** The result of one check. */
export type Verdict =
  | { readonly state: 'well'; readonly words: string }
  | { readonly state: 'skipped'; readonly words: string }
  | { readonly state: 'wrong'; readonly findings: readonly Finding[] };

export interface Check {
  readonly title: string;
  /** Resolves also if the deployment is broken: the verdict reports that. */
  run(deployment: Deployment): Promise<Verdict>;
}

function well(words: string): Verdict {
  return { state: 'well', words };
}

export function skipped(words: string): Verdict {
  return { state: 'skipped', words };
}

/** Well, unless there are findings. */
export function verdict(findings: readonly Finding[], words: string): Verdict {
  return findings.length === 0 ? well(words) : { state: 'wrong', findings };
}
