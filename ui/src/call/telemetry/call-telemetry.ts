import type { ClientDevice, DeviceProblem, PeerRecord, Snapshot } from '@parley/proto';
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

  /** null: on purpose. */
  ended(failure: CallFailure | null): void {
    const afterMs = Math.round(this.#sincePressedMs());
    if (failure === null) this.#log('info', 'left', { afterMs });
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
