import { join } from 'node:path';
import process from 'node:process';
import { ROOT } from '../../lib/paths.mjs';
import { answersOk } from './readiness.ts';
import type { ServiceSpec } from '../supervisor/service-spec.ts';

/** Where everything that is not for browsers listens. */
export const HOST = '127.0.0.1';

// Variables that only the service they are for may see.
const PRIVATE_NAMES = [
  'INTERNAL_SECRET',
  'JOIN_TOKEN_SECRET',
  'DATABASE_URL',
  'REDIS_URL',
  'TURN_SECRET',
  'LOGS_PASSWORD',
  'LOGS_SESSION_SECRET',
];

const FLAGS = [
  '--max-old-space-size=256',
  '--max-semi-space-size=2',
  '--disable-warning=ExperimentalWarning',
];

/** One instance of a service: what it is called, what it waits for, where it listens. */
export interface ServicePlace {
  /** Differs from the name of its kind where there are several. */
  readonly name: string;
  readonly after: readonly string[];
  readonly port: number;
  readonly adminPort: number;
  /** Variables beyond those that every instance of its kind gets. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A service of ours that runs from its sources. */
export function nodeService(
  folder: string,
  place: ServicePlace,
  isDev: boolean,
  env: Readonly<Record<string, string>>,
): ServiceSpec {
  const watch = isDev ? ['--watch', '--watch-preserve-output'] : [];
  return {
    name: place.name,
    after: place.after,
    command: [process.execPath, ...FLAGS, ...watch, join(ROOT, 'services', folder, 'src', 'main.ts')],
    cwd: ROOT,
    env: publicEnv({
      NODE_ENV: isDev ? 'development' : 'production',
      // The same after a restart: the new process takes the registration of the one before over.
      INSTANCE_ID: place.name,
      ...env,
      ...place.env,
    }),
    address: `${HOST}:${place.port}`,
    isReady: () => answersOk(`http://${HOST}:${place.adminPort}/readyz`),
    stopSignal: 'SIGTERM',
  };
}

/** Our own environment without what is private, and with what one service needs. */
export function publicEnv(own: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !PRIVATE_NAMES.includes(name));
  return { ...Object.fromEntries(inherited), ...own };
}
