import { join } from 'node:path';
import process from 'node:process';
import { PRIVATE_NAMES } from '../base/secret-files.ts';
import { answersOk } from './readiness.ts';
import type { ServiceSpec } from '../supervisor/service-spec.ts';
import type { ServiceUser } from '../users/service-users.ts';
import type { Workplace } from '../users/workplace.ts';

/** The address on which everything listens that browsers do not reach directly. */
export const HOST = '127.0.0.1';

/**
 * The most that the headers of a request may take. A browser sends all cookies of the host, and other programs on it (on localhost those at
 * every port) may have set many. Node's own limit is 16 KiB.
 */
export const HEADERS_MAX_BYTES = 64 * 1024;

export const HEADERS_FLAG = `--max-http-header-size=${HEADERS_MAX_BYTES}`;

const FLAGS = [HEADERS_FLAG, '--max-old-space-size=256', '--disable-warning=ExperimentalWarning'];

/**
 * In MB: the place for young objects, of which a service takes up to three. A small one saves memory and is cleared more often; signaling makes
 * so many objects for a full room that clearing them would be a tenth of its work.
 */
const YOUNG_MB = { media: 2, signaling: 8, gateway: 2, logs: 2 } as const;

/**
 * The threads with which V8 clears memory and compiles, besides the main one. Each costs about 2 MB. Its own choice is four; services wait for
 * the network, and only signaling makes so many objects that a second thread matters.
 */
const V8_THREADS = { media: 1, signaling: 2, gateway: 1, logs: 1 } as const;

/** Limits the heaps that glibc makes for threads, because each heap keeps the memory that it once used. */
export const FEW_ARENAS = { MALLOC_ARENA_MAX: '2' } as const;

/** One instance of a service: its name, the services that it waits for, its ports. */
export interface ServicePlace {
  /** The name of the service, with a number if there are several instances. */
  readonly name: string;
  readonly after: readonly string[];
  readonly port: number;
  readonly adminPort: number;
  /** Variables in addition to those that every instance of the service gets. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Where and how the services of one system run. */
export interface Surroundings {
  readonly workplace: Workplace;
  readonly isDev: boolean;
}

/** The part of a spec that says as whom a service runs. */
export function runsAs(
  { workplace }: Pick<Surroundings, 'workplace'>,
  user: ServiceUser,
): Pick<ServiceSpec, 'identity'> {
  const identity = workplace.identityOf(user);
  return identity ? { identity } : {};
}

/** A service of Parley that runs from its sources. */
export function nodeService(
  folder: 'media' | 'signaling' | 'gateway' | 'logs',
  place: ServicePlace,
  { workplace, isDev }: Surroundings,
  env: Readonly<Record<string, string>>,
): ServiceSpec {
  const watch = isDev ? ['--watch', '--watch-preserve-output'] : [];
  return {
    name: place.name,
    after: place.after,
    command: [
      workplace.program(process.execPath),
      ...FLAGS,
      `--max-semi-space-size=${YOUNG_MB[folder]}`,
      `--v8-pool-size=${V8_THREADS[folder]}`,
      ...watch,
      join(workplace.root, 'services', folder, 'src', 'main.ts'),
    ],
    cwd: workplace.root,
    env: publicEnv({
      NODE_ENV: isDev ? 'development' : 'production',
      // The id stays the same after a restart, so that the new process takes over the registration of the old one.
      INSTANCE_ID: place.name,
      ...FEW_ARENAS,
      ...workplace.envOf(folder),
      ...env,
      ...place.env,
    }),
    ...runsAs({ workplace }, folder),
    isOurs: true,
    isAwaited: folder === 'signaling',
    address: `${HOST}:${place.port}`,
    isReady: () => answersOk(`http://${HOST}:${place.adminPort}/readyz`),
    stopSignal: 'SIGTERM',
  };
}

/** The environment of this process without private variables, and with the variables of one service. */
export function publicEnv(own: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !PRIVATE_NAMES.includes(name));
  return { ...Object.fromEntries(inherited), ...own };
}
