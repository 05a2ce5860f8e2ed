import { closeSync, copyFileSync, fstatSync, ftruncateSync, mkdirSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';

const ROTATE_AT_BYTES = 20_000_000;
const TAIL_BYTES = 8_192;
const TAIL_LINES = 12;

/**
 * The file that a service writes its output to. The process gets the file itself, so nothing is
 * lost when the launcher is busy or gone.
 */
export class ServiceLog {
  readonly path: string;
  #fd: number | undefined;
  #runStart = 0;

  constructor(folder: string, service: string) {
    this.path = join(folder, `${service}.log`);
    mkdirSync(folder, { recursive: true });
  }

  /** The descriptor for a new run's output. What `tail()` gives begins here. */
  open(): number {
    this.close();
    this.#fd = openSync(this.path, 'a+', 0o600);
    this.rotate();
    this.#runStart = fstatSync(this.#fd).size;
    return this.#fd;
  }

  /**
   * Moves what is there to "<name>.log.1" when it is large. The process keeps its descriptor, which
   * appends, so the file is emptied and not replaced.
   */
  rotate(largestBytes = ROTATE_AT_BYTES): void {
    if (this.#fd === undefined || fstatSync(this.#fd).size <= largestBytes) return;
    copyFileSync(this.path, `${this.path}.1`);
    ftruncateSync(this.#fd, 0);
    this.#runStart = 0;
  }

  /** The last lines of this run, in words where they are JSON. */
  tail(): string[] {
    if (this.#fd === undefined) return [];
    const { size } = fstatSync(this.#fd);
    const start = Math.max(this.#runStart, size - TAIL_BYTES);
    const buffer = Buffer.alloc(Math.max(0, size - start));
    const read = readSync(this.#fd, buffer, 0, buffer.length, start);
    const lines = buffer
      .toString('utf8', 0, read)
      .split('\n')
      .filter((line) => line.trim() !== '');
    return lines.slice(-TAIL_LINES).map(readable);
  }

  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }
}

/** A JSON log line as "level: message key=value", any other line as it is. */
export function readable(line: string): string {
  const record = parseRecord(line);
  if (!record) return line;
  const { level, msg, err, time: _time, pid: _pid, hostname: _hostname, ...fields } = record;
  const details = Object.entries(fields).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  if (isRecord(err) && typeof err.message === 'string') details.unshift(err.message);
  return [`${String(level)}: ${String(msg)}`, ...details].join(' ');
}

function parseRecord(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) && 'msg' in value ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
