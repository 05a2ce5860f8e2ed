import type { TraceId } from '@parley/proto/ids';
import type { Credentials } from '../base/credentials.ts';
import { browserCapture } from '../devices/capture.ts';
import { ObservableState } from '../base/observable-state.ts';
import { newTraceId } from '../base/ids.ts';
import { BandwidthCheck } from './bandwidth-check.ts';
import { CHECK_NAMES, wrong, type Check, type CheckName, type CheckResult } from './check.ts';
import { CheckRoom } from './check-room.ts';
import { DeviceCheck, SpeakerCheck } from './device-check.ts';
import { MediaAddressCheck, PathCheck, WebSocketCheck, type Found } from './path-checks.ts';
import { clockCheck, originCheck, serverCheck } from './server-check.ts';
import { within } from '../base/time/deadline.ts';

export type CheckLine = {
  name: CheckName;
  /** null: the check has no result yet. */
  result: CheckResult | null;
};

export type CheckState = {
  phase: 'idle' | 'running' | 'done' | 'stopped';
  lines: readonly CheckLine[];
  /** The check that is running; null: none is. */
  current: CheckName | null;
  traceId: TraceId | null;
  finishedAt: number | null;
};

/** The checks of one run, in the order of CHECK_NAMES. `close` frees what they hold. */
export type CheckSet = { checks: readonly Check[]; close: () => void };

const NOTHING: readonly CheckLine[] = CHECK_NAMES.map((name) => ({ name, result: null }));
/** Longer than any check takes. If a browser never answers, the check fails after this time and the next one runs. */
const CHECK_TIMEOUT_MS = 90_000;

/** Runs the checks of everything that a call needs, one after the other. Each `start` is a new run. */
export class ConnectionCheck {
  readonly #makeChecks: (traceId: TraceId) => CheckSet;
  readonly #store = new ObservableState<CheckState>({
    phase: 'idle',
    lines: NOTHING,
    current: null,
    traceId: null,
    finishedAt: null,
  });
  #running: AbortController | null = null;

  constructor(makeChecks: (traceId: TraceId) => CheckSet) {
    this.#makeChecks = makeChecks;
  }

  getState(): CheckState {
    return this.#store.get();
  }

  subscribe(listener: () => void): () => void {
    return this.#store.subscribe(listener);
  }

  close(): void {
    this.stop();
  }

  /** Runs all checks. Resolves when the run is done or stopped; at once if another run is under way. */
  async start(): Promise<void> {
    if (this.#running !== null) return;
    const running = new AbortController();
    this.#running = running;
    const traceId = newTraceId();
    const { checks, close } = this.#makeChecks(traceId);
    this.#store.update({ phase: 'running', lines: NOTHING, current: null, traceId, finishedAt: null });
    for (const check of checks) {
      if (running.signal.aborted) break;
      this.#store.update({ current: check.name });
      this.#note(check.name, await look(check, running.signal));
    }
    close();
    this.#running = null;
    const phase = running.signal.aborted ? 'stopped' : 'done';
    this.#store.update({ phase, current: null, finishedAt: Date.now() });
  }

  stop(): void {
    this.#running?.abort();
  }

  #note(name: CheckName, result: CheckResult | null): void {
    const lines = this.#store.get().lines.map((line) => (line.name === name ? { name, result } : line));
    this.#store.update({ lines });
  }
}

/** Resolves with null if the run was stopped before the check had a result. */
async function look(check: Check, signal: AbortSignal): Promise<CheckResult | null> {
  try {
    return (await within(CHECK_TIMEOUT_MS, check.run(signal), signal)) ?? wrong('internal');
  } catch {
    return signal.aborted ? null : wrong('internal');
  }
}

/** @param credentials As whom the room of the check is made: some servers let nobody else make one. */
export function browserChecks(credentials: Credentials): (traceId: TraceId) => CheckSet {
  return (traceId) => {
    const room = new CheckRoom(location.origin, traceId, credentials);
    const found: Found = { works: new Set() };
    return {
      checks: [
        originCheck,
        serverCheck,
        clockCheck,
        new WebSocketCheck(room),
        new PathCheck('udp', room, found),
        new PathCheck('tcp', room, found),
        new PathCheck('ipv6', room, found),
        new PathCheck('relay', room, found),
        new PathCheck('web', room, found),
        new MediaAddressCheck(room, found, location.hostname),
        new BandwidthCheck(room, found),
        new DeviceCheck('microphone', browserCapture),
        new DeviceCheck('camera', browserCapture),
        new SpeakerCheck(browserCapture),
      ],
      close: () => room.close(),
    };
  };
}
