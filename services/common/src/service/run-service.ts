import { z } from 'zod';
import { ConfigError, readConfig } from '../config/config.ts';
import type { Logger } from '../logging/logger.ts';
import { createServiceLogger, logShape } from '../logging/service-logger.ts';
import { Shutdown } from './shutdown.ts';
import { freeStartGarbage } from './start-garbage.ts';

const STOP_DEADLINE_MS = 4_000;

export type ServiceContext = {
  readonly env: NodeJS.ProcessEnv;
  readonly logger: Logger;
  /** A logger whose lines carry another service name. */
  readonly loggerOf: (service: string, options?: { timestamp?: false }) => Logger;
  /**
   * Registers a function that undoes a step of the start. A stop runs them one after the other, the last one first. The deadline of the whole
   * stop grows by `allowanceMs`.
   */
  readonly onStop: (name: string, stop: () => void | Promise<void>, allowanceMs?: number) => void;
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
      onStop: (step, stop, allowanceMs) => shutdown.add(step, stop, allowanceMs),
    });
  } catch (error) {
    // For the person who starts the service by hand: in a JSON log line the list would be hard to read.
    if (error instanceof ConfigError) process.stderr.write(`${name}: ${error.message}\n`);
    else logger.fatal({ err: error }, 'service could not start');
    await shutdown.stop('failed start', 1);
    return;
  }
  freeStartGarbage();
  if (!shutdown.stopping) logger.info('service started');
  shutdown.started();
}
