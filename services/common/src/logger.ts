import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';
import type { LogFiles } from './log-files.ts';
import { describeError, redactRecord } from './redaction.ts';

export type { Logger };

type LoggerOptions = {
  service: string;
  /** trace, debug, info, warn, error, fatal or silent. */
  level?: string;
  /** Standard output where absent. */
  destination?: DestinationStream;
  /** Where the lines go as well; whoever made it closes it. */
  files?: LogFiles | undefined;
  /** False when each call brings its own `time`, as lines that come from a browser do. */
  timestamp?: false;
};

/** JSON lines with an ISO time, the level's name, the service, and no secrets. */
export function createLogger(options: LoggerOptions): Logger {
  const destination = options.destination ?? pino.destination({ fd: 1, sync: true });
  return pino(
    {
      level: options.level ?? 'info',
      base: { service: options.service, pid: process.pid },
      timestamp: options.timestamp ?? stdTimeFunctions.isoTime,
      serializers: { err: (value: unknown) => (value instanceof Error ? describeError(value) : value) },
      formatters: {
        level: (label) => ({ level: label }),
        bindings: (bindings) => redactRecord(bindings),
        log: (fields) => redactRecord(fields),
      },
    },
    options.files === undefined ? destination : bothOf(destination, options.files),
  );
}

function bothOf(first: DestinationStream, files: LogFiles): DestinationStream & { flushSync: () => void } {
  return {
    write: (line) => {
      first.write(line);
      files.write(line);
    },
    // pino calls it after a fatal line.
    flushSync: () => files.flushSync(),
  };
}
