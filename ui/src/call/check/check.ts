import type { CallError } from '../base/call-failure.ts';

/** The checks, in the order in which they run. */
export const CHECK_NAMES = [
  'origin',
  'server',
  'clock',
  'websocket',
  'udp',
  'tcp',
  'relay',
  'address',
  'bandwidth',
  'microphone',
  'camera',
  'speaker',
] as const;
export type CheckName = (typeof CHECK_NAMES)[number];

/** Stable names of what was found; those that `npm run doctor` knows as well are named as there. */
export type CheckCode =
  | 'fine'
  | 'insecure-origin'
  | 'edge'
  | 'clock'
  | 'no-clock'
  | 'call'
  | 'websocket'
  | 'udp-port'
  | 'tcp-port'
  | 'relay'
  | 'no-candidate'
  | 'no-turn'
  | 'announced-address'
  | 'no-path'
  | 'slow'
  | 'loss'
  | 'device'
  | 'no-answer'
  | 'no-speaker'
  | 'unknown-speakers'
  | 'needs-secure-origin'
  | 'needs-call'
  | 'internal';

/** Measured values and addresses. Never names a device, a token or a person. */
export type CheckFacts = {
  error?: CallError['code'];
  /** The server's clock is this much ahead. */
  secondsAhead?: number;
  /** Addresses that media was offered at. */
  addresses?: readonly string[];
  ports?: readonly number[];
  /** Media gets through by TURN only. */
  relayed?: boolean;
  /** Only the server itself reaches the address. */
  loopback?: boolean;
  bandwidth?: Bandwidth;
};

/** Bits per second, shares of 0 to 1, milliseconds. */
export type Bandwidth = {
  up: number;
  down: number;
  lossUp: number;
  lossDown: number;
  roundTripMs: number | null;
};

export type CheckResult = {
  state: 'well' | 'wrong' | 'skipped';
  code: CheckCode;
  facts: CheckFacts;
};

/** One thing that is looked at. */
export interface Check {
  readonly name: CheckName;
  /** Rejects only when it was aborted or is broken itself. */
  run(signal: AbortSignal): Promise<CheckResult>;
}

export function well(facts: CheckFacts = {}): CheckResult {
  return { state: 'well', code: 'fine', facts };
}

export function wrong(code: CheckCode, facts: CheckFacts = {}): CheckResult {
  return { state: 'wrong', code, facts };
}

export function skipped(code: CheckCode, facts: CheckFacts = {}): CheckResult {
  return { state: 'skipped', code, facts };
}
