import type { ClientDevice, ClientMetrics, DeviceProblem, IcePath, RecoveryReport } from '@parley/proto/rest';
import { backoffMs } from '../base/time/backoff.ts';
import { readIcePath, reportQuality, type QualitySnapshot } from './quality-report.ts';

/** The first report is early, so that short calls are reported too. */
export const FIRST_REPORT_MS = 5_000;
/** The time of the first reading, with which later readings are compared. Media flows by then. */
const BASELINE_MS = 1_000;
export const REPORT_EVERY_MS = 10_000;
/** A random part of the period. It spreads the reports of peers that joined at the same time. */
export const REPORT_SPREAD_MS = 5_000;
const PERIOD = {
  firstMs: REPORT_EVERY_MS + REPORT_SPREAD_MS,
  maxMs: Number.POSITIVE_INFINITY,
  spread: REPORT_SPREAD_MS / (REPORT_EVERY_MS + REPORT_SPREAD_MS),
};
const FAILURES_MAX = 4;
const DEVICE_ERRORS_MAX = 8;
const RECOVERIES_MAX = 8;
const RECOVERY_SECONDS_MAX = 600;

export type QualityBeaconOptions = {
  /** Resolves with null if there is nothing to measure now. */
  read: () => Promise<QualitySnapshot | null>;
  /** The request must continue after the page is closed. May reject. */
  send: (report: ClientMetrics) => Promise<void>;
  random?: () => number;
};

/** Reports the quality of this call to the gateway every few seconds, if the gateway asked for that. A report that cannot be sent is dropped. */
export class QualityBeacon {
  readonly #options: QualityBeaconOptions;
  #pending: ClientMetrics = {};
  #before: QualitySnapshot | null = null;
  #path: IcePath | undefined;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #started = false;
  #closed = false;

  constructor(options: QualityBeaconOptions) {
    this.#options = options;
  }

  /** Starts the reports. Facts from before are kept for the first report, and are lost if `start` is never called. */
  start(): void {
    if (this.#started || this.#closed) return;
    this.#started = true;
    this.#timer = setTimeout(() => {
      void this.#measure();
      this.#schedule(FIRST_REPORT_MS - BASELINE_MS);
    }, BASELINE_MS);
  }

  firstFrame(seconds: number): void {
    this.#pending = { ...this.#pending, firstFrameSeconds: seconds };
  }

  firstAudio(seconds: number): void {
    this.#pending = { ...this.#pending, firstAudioSeconds: seconds };
  }

  deviceFailed(device: ClientDevice, problem: DeviceProblem): void {
    const deviceErrors = [...(this.#pending.deviceErrors ?? []), { device, problem }];
    this.#pending = { ...this.#pending, deviceErrors: deviceErrors.slice(-DEVICE_ERRORS_MAX) };
  }

  recovered(report: RecoveryReport): void {
    const seconds = Math.min(report.seconds, RECOVERY_SECONDS_MAX);
    const recoveries = [...(this.#pending.recoveries ?? []), { ...report, seconds }];
    this.#pending = { ...this.#pending, recoveries: recoveries.slice(-RECOVERIES_MAX) };
  }

  /** Sends the facts that were not reported yet, in the same task. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#started && Object.keys(this.#pending).length > 0) void this.#send(this.#takePending());
  }

  #schedule(delayMs: number): void {
    this.#timer = setTimeout(() => void this.#report(), delayMs);
  }

  async #report(): Promise<void> {
    const numbers = await this.#measure();
    if (this.#closed) return;
    await this.#send({ ...numbers, ...this.#takePending() });
    if (this.#closed) return;
    this.#schedule(backoffMs(this.#failures, { ...PERIOD, random: this.#options.random ?? Math.random }));
  }

  /** The quality since the previous reading. */
  async #measure(): Promise<ClientMetrics> {
    const now = await this.#options.read().catch(() => null);
    const before = this.#before;
    this.#before = now;
    if (now === null || this.#closed) return {};
    const path = readIcePath(now);
    if (path !== undefined && path !== this.#path) {
      this.#path = path;
      this.#pending = { ...this.#pending, icePath: path };
    }
    return before === null ? {} : reportQuality(before, now);
  }

  #takePending(): ClientMetrics {
    const pending = this.#pending;
    this.#pending = {};
    return pending;
  }

  async #send(report: ClientMetrics): Promise<void> {
    try {
      await this.#options.send(report);
      this.#failures = 0;
    } catch {
      this.#failures = Math.min(FAILURES_MAX, this.#failures + 1);
    }
  }
}
