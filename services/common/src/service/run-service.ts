import { z } from 'zod';
import { ConfigError, readConfig } from '../config/config.ts';
import type { Logger } from '../logging/logger.ts';
import { createServiceLogger, logShape } from '../logging/service-logger.ts';
import { Shutdown } from './shutdown.ts';

const STOP_DEADLINE_MS = 4_000;

export type ServiceContext = {
  readonly env: NodeJS.ProcessEnv;
  readonly logger: Logger;
  /** A logger for lines of another name than the service's own. */
  readonly loggerOf: (service: string, options?: { timestamp?: false }) => Logger;
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
    readConfig(z.object(logShape), env);
    await start({
      env,
      logger,
      loggerOf: (service, settings) => createServiceLogger(service, env, settings),
      onStop: (step, stop) => shutdown.add(step, stop),
    });
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
