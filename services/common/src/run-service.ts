import { z } from 'zod';
import { ConfigError, readConfig } from './config.ts';
import { LogFiles } from './log-files.ts';
import { logFilesOptions, logFilesShape } from './log-files-options.ts';
import { createLogger, type Logger } from './logger.ts';
import { envSchema } from './env-schema.ts';
import { Shutdown } from './shutdown.ts';

const STOP_DEADLINE_MS = 4_000;

export type ServiceContext = {
  readonly env: NodeJS.ProcessEnv;
  readonly logger: Logger;
  /** Registers what undoes a step of the start. On stop the last one runs first, each after the one before has ended. */
  readonly onStop: (name: string, stop: () => void | Promise<void>) => void;
};

/**
 * The body of every main.ts. Starts the service, stops it on SIGTERM, SIGINT or when the launcher is gone, and ends the
 * process: 0 after a stop in time, 1 after a failed start, an unhandled error or a stop that took too long.
 */
export async function runService(
  name: string,
  start: (context: ServiceContext) => Promise<void>,
  options: { stopDeadlineMs?: number } = {},
): Promise<void> {
  const env = process.env;
  const logger = createServiceLogger(name, env);
  const shutdown = new Shutdown(logger, options.stopDeadlineMs ?? STOP_DEADLINE_MS);
  shutdown.listen();
  try {
    readConfig(z.object(logFilesShape), env);
    await start({ env, logger, onStop: (step, stop) => shutdown.add(step, stop) });
  } catch (error) {
    // A person who starts it by hand reads this; a log line in JSON with escaped newlines would hide the list.
    if (error instanceof ConfigError) process.stderr.write(`${name}: ${error.message}\n`);
    else logger.fatal({ err: error }, 'service could not start');
    await shutdown.stop('failed start', 1);
    return;
  }
  if (!shutdown.stopping) logger.info('service started');
  shutdown.started();
}

/** A configuration that is wrong is told later, with the others: until then it logs to standard output. */
function createServiceLogger(service: string, env: NodeJS.ProcessEnv): Logger {
  const level = envSchema.logLevel().safeParse(env['LOG_LEVEL']).data ?? 'info';
  const options = readLogFilesOptions(service, env);
  if (options === undefined) return createLogger({ service, level });
  const onProblem = (error: unknown) => logger.warn({ err: error }, 'log files cannot be written');
  // The process owns them: they are flushed when it exits.
  const logger: Logger = createLogger({ service, level, files: new LogFiles({ ...options, onProblem }) });
  return logger;
}

function readLogFilesOptions(service: string, env: NodeJS.ProcessEnv) {
  try {
    return logFilesOptions(service, readConfig(z.object(logFilesShape), env));
  } catch {
    return undefined;
  }
}
