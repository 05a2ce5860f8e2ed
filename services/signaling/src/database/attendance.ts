import type { Logger } from '@parley/common/logging';
import type { AttendanceRepository, PresentEntry } from './attendance-repository.ts';
import { WriteBacklog } from './write-backlog.ts';

const RENEW_INTERVAL_MS = 60_000;
const ABANDONED_AFTER_MS = 5 * RENEW_INTERVAL_MS;

/**
 * Writes the attendance to PostgreSQL without making a call wait. The entries of present peers are renewed every minute,
 * so that after a crash an entry ends at its last renewal.
 */
export class Attendance {
  readonly #repository: AttendanceRepository;
  readonly #writes: WriteBacklog;
  readonly #present: () => readonly PresentEntry[];
  readonly #renewal: NodeJS.Timeout;

  /** `present`: the attendance of the peers on this instance, also of those that joined on another one. */
  constructor(repository: AttendanceRepository, present: () => readonly PresentEntry[], logger: Logger) {
    this.#repository = repository;
    this.#present = present;
    this.#writes = new WriteBacklog(logger.child({ writes: 'attendance' }));
    this.#renewal = setInterval(() => this.#renew(), RENEW_INTERVAL_MS).unref();
  }

  /** Writes that wait for PostgreSQL. */
  get backlog(): number {
    return this.#writes.size;
  }

  /** See `WriteBacklog.close`. */
  async close(timeoutMs: number): Promise<void> {
    clearInterval(this.#renewal);
    await this.#writes.close(timeoutMs);
  }

  /** Harmless if repeated, also by another instance. */
  begin(entry: PresentEntry): void {
    this.#writes.push(() => this.#repository.open(entry));
  }

  end(attendanceId: string, reason: string): void {
    const leftAt = Date.now();
    this.#writes.push(() => this.#repository.end(attendanceId, leftAt, reason));
  }

  #renew(): void {
    // A renewal that cannot be written now is replaced by the next one.
    if (this.backlog > 0) return;
    this.#writes.push(() => this.#repository.renew(this.#present()));
    this.#writes.push(() => this.#repository.endAbandoned(ABANDONED_AFTER_MS));
  }
}
