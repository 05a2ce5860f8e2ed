import {
  closeSync,
  copyFileSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

const ROTATE_AT_BYTES = 20_000_000;
const TAIL_BYTES = 8_192;
const TAIL_LINES = 12;
/** A folder with this bit has readers besides its owner: its group. */
const SET_GROUP_ID = 0o2000;

/**
 * The file for the output of a service. The process writes into the file directly, so no output is lost while the
 * launcher is busy or after it has ended.
 */
export class ServiceLog {
  readonly path: string;
  #fd: number | undefined;
  #runStart = 0;

  constructor(folder: string, service: string) {
    this.path = join(folder, `${service}.log`);
    mkdirSync(folder, { recursive: true });
  }

  /** Returns the descriptor for the output of a new run. `tail()` returns lines of this run only. */
  open(): number {
    this.close();
    this.#fd = openSync(this.path, 'a+', 0o600);
    this.#share(this.#fd);
    this.rotate();
    this.#runStart = fstatSync(this.#fd).size;
    return this.#fd;
  }

  /**
   * Copies a large log to "<name>.log.1" and empties it. The process goes on appending through its descriptor, so
   * the file itself must stay.
   */
  rotate(largestBytes = ROTATE_AT_BYTES): void {
    if (this.#fd === undefined || fstatSync(this.#fd).size <= largestBytes) return;
    copyFileSync(this.path, `${this.path}.1`);
    ftruncateSync(this.#fd, 0);
    this.#runStart = 0;
  }

  /** The last lines of this run, with JSON lines in readable form. */
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

  /** The log viewer is another user if root starts the system. */
  #share(fd: number): void {
    const { mode, gid } = statSync(dirname(this.path));
    if ((mode & SET_GROUP_ID) === 0) return;
    fchownSync(fd, fstatSync(fd).uid, gid);
    fchmodSync(fd, 0o640);
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
