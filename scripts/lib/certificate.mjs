import { X509Certificate } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { BootstrapError } from './bootstrap-error.mjs';
import { run } from './command.mjs';

/** Browsers take no certificate that is valid for longer. */
const LIFETIME_DAYS = 397;
const RENEW_BEFORE_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * @typedef {object} Certificate
 * @property {string} certificatePath PEM
 * @property {string} keyPath PEM, readable by its owner only
 * @property {string} fingerprint SHA-256, as browsers show it
 */

/**
 * A self-signed certificate for this machine and the given names and addresses. Made the first time, and again when it
 * nears its end or lacks one of them.
 *
 * @param {string} folder
 * @param {readonly string[]} [names] Host names and addresses besides localhost and this machine's name.
 * @returns {Promise<Certificate>}
 */
export async function ensureCertificate(folder, names = []) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const wanted = [...new Set(['localhost', '127.0.0.1', '::1', hostname(), ...names])];
  const files = { certificatePath: join(folder, 'certificate.pem'), keyPath: join(folder, 'key.pem') };
  if (!isGood(files, wanted)) await create(folder, files, wanted);
  chmodSync(files.keyPath, 0o600);
  return { ...files, fingerprint: read(files.certificatePath).fingerprint256 };
}

/** @typedef {Pick<Certificate, 'certificatePath' | 'keyPath'>} Files */

/**
 * @param {Files} files
 * @param {readonly string[]} wanted
 */
function isGood({ certificatePath, keyPath }, wanted) {
  if (!existsSync(certificatePath) || !existsSync(keyPath)) return false;
  try {
    const certificate = read(certificatePath);
    const isFresh = Date.parse(certificate.validTo) - Date.now() > RENEW_BEFORE_MS;
    return isFresh && wanted.every((name) => covers(certificate, name));
  } catch {
    // The certificate is damaged.
    return false;
  }
}

/**
 * @param {X509Certificate} certificate
 * @param {string} name
 */
function covers(certificate, name) {
  return (isIP(name) > 0 ? certificate.checkIP(name) : certificate.checkHost(name)) !== undefined;
}

/** @param {string} path */
function read(path) {
  return new X509Certificate(readFileSync(path));
}

/**
 * Both files are made aside and moved, so that an interruption leaves no half of a pair that looks whole.
 *
 * @param {string} folder
 * @param {Files} files
 * @param {readonly string[]} names
 */
async function create(folder, files, names) {
  for (const name of names) {
    if (!/^[A-Za-z0-9.:*-]+$/.test(name))
      throw new BootstrapError(`"${name}" is not a host name or an address.`);
  }
  const aside = mkdtempSync(join(folder, 'new-'));
  try {
    const key = join(aside, 'key.pem');
    const certificate = join(aside, 'certificate.pem');
    const alternatives = names.map((name) => `${isIP(name) > 0 ? 'IP' : 'DNS'}:${name}`).join(',');
    const kind = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -sha256 -nodes -subj /CN=Parley';
    const extensions = [
      `subjectAltName=${alternatives}`,
      'extendedKeyUsage=serverAuth',
      'basicConstraints=critical,CA:FALSE',
    ].flatMap((extension) => ['-addext', extension]);
    const output = ['-days', String(LIFETIME_DAYS), '-keyout', key, '-out', certificate];
    await run('openssl', [...kind.split(' '), ...extensions, ...output], { what: 'Making a certificate' });
    chmodSync(key, 0o600);
    rmSync(files.certificatePath, { force: true });
    renameSync(key, files.keyPath);
    renameSync(certificate, files.certificatePath);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}
