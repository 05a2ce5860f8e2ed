import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { BootstrapError } from './bootstrap-error.mjs';

const SECRET_BYTES = 32;

/**
 * @typedef {object} Secrets
 * @property {string} internalSecret Authenticates the services to each other.
 * @property {string} joinTokenSecret Signs join tokens.
 * @property {string} databasePassword
 * @property {string} instanceId Names this installation where its data must live elsewhere; not secret.
 */

/**
 * Gives the installation's secrets, making them the first time.
 *
 * @param {string} dataDir
 * @returns {Secrets}
 */
export function ensureSecrets(dataDir) {
  // Others may pass through the directory (the database's own user does) but not list it.
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  const file = join(dataDir, 'secrets.json');
  return readSecrets(file) ?? createSecrets(file);
}

/** @param {string} file */
function createSecrets(file) {
  const secret = () => randomBytes(SECRET_BYTES).toString('base64url');
  const secrets = {
    internalSecret: secret(),
    joinTokenSecret: secret(),
    databasePassword: secret(),
    instanceId: randomBytes(6).toString('hex'),
  };
  const part = `${file}.${process.pid}.part`;
  try {
    writeFileSync(part, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
    // A link, unlike a rename, never replaces what another start has made meanwhile.
    linkSync(part, file);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
  } finally {
    rmSync(part, { force: true });
  }
  return /** @type {Secrets} */ (readSecrets(file));
}

/**
 * @param {string} file
 * @returns {Secrets | undefined}
 */
function readSecrets(file) {
  let text;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return undefined;
    throw error;
  }
  chmodSync(file, 0o600);
  return parseSecrets(text, file);
}

/**
 * @param {string} text
 * @param {string} file
 * @returns {Secrets}
 */
function parseSecrets(text, file) {
  const damaged = `${file} is damaged. Restore it, or delete the directory that holds it to begin anew (its database is lost then).`;
  try {
    const { internalSecret, joinTokenSecret, databasePassword, instanceId } = JSON.parse(text);
    const secrets = { internalSecret, joinTokenSecret, databasePassword, instanceId };
    if (Object.values(secrets).every((value) => typeof value === 'string' && value.length > 0))
      return secrets;
  } catch {
    // Told below.
  }
  throw new BootstrapError(damaged);
}
