import { mkdirSync, openSync, writeSync } from 'node:fs';
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { applyRetention, LOG_FILE_SUFFIXES } from './log-retention.ts';
import { logHealth } from './log-health.ts';
import type { LogFilesOptions } from './log-files-options.ts';

const FLUSH_DELAY_MS = 100;
const FLUSH_AT_CHARACTERS = 64 * 1024;
const CHUNK_CHARACTERS = 256 * 1024;
const BUFFER_CHARACTERS_MAX = 4 * 1024 * 1024;
const RETRY_DELAY_MS = 5_000;
const SWEEP_EVERY_MS = 60 * 60 * 1000;

const FOLDER_OPTIONS = { recursive: true, mode: 0o750 } as const;
/** Exclusive: an existing file or link at this path is never followed or appended to. */
const FILE_FLAGS = 'ax';
const FILE_MODE = 0o640;

type OpenFile = { handle: FileHandle; path: string; bytes: number; openedAt: number };

/**
 * A destination for log lines that writes files of its own: `<directory>/<service>/<host>-<pid>.<time>.<n>.ndjson`, or
 * `….trouble.ndjson`.
 * Writing never waits and never throws. While the disk cannot take the lines they wait in a bounded buffer; what does
 * not fit is dropped and counted, and the count is written when writing works again.
 */
export class LogFiles {
  readonly #options: LogFilesOptions;
  readonly #folder: string;
  readonly #instance: string;
  readonly #onExit = () => this.flushSync();
  readonly #sweepTimer: NodeJS.Timeout;
  #lines: string[] = [];
  #characters = 0;
  /** The rest of a chunk after a write that took only a part of the chunk, or none. */
  #rest: Buffer | undefined;
  #isWriting = false;
  #file: OpenFile | undefined;
  #count = 0;
  #dropped = 0;
  #failing = false;
  #timer: NodeJS.Timeout | undefined;
  #draining: Promise<void> | undefined;
  #closed = false;

  constructor(options: LogFilesOptions) {
    this.#options = options;
    this.#folder = join(options.directory, safeName(options.service));
    this.#instance = `${safeName(hostname())}-${process.pid}`;
    process.on('exit', this.#onExit);
    this.#sweepTimer = setInterval(() => void this.#sweep().catch(() => undefined), SWEEP_EVERY_MS).unref();
  }

  /** The file that is being written. */
  get path(): string | undefined {
    return this.#file?.path;
  }

  /** Lines that were lost since the last one that could be written. */
  get dropped(): number {
    return this.#dropped;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Writes the waiting lines and ends. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#sweepTimer);
    clearTimeout(this.#timer);
    process.off('exit', this.#onExit);
    await this.#draining;
    await this.#drain();
    await this.#closeFile();
    if (this.#failing) logHealth.recovered();
  }

  /** Takes whole lines, each with its line feed. */
  write(line: string): void {
    if (this.#closed) return;
    if (this.#characters + line.length > BUFFER_CHARACTERS_MAX) {
      this.#loseLine();
      return;
    }
    this.#push(line);
    if (this.#characters >= FLUSH_AT_CHARACTERS && !this.#failing) this.#startDrain();
    else this.#schedule(FLUSH_DELAY_MS);
  }

  /** For the last moment of a process: writes synchronously. Node completes a write in progress before the process ends. */
  flushSync(): void {
    if (this.#lines.length === 0 && (this.#rest === undefined || this.#isWriting)) return;
    try {
      const fd = this.#file?.handle.fd ?? this.#openSync();
      if (this.#rest !== undefined && !this.#isWriting) writeAllSync(fd, this.#rest);
      for (let chunk = this.#take(); chunk !== undefined; chunk = this.#take()) writeAllSync(fd, chunk);
    } catch {
      // The disk is full and the process ends: the lines are lost, and no place is left to report that.
    }
  }

  #loseLine(): void {
    this.#dropped += 1;
    logHealth.lineLost();
  }

  #push(line: string): void {
    this.#lines.push(line);
    this.#characters += line.length;
  }

  #schedule(delayMs: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#startDrain();
    }, delayMs).unref();
  }

  #startDrain(): void {
    this.#draining ??= this.#drain().finally(() => {
      this.#draining = undefined;
      if (this.#closed || (this.#lines.length === 0 && this.#rest === undefined)) return;
      this.#schedule(this.#failing ? (this.#options.retryDelayMs ?? RETRY_DELAY_MS) : FLUSH_DELAY_MS);
    });
  }

  /** Writes until no line waits or a write fails. */
  async #drain(): Promise<void> {
    try {
      while (this.#lines.length > 0 || this.#rest !== undefined) {
        const file = await this.#currentFile();
        this.#rest ??= this.#take();
        await this.#writeRest(file);
        this.#recovered();
      }
    } catch (error) {
      this.#failed(error);
    }
  }

  async #writeRest(file: OpenFile): Promise<void> {
    this.#isWriting = true;
    try {
      while (this.#rest !== undefined) {
        const { bytesWritten } = await file.handle.write(this.#rest);
        file.bytes += bytesWritten;
        this.#rest = bytesWritten < this.#rest.length ? this.#rest.subarray(bytesWritten) : undefined;
      }
    } finally {
      this.#isWriting = false;
    }
  }

  #take(): Buffer | undefined {
    if (this.#lines.length === 0) return undefined;
    let count = 0;
    let characters = 0;
    while (count < this.#lines.length && characters < CHUNK_CHARACTERS) {
      characters += this.#lines[count]?.length ?? 0;
      count += 1;
    }
    this.#characters -= characters;
    return Buffer.from(this.#lines.splice(0, count).join(''));
  }

  #failed(error: unknown): void {
    if (!this.#failing) {
      this.#failing = true;
      logHealth.failed();
      this.#options.onProblem?.(error);
    }
  }

  #recovered(): void {
    if (this.#failing) logHealth.recovered();
    this.#failing = false;
    if (this.#dropped === 0) return;
    const lost = {
      level: 'warn',
      time: new Date().toISOString(),
      service: this.#options.service,
      pid: process.pid,
    };
    this.#push(`${JSON.stringify({ ...lost, dropped: this.#dropped, msg: 'log lines were lost' })}\n`);
    this.#dropped = 0;
  }

  /** A new file begins only between two chunks, so that no line is divided. */
  async #currentFile(): Promise<OpenFile> {
    const file = this.#file;
    if (file !== undefined) {
      const isRemoved = (await file.handle.stat()).nlink === 0;
      const isOld = Date.now() - file.openedAt >= this.#options.fileAgeMaxMs;
      const isFull = file.bytes >= this.#options.fileBytesMax;
      if (!isRemoved && (this.#rest !== undefined || (!isOld && !isFull))) return file;
      await this.#closeFile();
      if (this.#rest !== undefined) this.#dropTornLine(this.#rest);
    }
    return this.#openFile();
  }

  /** Leaves out the rest of a line whose beginning was in a file that is gone. */
  #dropTornLine(rest: Buffer): void {
    this.#loseLine();
    const next = rest.subarray(rest.indexOf('\n') + 1);
    this.#rest = next.length > 0 ? next : undefined;
  }

  async #openFile(): Promise<OpenFile> {
    await mkdir(this.#folder, FOLDER_OPTIONS);
    const openedAt = Date.now();
    const path = this.#nextPath(openedAt);
    const handle = await open(path, FILE_FLAGS, FILE_MODE);
    this.#file = { handle, path, bytes: 0, openedAt };
    await this.#sweep().catch((error: unknown) => this.#options.onProblem?.(error));
    return this.#file;
  }

  #openSync(): number {
    mkdirSync(this.#folder, FOLDER_OPTIONS);
    return openSync(this.#nextPath(Date.now()), FILE_FLAGS, FILE_MODE);
  }

  #nextPath(openedAt: number): string {
    const stamp = new Date(openedAt).toISOString().replace(/[-:.]/g, '');
    this.#count += 1;
    return join(
      this.#folder,
      `${this.#instance}.${stamp}.${this.#count}${LOG_FILE_SUFFIXES[this.#options.kind ?? 'usual']}`,
    );
  }

  async #closeFile(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    await file?.handle.close().catch(() => undefined);
  }

  #sweep(): Promise<void> {
    return applyRetention(this.#folder, {
      kind: this.#options.kind ?? 'usual',
      bytesMax: Math.max(0, this.#options.serviceBytesMax - this.#options.fileBytesMax),
      notBefore: Date.now() - this.#options.ageMaxMs,
      keep: this.#file?.path,
    });
  }
}

function writeAllSync(fd: number, chunk: Buffer): void {
  for (let at = 0; at < chunk.length;) at += writeSync(fd, chunk, at);
}

function safeName(name: string): string {
  return name.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 64);
}
