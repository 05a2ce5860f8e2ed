import { readFileSync } from 'node:fs';
import { LaunchError } from './launch-error.ts';

/** Variables that only the services that need them may see. */
export const PRIVATE_NAMES = [
  'SIGNALING_GRPC_SECRET',
  'MEDIA_GRPC_SECRET',
  'INTERNAL_TLS_KEY',
  'CONSUL_TOKEN',
  'JOIN_TOKEN_SECRET',
  'IDENTITY_KEY',
  'DATABASE_URL',
  'DATABASE_PASSWORD',
  'ACCOUNTS_DATABASE_URL',
  'ACCOUNTS_DATABASE_PASSWORD',
  'SMTP_URL',
  'SMTP_PASSWORD',
  'OPENID_CLIENT_SECRET',
  'REDIS_URL',
  'REDIS_PASSWORD',
  'TURN_SECRET',
  'LOG_KEY',
  'LOGS_PASSWORD',
  'LOGS_SESSION_SECRET',
  'FILES_S3_SECRET_ACCESS_KEY',
];

/**
 * Puts the content of the file that `NAME_FILE` names into `NAME`, for each private variable. The launcher gives each service its values by
 * name, so no service reads the file itself.
 */
export function takeSecretFiles(env: NodeJS.ProcessEnv): void {
  for (const name of PRIVATE_NAMES) {
    const file = env[`${name}_FILE`];
    delete env[`${name}_FILE`];
    if (!file) continue;
    if (env[name])
      throw new LaunchError(`${name} is set twice, by itself and by ${name}_FILE. Keep one of them.`);
    env[name] = read(`${name}_FILE`, file);
  }
}

function read(variable: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new LaunchError(`${variable} names ${file}, which cannot be read (${code}).`);
  }
}
