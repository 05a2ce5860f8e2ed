import { levels, pino, stdTimeFunctions, symbols, type DestinationStream, type Logger } from 'pino';
import { isError } from './is-error.ts';
import type { LogFiles } from './log-files.ts';
import { describeError, redactRecord, redactText } from './redaction.ts';

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
  /** False when each line brings its own `time`, as lines of browsers do. */
  timestamp?: false;
};

type MakeChild = (this: unknown, bindings: object, options?: object) => Logger;

/** JSON lines with an ISO time, the level's name, the service, and no secrets. */
export function createLogger(options: LoggerOptions): Logger {
  const destination = options.destination ?? pino.destination({ fd: 1, sync: true });
  const logger = pino(
    {
      level: options.level ?? 'info',
      base: { service: options.service, pid: process.pid },
      timestamp: options.timestamp ?? stdTimeFunctions.isoTime,
      serializers: { err: (value: unknown) => (isError(value) ? describeError(value) : value) },
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) => redactRecord(fields),
      },
      hooks: {
        logMethod(given, method) {
          method.apply(this, withSafeText(given));
        },
      },
    },
    options.files === undefined ? destination : bothOf(destination, options.files, options.stdoutLevel),
  );
  return redactChildren(logger);
}

/** A line with an error and no message of its own takes the error's message. */
function withSafeText<T extends unknown[]>(given: T): T {
  const [first] = given;
  if (given.length === 1 && isError(first))
    return [{ err: first }, redactText(first.message)] as unknown[] as T;
  return given.map((part) => (typeof part === 'string' ? redactText(part) : part)) as T;
}

/** pino formats the fields of a line but not those that a child logger is bound to. Children inherit this from the root. */
function redactChildren(logger: Logger): Logger {
  const child = Reflect.get(logger, 'child') as unknown as MakeChild;
  const redactingChild: MakeChild = function (bindings, options) {
    return child.call(this, redactRecord(bindings), options);
  };
  Reflect.set(logger, 'child', redactingChild);
  return logger;
}

/** All lines go to the files; lines from a level on also go to the first destination. */
function bothOf(first: DestinationStream, files: LogFiles, level: string | undefined): DestinationStream {
  const least = level === undefined ? 0 : (levels.values[level] ?? Number.POSITIVE_INFINITY);
  return {
    // pino sets the level of a line before it writes the line.
    [symbols.needsMetadataGsym]: true,
    lastLevel: 0,
    write(line: string) {
      if (this.lastLevel >= least) first.write(line);
      files.write(line);
    },
    // pino calls this after a fatal line.
    flushSync: () => files.flushSync(),
  } as DestinationStream & { lastLevel: number; flushSync: () => void };
}
