import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';
import { describeError, redactRecord } from './redaction.ts';

export type { Logger };

type LoggerOptions = {
  service: string;
  /** trace, debug, info, warn, error, fatal or silent. */
  level?: string;
  /** Standard output where absent. */
  destination?: DestinationStream;
};

/** JSON lines with an ISO time, the level's name, the service, and no secrets. */
export function createLogger(options: LoggerOptions): Logger {
  return pino(
    {
      level: options.level ?? 'info',
      base: { service: options.service, pid: process.pid },
      timestamp: stdTimeFunctions.isoTime,
      serializers: { err: (value: unknown) => (value instanceof Error ? describeError(value) : value) },
      formatters: {
        level: (label) => ({ level: label }),
        bindings: (bindings) => redactRecord(bindings),
        log: (fields) => redactRecord(fields),
      },
    },
    options.destination ?? pino.destination({ fd: 1, sync: true }),
  );
}
