import { mkdirSync, realpathSync, statfsSync } from 'node:fs';
import { describeHolder, ProcessLock } from '../../lib/lock.mjs';
import { LaunchError } from './launch-error.ts';

const LEAST_FREE_BYTES = 100_000_000;

/** Makes the data directory if there is none, and takes its lock: only one launcher may use the directory. */
export async function takeDataDir(dataDir: string): Promise<ProcessLock> {
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  const { bavail, bsize } = statfsSync(dataDir);
  if (bavail * bsize < LEAST_FREE_BYTES) {
    throw new LaunchError(
      `The disk is full: ${Math.floor((bavail * bsize) / 1e6)} MB are free for ${dataDir}, at least ${LEAST_FREE_BYTES / 1e6} MB are needed.`,
    );
  }
  const name = `data ${realpathSync(dataDir)}`;
  const lock = await ProcessLock.tryAcquire(name);
  if (lock) return lock;
  throw new LaunchError(
    `Parley runs already with ${dataDir} (${await describeHolder(name)}). Stop it first, or start a second one with PARLEY_DATA_DIR, PORT and MEDIA_RTC_PORT_BASE set.`,
  );
}
