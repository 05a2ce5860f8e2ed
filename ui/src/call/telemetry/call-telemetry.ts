import type { Snapshot } from '@parley/proto/requests';
import type { ClientDevice, DeviceProblem, RecoveryReport } from '@parley/proto/rest';
import type { PeerRecord } from '@parley/proto/room';
import type { CallFailure } from '../base/call-failure.ts';
import type { ClientLog } from '../base/log.ts';
import { QualityBeacon, type QualityBeaconOptions } from './quality-beacon.ts';
import type { JoinChoice } from '../devices/join-choice.ts';

export type CallTelemetryOptions = Pick<QualityBeaconOptions, 'read' | 'send'> & { log: ClientLog };

export type DeviceTrouble = CallFailure['code'] | 'unplugged';

const PROBLEMS: Partial<Record<DeviceTrouble, DeviceProblem>> = {
  device_permission_denied: 'denied',
  device_not_found: 'not_found',
  device_busy: 'busy',
  device_failed: 'failed',
  device_stopped: 'failed',
  device_unplugged: 'unplugged',
  screen_share_blocked: 'denied',
  screen_sound_failed: 'busy',
  unplugged: 'unplugged',
};

/** Somebody decided these: whoever leads the room, an operator, or the person with another device or tab. Nothing is broken. */
const DECISIONS: ReadonlySet<CallFailure['code']> = new Set<CallFailure['code']>([
  'banned',
  'denied',
  'guests_refused',
  'passcode_needed',
  'passcode_wrong',
  'rate_limited',
  'room_closed',
  'room_locked',
  'room_not_open',
  'session_banned',
  'session_call_ended',
  'session_ended_by_operator',
  'session_moved',
  'session_removed',
  'session_taken_over',
]);

/** Reports one call to the operators: log lines with its trace id, and the quality of its media. */
export class CallTelemetry {
  readonly #log: ClientLog;
  readonly #beacon: QualityBeacon;
  readonly #pressedAt = performance.now();
  /** The kinds of media that others were sending at the join. The wait for any other kind depends on the other peer. */
  #awaited: { picture: boolean; sound: boolean } = { picture: false, sound: false };
  #asked = false;
  #joined = false;
  #closed = false;

  constructor({ log, read, send }: CallTelemetryOptions) {
    // The page may report a picture after the call has ended.
    this.#log = (...line) => {
      if (!this.#closed) log(...line);
    };
    this.#beacon = new QualityBeacon({ read, send });
  }

  /** The first line of the trace. */
  joinPressed({ microphoneOn, cameraOn }: JoinChoice): void {
    this.#log('info', 'join pressed', { microphoneOn, cameraOn });
  }

  /** The page was loaded again in the call: the same trace goes on. */
  returning({ microphoneOn, cameraOn }: Pick<JoinChoice, 'microphoneOn' | 'cameraOn'>): void {
    this.#log('info', 'page returns', { microphoneOn, cameraOn });
  }

  /** The gateway let us in, and says whether we are one of those that report. */
  admitted(reportMetrics: boolean): void {
    this.#asked = reportMetrics;
  }

  joined({ peers }: Snapshot): void {
    this.#log('info', this.#joined ? 'joined again' : 'joined', {
      afterMs: Math.round(this.#sincePressedMs()),
      others: peers.length,
    });
    if (this.#joined) return;
    this.#joined = true;
    this.#awaited = { picture: sends(peers, 'camera', 'screen'), sound: sends(peers, 'microphone') };
    if (this.#asked) this.#beacon.start();
  }

  /** A picture of somebody else is on the screen. */
  pictureShown(): void {
    if (!this.#awaited.picture) return;
    this.#awaited.picture = false;
    this.#log('info', 'first picture shown', { afterMs: Math.round(this.#sincePressedMs()) });
    this.#beacon.firstFrame(this.#sincePressedMs() / 1000);
  }

  /** The first packets of somebody else's voice came. */
  soundStarted(): void {
    if (!this.#awaited.sound) return;
    this.#awaited.sound = false;
    this.#log('info', 'first sound received', { afterMs: Math.round(this.#sincePressedMs()) });
    this.#beacon.firstAudio(this.#sincePressedMs() / 1000);
  }

  deviceFailed(device: ClientDevice, code: DeviceTrouble): void {
    this.#log('warn', 'device problem', { device, code });
    const problem = PROBLEMS[code];
    if (problem !== undefined) this.#beacon.deviceFailed(device, problem);
  }

  /** The page goes away, and the next one of this tab may go on with the call. */
  suspended(): void {
    this.#log('info', 'page closed', { afterMs: Math.round(this.#sincePressedMs()) });
  }

  /** A step of the recovery is over. */
  recovered(report: RecoveryReport): void {
    this.#beacon.recovered(report);
  }

  /** null: on purpose. */
  ended(failure: CallFailure | null): void {
    const afterMs = Math.round(this.#sincePressedMs());
    if (failure === null) this.#log('info', 'left', { afterMs });
    else if (DECISIONS.has(failure.code))
      this.#log('info', 'call refused or ended', { code: failure.code, afterMs });
    else this.#log('error', 'call failed', { code: failure.code, afterMs });
  }

  /** Nothing is logged after this. */
  close(): void {
    this.#closed = true;
    this.#beacon.close();
  }

  #sincePressedMs(): number {
    return performance.now() - this.#pressedAt;
  }
}

function sends(peers: readonly PeerRecord[], ...sources: string[]): boolean {
  return peers.some(({ producers }) =>
    producers.some(({ source, paused }) => !paused && sources.includes(source)),
  );
}
