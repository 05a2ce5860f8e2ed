import { randomBytes } from 'node:crypto';
import { levels, pino, stdTimeFunctions, symbols, type DestinationStream, type Logger } from 'pino';
import { isError } from './is-error.ts';
import { LineBounds } from './line-bounds.ts';
import { logHealth } from './log-health.ts';
import type { LogFiles } from './log-files.ts';
import { Redactor } from './redaction.ts';

export type { Logger };

export type LoggerOptions = {
  service: string;
  /** trace, debug, info, warn, error, fatal or silent. */
  level?: string;
  /** Standard output where absent. */
  destination?: DestinationStream;
  /** The lowest level that goes to the destination when there are files; the files take every level. */
  stdoutLevel?: string | undefined;
  /** A second destination. Its creator closes it. */
  files?: LogFiles | undefined;
  /** Take the lines of the levels warn and above in place of `files`. Their creator closes them. */
  troubleFiles?: LogFiles | undefined;
  /** The key of the names that rooms have in the log. If it is absent, the key is random, so that no other process gives them the same names. */
  roomKey?: string | undefined;
  /** False when each line brings its own `time`, as lines of browsers do. */
  timestamp?: false;
};

const WAITING_MAX = 1_000_000;

type MakeChild = (this: unknown, bindings: object, options?: object) => Logger;

/** JSON lines with an ISO time, the level's name, the service, and no secrets. */
export function createLogger(options: LoggerOptions): Logger {
  const destination = options.destination ?? standardOutput();
  const redactor = new Redactor(options.roomKey ?? randomBytes(32).toString('hex'));
  // The lines of browsers have bounds of their own, for each address.
  const bounds = options.timestamp === false ? undefined : new LineBounds();
  const logger = pino(
    {
      level: options.level ?? 'info',
      base: { service: options.service, pid: process.pid },
      timestamp: options.timestamp ?? stdTimeFunctions.isoTime,
      serializers: { err: (value: unknown) => (isError(value) ? redactor.error(value) : value) },
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) => redactor.record(fields),
      },
      hooks: {
        logMethod(given, method, level) {
          const safe = withSafeText(given, redactor);
          const message = safe.find((part) => typeof part === 'string');
          const skipped = bounds === undefined ? 0 : bounds.take(level, message);
          if (skipped === undefined) return;
          method.apply(this, skipped === 0 ? safe : withSkipped(safe, skipped));
        },
      },
    },
    options.files === undefined ? destination : bothOf(destination, options.files, options),
  );
  return redactChildren(logger, redactor);
}

/**
 * Standard output may be a file on a disk that is full, or a pipe that nobody reads any more. Without a listener that would end the process, and with it
 * every call. Lines wait up to a bound and are lost beyond it; the log files have their own.
 */
function standardOutput(): DestinationStream {
  const output = pino.destination({ fd: 1, sync: true, maxLength: WAITING_MAX }).on('error', () => {});
  output.on('drop', () => logHealth.lineLost());
  // The destination writes each line at once. Its flush, which pino calls after a fatal line, would wait for ever on a disk that is full.
  return { write: (line) => void output.write(line) };
}

/** A line with an error and no message of its own takes the error's message. */
function withSafeText<T extends unknown[]>(given: T, redactor: Redactor): T {
  const [first] = given;
  if (given.length === 1 && isError(first))
    return [{ err: first }, redactor.text(first.message)] as unknown[] as T;
  return given.map((part) => (typeof part === 'string' ? redactor.text(part) : part)) as T;
}

/** The line says how many like it were left out before. */
function withSkipped<T extends unknown[]>(given: T, skipped: number): T {
  const [first, ...others] = given;
  if (typeof first === 'string') return [{ skipped }, ...given] as unknown[] as T;
  const fields = isError(first) ? { err: first } : (first as object);
  return [{ ...fields, skipped }, ...others] as unknown[] as T;
}

/** pino formats the fields of a line but not those that a child logger is bound to. Children inherit this from the root. */
function redactChildren(logger: Logger, redactor: Redactor): Logger {
  const child = Reflect.get(logger, 'child') as unknown as MakeChild;
  const redactingChild: MakeChild = function (bindings, options) {
    return child.call(this, redactor.record(bindings), options);
  };
  Reflect.set(logger, 'child', redactingChild);
  return logger;
}

/** All lines go to files; lines from a level on also go to the first destination. */
function bothOf(
  first: DestinationStream,
  files: LogFiles,
  { stdoutLevel, troubleFiles = files }: LoggerOptions,
): DestinationStream {
  const least = stdoutLevel === undefined ? 0 : (levels.values[stdoutLevel] ?? Number.POSITIVE_INFINITY);
  const trouble = levels.values['warn'] ?? Number.POSITIVE_INFINITY;
  return {
    // pino sets the level of a line before it writes the line.
    [symbols.needsMetadataGsym]: true,
    lastLevel: 0,
    write(line: string) {
      if (this.lastLevel >= least) first.write(line);
      if (this.lastLevel >= trouble) troubleFiles.write(line);
      else files.write(line);
    },
    // pino calls this after a fatal line.
    flushSync: () => {
      files.flushSync();
      troubleFiles.flushSync();
    },
  } as DestinationStream & { lastLevel: number; flushSync: () => void };
}
