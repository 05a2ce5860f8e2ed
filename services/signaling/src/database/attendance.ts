import { jittered, withDeadline } from '@parley/common/async';
import type { Logger } from '@parley/common/logging';
import type { AttendanceRepository, AttendanceEntry } from './attendance-repository.ts';

const RENEW_INTERVAL_MS = 60_000;
const ABANDONED_AFTER_MS = 5 * RENEW_INTERVAL_MS;
const RETRY_AFTER_MS = 2_000;
const BACKLOG_MAX = 10_000;

type Write = () => Promise<void>;

/**
 * Writes the attendance to PostgreSQL without making a call wait. While PostgreSQL is away up to 10,000 writes are kept in
 * order. The entries of present peers are renewed every minute, so that after a crash an entry ends at its last renewal.
 */
export class Attendance {
  readonly #repository: AttendanceRepository;
  readonly #logger: Logger;
  readonly #present: () => readonly string[];
  readonly #backlog: Write[] = [];
  readonly #renewal: NodeJS.Timeout;
  #retry: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;
  #closed = false;

  /** `present`: the attendance ids of the peers on this instance, also of those that joined on another one. */
  constructor(repository: AttendanceRepository, present: () => readonly string[], logger: Logger) {
    this.#repository = repository;
    this.#present = present;
    this.#logger = logger;
    this.#renewal = setInterval(() => this.#renew(), RENEW_INTERVAL_MS).unref();
  }

  /** Writes that wait for PostgreSQL. */
  get backlog(): number {
    return this.#backlog.length;
  }

  /** Resolves when everything is written or `timeoutMs` is over. Writes that remain then are lost, and their number is logged. */
  async close(timeoutMs: number): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#renewal);
    clearTimeout(this.#retry);
    this.#write();
    if (this.#writing !== undefined) await withDeadline(this.#writing, timeoutMs, () => undefined);
    clearTimeout(this.#retry);
    if (this.#backlog.length > 0) this.#logger.warn({ writes: this.#backlog.length }, 'attendance lost');
  }

  begin(entry: Omit<AttendanceEntry, 'leftAt' | 'leaveReason'>): void {
    this.#push(() => this.#repository.open(entry));
  }

  end(attendanceId: string, reason: string): void {
    const leftAt = Date.now();
    this.#push(() => this.#repository.end(attendanceId, leftAt, reason));
  }

  #renew(): void {
    // A renewal that cannot be written now is replaced by the next one.
    if (this.#backlog.length > 0) return;
    this.#push(() => this.#repository.renew(this.#present()));
    this.#push(() => this.#repository.endAbandoned(ABANDONED_AFTER_MS));
  }

  #push(write: Write): void {
    if (this.#backlog.length >= BACKLOG_MAX) {
      this.#backlog.shift();
      this.#logger.error('attendance backlog is full, its oldest write is lost');
    }
    this.#backlog.push(write);
    if (this.#retry === undefined) this.#write();
  }

  #write(): void {
    this.#retry = undefined;
    if (this.#backlog.length > 0) this.#writing ??= this.#drain();
  }

  async #drain(): Promise<void> {
    for (let write = this.#backlog[0]; write !== undefined; write = this.#backlog[0]) {
      if (!(await this.#attempt(write))) {
        if (!this.#closed) this.#retry = setTimeout(() => this.#write(), jittered(RETRY_AFTER_MS)).unref();
        break;
      }
      if (this.#backlog[0] === write) this.#backlog.shift();
    }
    this.#writing = undefined;
  }

  /** True if the write was made, or can never succeed. */
  async #attempt(write: Write): Promise<boolean> {
    try {
      await write();
      return true;
    } catch (error) {
      this.#logger.warn({ err: error }, 'attendance cannot be written');
      return isLasting(error);
    }
  }
}

/** An error of the statement itself repeats. Only `unavailable` passes. */
function isLasting(error: unknown): boolean {
  return !(error instanceof Error && 'code' in error && error.code === 'unavailable');
}
