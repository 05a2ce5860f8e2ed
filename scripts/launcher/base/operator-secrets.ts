import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import process from 'node:process';
import { ensureSecrets } from '../../bootstrap/secrets.mjs';
import type { Secrets } from '../../bootstrap/secrets.mjs';

/** The secrets of the installation. LOGS_PASSWORD replaces the password of the log viewer, LOG_KEY the key of the names in logs. */
export function readSecrets(dataDir: string): Secrets {
  const secrets = ensureSecrets(dataDir);
  const { LOGS_PASSWORD: logsPassword, LOG_KEY: logKey } = process.env;
  return { ...secrets, ...(logsPassword && { logsPassword }), ...(logKey && { logKey }) };
}

/**
 * Writes the password of the log viewer into a file of its own, from which a person copies it. Returns the path as
 * a person would type it.
 */
export function writeLogsPassword(dataDir: string, { logsPassword }: Secrets): string {
  const path = join(dataDir, 'logs-password');
  writeFileSync(path, `${logsPassword}\n`, { mode: 0o600 });
  return asTyped(path);
}

/** The path as seen from the working directory, if the file is below it. */
function asTyped(path: string): string {
  const near = relative(process.cwd(), path);
  return near.startsWith('..') ? path : near;
}
