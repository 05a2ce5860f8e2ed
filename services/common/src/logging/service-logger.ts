import { z } from 'zod';
import { readConfig } from '../config/config.ts';
import { envSchema } from '../config/env-schema.ts';
import { LogFiles } from './log-files.ts';
import { logFilesOptions, logFilesShape, type LogFilesOptions } from './log-files-options.ts';
import type { LogFileKind } from './log-retention.ts';
import { createLogger, type Logger, type LoggerOptions } from './logger.ts';

/** Variables of every service for its log: the lowest level, and the files. */
export const logShape = {
  LOG_LEVEL: envSchema
    .logLevel()
    .describe('the least that is written: trace, debug, info, warn, error, fatal or silent'),
  LOG_STDOUT_LEVEL: envSchema.logLevel().optional().meta({
    description: 'the least that goes to standard output; files have all',
    shownDefault: 'as LOG_LEVEL',
  }),
  LOG_KEY: envSchema.secret(16).optional().meta({
    description:
      'names the rooms in logs in place of their codes, and signs the permission of a call to send reports; the same for all services',
    shownDefault: 'a random one for each process: the log viewer then finds no room by its code',
  }),
  ...logFilesShape,
};

/** A wrong configuration is reported when all variables are read. Until then the service logs to standard output. */
export function createServiceLogger(
  service: string,
  env: NodeJS.ProcessEnv,
  options: Pick<LoggerOptions, 'timestamp'> = {},
): Logger {
  const level = levelOf(env, 'LOG_LEVEL') ?? 'info';
  const stdoutLevel = levelOf(env, 'LOG_STDOUT_LEVEL');
  const roomKey = env['LOG_KEY']?.trim() || undefined;
  const usual = readLogFilesOptions(service, env, 'usual');
  const trouble = readLogFilesOptions(service, env, 'trouble');
  if (usual === undefined || trouble === undefined)
    return createLogger({ service, level: stdoutLevel ?? level, roomKey, ...options });
  const onProblem = (error: unknown) => logger.warn({ err: error }, 'log files cannot be written');
  // The process owns the files: they are flushed when it exits.
  const files = new LogFiles({ ...usual, onProblem });
  const troubleFiles = new LogFiles({ ...trouble, onProblem });
  const logger: Logger = createLogger({
    service,
    level,
    stdoutLevel,
    files,
    troubleFiles,
    roomKey,
    ...options,
  });
  return logger;
}

function levelOf(env: NodeJS.ProcessEnv, name: keyof typeof logShape): string | undefined {
  const given = env[name]?.trim();
  return given ? envSchema.logLevel().safeParse(given).data : undefined;
}

function readLogFilesOptions(
  service: string,
  env: NodeJS.ProcessEnv,
  kind: LogFileKind,
): LogFilesOptions | undefined {
  try {
    return logFilesOptions(service, readConfig(z.object(logFilesShape), env), kind);
  } catch {
    return undefined;
  }
}
