import type { RecoveryStep } from '@parley/proto/rest';

/**
 * The steps by which a call comes back, each dearer than the one before. `steady`: as far as known, everything gets
 * through.
 */
export type Step = 'steady' | RecoveryStep;

/** What leads from one step to another. */
export const LADDER_EVENTS = [
  /** No packet comes, or ICE reports a lost path. */
  'suspected',
  /** The browser reports another network. */
  'network-changed',
  'socket-lost',
  /** The socket is back, and the server has the transports. */
  'resumed',
  /** The transports are gone, or cannot be repaired. */
  'media-gone',
  /** The server knew the peer no more, and the client joined as a new one. */
  'joined',
  /** Media gets through, also what came since the step began. */
  'flowing',
  /** The step has used up its time. */
  'overdue',
] as const;
export type LadderEvent = (typeof LADDER_EVENTS)[number];

type StepRules = {
  /** null: without an end. Each attempt to resume has its own limit, and the server says when the peer is gone. */
  limitMs: number | null;
  /** An event that is not listed changes nothing. The step that is running begins anew if it is named here. */
  on: Partial<Record<LadderEvent, Step>>;
};

export const LADDER: Readonly<Record<Step, StepRules>> = {
  steady: {
    limitMs: null,
    on: {
      suspected: 'restart',
      'network-changed': 'restart',
      'socket-lost': 'resume',
      resumed: 'restart',
      'media-gone': 'reopen',
      joined: 'rejoin',
    },
  },
  resume: {
    limitMs: null,
    on: { resumed: 'restart', 'media-gone': 'reopen', joined: 'rejoin' },
  },
  restart: {
    limitMs: 5_000,
    on: {
      'network-changed': 'restart',
      'socket-lost': 'resume',
      resumed: 'restart',
      'media-gone': 'reopen',
      joined: 'rejoin',
      flowing: 'steady',
      overdue: 'reopen',
    },
  },
  reopen: {
    limitMs: 10_000,
    on: {
      'socket-lost': 'resume',
      'media-gone': 'reopen',
      joined: 'rejoin',
      flowing: 'steady',
      overdue: 'reopen',
    },
  },
  rejoin: {
    limitMs: 10_000,
    on: {
      'socket-lost': 'resume',
      'media-gone': 'reopen',
      joined: 'rejoin',
      flowing: 'steady',
      overdue: 'reopen',
    },
  },
};

/** Returns null if the event changes nothing in this step. */
export function nextStep(step: Step, event: LadderEvent): Step | null {
  return LADDER[step].on[event] ?? null;
}
