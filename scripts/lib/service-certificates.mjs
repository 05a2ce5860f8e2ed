import { X509Certificate, createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { BootstrapError } from './bootstrap-error.mjs';
import { makeCertificate } from './x509.mjs';

/** The names of services for which there are certificates; as CERTIFIED_NAMES of the contract, which a set-up without packages cannot read. */
export const CERTIFIED_NAMES = ['media', 'signaling', 'gateway', 'doctor'];

/** Servers that are not ours and prove themselves to the services in the same way. They call nobody. */
export const SERVER_NAMES = ['postgres', 'redis', 'consul'];

/** The folder of the authority's certificate alone, for programs that have no certificate of their own. */
const TRUST = 'trust';

const DAY_MS = 24 * 60 * 60 * 1000;
const AUTHORITY_DAYS = 20 * 365;
/** Nobody but our services takes these certificates. They last longer than a system runs without a start. */
const LIFETIME_DAYS = 5 * 365;
const RENEW_BEFORE_DAYS = 365;
const AUTHORITY_NAME = 'Parley services';

/**
 * @typedef {object} ServiceCertificate The paths of PEM files.
 * @property {string} authorityPath
 * @property {string} certificatePath
 * @property {string} keyPath Readable by its owner only.
 */

/** @typedef {{ uid?: number, gid?: number, mode?: number }} KeyOwner */

/**
 * The certificates of services in `folder`: an authority of this installation, and below it a folder for each name with what the service
 * of that name needs. Made the first time, and again when one nears its end or is damaged; otherwise the files stay as they are.
 *
 * @param {string} folder
 * @param {readonly string[]} names
 * @param {{ ownerOf?: (name: string) => KeyOwner, now?: number }} [options] Who may read a key, if not the user of this process.
 * @returns {Map<string, ServiceCertificate>}
 */
export function ensureServiceCertificates(folder, names, { ownerOf = () => ({}), now = Date.now() } = {}) {
  makeFolder(folder, 0o711);
  const authority = ensureAuthority(join(folder, 'authority'), now);
  makeFolder(join(folder, TRUST), 0o711);
  if (read(trustedAuthority(folder)) !== authority.certificate)
    writeAside(join(folder, TRUST), { 'authority.pem': authority.certificate });
  return new Map(
    names.map((name) => {
      const home = join(folder, name);
      // Root keeps the folder, so that no service can put a link in the place of a file.
      makeFolder(home, 0o711);
      const files = filesIn(home);
      if (!isGood(files, name, authority, now)) writeCertificate(home, name, authority, now);
      const { uid, gid, mode = 0o600 } = ownerOf(name);
      if (uid !== undefined || gid !== undefined) chownSync(files.keyPath, uid ?? -1, gid ?? -1);
      chmodSync(files.keyPath, mode);
      return [name, files];
    }),
  );
}

/**
 * The file by which a program knows the servers and services of an installation.
 *
 * @param {string} folder That of all certificates.
 */
export function trustedAuthority(folder) {
  return join(folder, TRUST, 'authority.pem');
}

/**
 * A new certificate for a service or a server on another machine: three files that somebody brings there.
 *
 * @param {string} folder With the authority of this installation, which is made if it is not there yet.
 * @param {string} name
 * @param {string} home Where the files go.
 * @returns {ServiceCertificate}
 */
export function makeServiceCertificate(folder, name, home) {
  const names = [...CERTIFIED_NAMES, ...SERVER_NAMES];
  if (!names.includes(name))
    throw new BootstrapError(`There is no service "${name}". There are ${names.join(', ')}.`);
  makeFolder(folder, 0o711);
  makeFolder(home, 0o700);
  writeCertificate(home, name, ensureAuthority(join(folder, 'authority'), Date.now()), Date.now());
  return filesIn(home);
}

/** @typedef {{ certificate: string, key: string }} KeyPair PEM texts. */

/**
 * @param {string} folder
 * @param {number} now
 * @returns {KeyPair}
 */
function ensureAuthority(folder, now) {
  makeFolder(folder, 0o700);
  const { certificatePath, keyPath } = filesIn(folder);
  const found = readPair(certificatePath, keyPath);
  // The authority must outlive what it signs now.
  if (found && endsAfter(found.certificate, now + LIFETIME_DAYS * DAY_MS)) return found;
  const { publicKey, privateKey } = newKeys();
  const certificate = makeCertificate({
    subject: AUTHORITY_NAME,
    issuer: AUTHORITY_NAME,
    publicKey,
    issuerKey: privateKey,
    issuerPublicKey: publicKey,
    ...validity(now, AUTHORITY_DAYS),
  });
  const key = pemOf(privateKey);
  writeAside(folder, { 'key.pem': key, 'certificate.pem': certificate });
  return { certificate, key };
}

/**
 * @param {string} folder
 * @param {string} name
 * @param {KeyPair} authority
 * @param {number} now
 */
function writeCertificate(folder, name, authority, now) {
  const { publicKey, privateKey } = newKeys();
  const certificate = makeCertificate({
    subject: name,
    dnsName: name,
    publicKey,
    issuer: AUTHORITY_NAME,
    issuerKey: createPrivateKey(authority.key),
    issuerPublicKey: createPublicKey(authority.certificate),
    ...validity(now, LIFETIME_DAYS),
  });
  writeAside(folder, {
    'key.pem': pemOf(privateKey),
    'authority.pem': authority.certificate,
    'certificate.pem': certificate,
  });
}

/**
 * @param {ServiceCertificate} files
 * @param {string} name
 * @param {KeyPair} authority
 * @param {number} now
 */
function isGood({ authorityPath, certificatePath, keyPath }, name, authority, now) {
  const pair = readPair(certificatePath, keyPath);
  if (!pair || read(authorityPath) !== authority.certificate) return false;
  const certificate = new X509Certificate(pair.certificate);
  return (
    certificate.subjectAltName === `DNS:${name}` &&
    certificate.verify(createPublicKey(authority.certificate)) &&
    endsAfter(pair.certificate, now + RENEW_BEFORE_DAYS * DAY_MS)
  );
}

/**
 * @param {string} certificatePath
 * @param {string} keyPath
 * @returns {KeyPair | undefined} `undefined` if the files are not there, damaged, or no pair.
 */
function readPair(certificatePath, keyPath) {
  const certificate = read(certificatePath);
  const key = read(keyPath);
  if (certificate === undefined || key === undefined) return undefined;
  try {
    return new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key))
      ? { certificate, key }
      : undefined;
  } catch {
    return undefined;
  }
}

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * @param {string} certificate
 * @param {number} time
 */
function endsAfter(certificate, time) {
  return Date.parse(new X509Certificate(certificate).validTo) > time;
}

/**
 * The certificate is moved last, so that an interruption leaves no pair that looks whole.
 *
 * @param {string} folder
 * @param {Record<string, string>} files
 */
function writeAside(folder, files) {
  const aside = mkdtempSync(join(folder, 'new-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      writeFileSync(join(aside, name), text, { mode: name === 'key.pem' ? 0o600 : 0o644 });
      renameSync(join(aside, name), join(folder, name));
    }
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

/**
 * @param {string} folder
 * @param {number} mode
 */
function makeFolder(folder, mode) {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, mode);
}

/**
 * @param {string} folder
 * @returns {ServiceCertificate}
 */
function filesIn(folder) {
  const [authorityPath = '', certificatePath = '', keyPath = ''] = [
    'authority.pem',
    'certificate.pem',
    'key.pem',
  ].map((name) => join(folder, name));
  return { authorityPath, certificatePath, keyPath };
}

function newKeys() {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

/** @param {import('node:crypto').KeyObject} key */
function pemOf(key) {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/**
 * @param {number} now
 * @param {number} days
 */
function validity(now, days) {
  // The clocks of machines differ.
  return { from: new Date(now - DAY_MS), until: new Date(now + days * DAY_MS) };
}
