import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import process from 'node:process';
import { ensureSecrets } from '../../bootstrap/secrets.mjs';
import type { Secrets } from '../../bootstrap/secrets.mjs';

/** The installation's secrets. The log viewer's password may be given. */
export function readSecrets(dataDir: string): Secrets {
  const secrets = ensureSecrets(dataDir);
  const given = process.env.LOGS_PASSWORD;
  return given ? { ...secrets, logsPassword: given } : secrets;
}

/** Writes the log viewer's password to a file of its own, because a person has to copy from it. Gives its path as typed. */
export function writeLogsPassword(dataDir: string, { logsPassword }: Secrets): string {
  const path = join(dataDir, 'logs-password');
  writeFileSync(path, `${logsPassword}\n`, { mode: 0o600 });
  return asTyped(path);
}

/** As a person would type it from where they are. */
function asTyped(path: string): string {
  const near = relative(process.cwd(), path);
  return near.startsWith('..') ? path : near;
}
