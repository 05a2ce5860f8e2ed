import type { CallError } from '../base/call-failure.ts';

/** The checks, in the order in which they run. */
export const CHECK_NAMES = [
  'origin',
  'server',
  'clock',
  'websocket',
  'udp',
  'tcp',
  'ipv6',
  'relay',
  'web',
  'address',
  'bandwidth',
  'microphone',
  'camera',
  'speaker',
] as const;
export type CheckName = (typeof CHECK_NAMES)[number];

/** Stable names of the findings. A finding that `npm run doctor` reports too has the same name there. */
export type CheckCode =
  | 'fine'
  | 'insecure-origin'
  | 'edge'
  | 'sign-in'
  | 'clock'
  | 'no-clock'
  | 'call'
  | 'websocket'
  | 'udp-port'
  | 'tcp-port'
  | 'relay'
  | 'web'
  | 'no-ipv6'
  | 'no-ipv6-here'
  | 'no-web'
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

/** Measured values and addresses. Contains no name of a device or person, and no token. */
export type CheckFacts = {
  error?: CallError['code'];
  /** The seconds by which the server's clock is ahead of this computer's; negative: behind. */
  secondsAhead?: number;
  /** The addresses that the server offered for media. */
  addresses?: readonly string[];
  ports?: readonly number[];
  /** Whether media gets through only by a TURN server. */
  relayed?: boolean;
  /** Whether all addresses are loopback addresses, which only the server itself can reach. */
  loopback?: boolean;
  bandwidth?: Bandwidth;
};

/** `up` and `down` are in bits per second, losses are shares from 0 to 1. */
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

/** One step of the connection check. */
export interface Check {
  readonly name: CheckName;
  /** Resolves also if the check finds a fault. Rejects if the signal aborts, or if the check itself has an error. */
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
