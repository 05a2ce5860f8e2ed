import { randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { BootstrapError } from '../lib/bootstrap-error.mjs';

const SECRET_BYTES = 32;
/** A person types or pastes a password, so it is shorter than a secret. */
const PASSWORD_BYTES = 15;

const secret = () => randomBytes(SECRET_BYTES).toString('base64url');
const password = () => randomBytes(PASSWORD_BYTES).toString('base64url');

/**
 * How each secret is made. An installation of an older version lacks those of LATER_MAKERS and gets them at its
 * next start.
 */
const MAKERS = {
  joinTokenSecret: secret,
  databasePassword: secret,
  instanceId: () => randomBytes(6).toString('hex'),
};
const LATER_MAKERS = {
  logsPassword: password,
  logsSessionSecret: secret,
  redisPassword: secret,
  turnSecret: secret,
  logKey: secret,
  identityKey: secret,
  accountsDatabasePassword: secret,
  consulManagementToken: randomUUID,
  consulMediaToken: randomUUID,
  consulSignalingToken: randomUUID,
  consulGatewayToken: randomUUID,
  consulLogsToken: randomUUID,
  consulAgentToken: randomUUID,
  consulOperatorToken: randomUUID,
};

/**
 * @typedef {object} Secrets
 * @property {string} joinTokenSecret Signs join tokens.
 * @property {string} databasePassword
 * @property {string} logsPassword The password of operators for the log viewer.
 * @property {string} logsSessionSecret Signs the log viewer's sessions.
 * @property {string} redisPassword
 * @property {string} turnSecret Shared with the TURN server, which checks credentials with it.
 * @property {string} logKey Names the rooms in logs.
 * @property {string} identityKey Signs the ids of guests' browsers, and makes the keys of accounts.
 * @property {string} accountsDatabasePassword Of the gateway, for the tables of accounts.
 * @property {string} consulManagementToken May do everything in Consul, and makes the accounts with the tokens below.
 * @property {string} consulMediaToken
 * @property {string} consulSignalingToken
 * @property {string} consulGatewayToken
 * @property {string} consulLogsToken
 * @property {string} consulAgentToken Consul's own.
 * @property {string} consulOperatorToken Reads everything.
 * @property {string} instanceId Names the folder of the database where that must lie outside of the data directory.
 *   Not secret.
 */

/**
 * Returns the secrets of the installation, and makes them the first time.
 *
 * @param {string} dataDir
 * @returns {Secrets}
 */
export function ensureSecrets(dataDir) {
  // Other users may pass through the directory, as the user of the database must, but may not list it.
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  const file = join(dataDir, 'secrets.json');
  const found = readSecrets(file) ?? createSecrets(file);
  return isComplete(found) ? found : completeSecrets(file, found);
}

/** @param {string} file */
function createSecrets(file) {
  const part = writePart(file, make({ ...MAKERS, ...LATER_MAKERS }));
  try {
    // Unlike a rename, a link never replaces a file that another start has made meanwhile.
    linkSync(part, file);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
  } finally {
    rmSync(part, { force: true });
  }
  return /** @type {Partial<Secrets>} */ (readSecrets(file));
}

/**
 * The launcher holds the lock of the data directory here, so no other start writes the file at the same time.
 *
 * @param {string} file
 * @param {Partial<Secrets>} found
 */
function completeSecrets(file, found) {
  const secrets = { ...make(LATER_MAKERS), ...found };
  renameSync(writePart(file, secrets), file);
  return /** @type {Secrets} */ (secrets);
}

/** @param {Record<string, () => string>} makers */
function make(makers) {
  return Object.fromEntries(Object.entries(makers).map(([name, maker]) => [name, maker()]));
}

/**
 * @param {string} file
 * @param {object} secrets
 */
function writePart(file, secrets) {
  const part = `${file}.${process.pid}.part`;
  writeFileSync(part, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  return part;
}

/**
 * @param {string} file
 * @returns {Partial<Secrets> | undefined}
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
 * @returns {Partial<Secrets>}
 */
function parseSecrets(text, file) {
  const damaged = `${file} is damaged. Restore it, or delete the directory that holds it to begin anew (its database is lost then).`;
  try {
    const secrets = JSON.parse(text);
    if (Object.keys(MAKERS).every((name) => isSecret(secrets[name]))) return secrets;
  } catch {
    // The error below reports the damage.
  }
  throw new BootstrapError(damaged);
}

/**
 * @param {Partial<Secrets>} secrets
 * @returns {secrets is Secrets}
 */
function isComplete(secrets) {
  return Object.keys(LATER_MAKERS).every((name) => isSecret(secrets[/** @type {keyof Secrets} */ (name)]));
}

/** @param {unknown} value */
function isSecret(value) {
  return typeof value === 'string' && value.length > 0;
}
