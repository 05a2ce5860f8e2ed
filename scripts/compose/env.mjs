// `npm run compose:env`: writes `.env` for docker-compose.yml, with the properties of this machine and new secrets,
// makes a certificate, and lets containers read what they mount. Keeps every value that `.env` has already. Uses Node's built-in modules alone.
import { chmodSync, chownSync, existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { BootstrapError, explain } from '../lib/bootstrap-error.mjs';
import { ROOT } from '../lib/paths.mjs';
import { ensureCertificate } from '../lib/certificate.mjs';
import { CERTIFIED_NAMES, ensureServiceCertificates, SERVER_NAMES } from '../lib/service-certificates.mjs';
import { addressesToAnnounce, complete, readValues, settings } from './env-file.mjs';
import { makeMountsReadable, MOUNTED } from './mounts.mjs';

const FILE = join(ROOT, '.env');
const CERTIFICATE = join(ROOT, '.parley', 'certificate');
// The user of nginx in its container; see docker-compose.yml.
const EDGE_GROUP = 10_006;
const NOBODYS_GROUP = 65_534;
const SERVICE_CERTIFICATES = join(ROOT, '.parley', 'tls');
/**
 * The users of the services in their containers (see Dockerfile), and of the servers: PostgreSQL and Redis have those of their images.
 *
 * @type {Readonly<Record<string, number>>}
 */
const CONTAINER_USERS = {
  media: 10_001,
  signaling: 10_002,
  gateway: 10_003,
  postgres: 999,
  redis: 999,
  consul: 10_007,
};

/** Only root can give a file to another group. */
function certificateGroup() {
  return process.getuid?.() === 0 ? EDGE_GROUP : (process.getgid?.() ?? 0);
}

/** Root gives each key to the user of its container, so no group has to read it. */
function keyGroup() {
  return process.getuid?.() === 0 ? NOBODYS_GROUP : (process.getgid?.() ?? 0);
}

/**
 * The certificates by which the services know each other and their servers.
 *
 * @param {Map<string, string>} values
 */
function shareServiceCertificates(values) {
  const isRoot = process.getuid?.() === 0;
  ensureServiceCertificates(SERVICE_CERTIFICATES, [...CERTIFIED_NAMES, ...SERVER_NAMES], {
    ownerOf: (name) => {
      const uid = CONTAINER_USERS[name];
      // The doctor runs as the operator.
      if (uid === undefined) return {};
      return isRoot ? { uid, gid: uid } : { gid: Number(values.get('INTERNAL_TLS_GROUP')), mode: 0o640 };
    },
  });
}

async function main() {
  // The rights of files are those that the code names. With a umask such as 077 containers could not read what is for them.
  process.umask(0o022);
  const before = existsSync(FILE) ? readFileSync(FILE, 'utf8') : '';
  const machine = {
    // The name of the variable while there was one address.
    addresses: readValues(before).get('ANNOUNCED_ADDRESS')?.split(',') ?? addressesToAnnounce(),
    cores: availableParallelism(),
    certificateGroup: certificateGroup(),
    keyGroup: keyGroup(),
  };
  const { text, added } = complete(before, settings(machine));
  if (added.length > 0) {
    const part = `${FILE}.${process.pid}.part`;
    writeFileSync(part, text, { mode: 0o600, flag: 'wx' });
    if (existsSync(FILE)) chownSync(part, statSync(FILE).uid, statSync(FILE).gid);
    renameSync(part, FILE);
  }
  chmodSync(FILE, 0o600);
  const values = readValues(text);
  shareMounts();
  await shareCertificate(values);
  shareServiceCertificates(values);
  report(added, values);
}

function shareMounts() {
  const [closed] = makeMountsReadable(ROOT);
  if (closed === undefined) return;
  throw new BootstrapError(
    `Containers may not read ${closed}, which belongs to somebody else. Its owner has to run this: chmod -R a+rX ${MOUNTED.join(' ')}`,
  );
}

/** @param {Map<string, string>} values */
async function shareCertificate(values) {
  if (values.get('CERTIFICATE_DIR')) return;
  const names = `${values.get('ANNOUNCED_ADDRESSES')},${values.get('EDGE_NAMES') ?? ''}`.split(/[\s,]+/);
  const { keyPath } = await ensureCertificate(
    CERTIFICATE,
    names.filter((name) => name !== ''),
  );
  // nginx has the folder and not only its files: they are replaced, and a mount of a file would keep the old one.
  for (const [path, mode] of /** @type {const} */ ([
    [CERTIFICATE, 0o750],
    [keyPath, 0o640],
  ])) {
    chownSync(path, process.getuid?.() ?? 0, Number(values.get('CERTIFICATE_GROUP')));
    chmodSync(path, mode);
  }
}

/**
 * @param {string[]} added
 * @param {Map<string, string>} values
 */
function report(added, values) {
  const what = added.length > 0 ? `.env now has ${added.join(', ')}.` : '.env has everything already.';
  process.stdout.write(
    `${what}\nBrowsers will send media to ${values.get('ANNOUNCED_ADDRESSES')}. If they reach this machine at other addresses, change ANNOUNCED_ADDRESSES in .env.\n`,
  );
}

main().catch((error) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
});
