// `npm run service:certificate -- NAME FOLDER [--stack]`: a certificate by which a service on another machine knows the services here, and they it.
// Uses Node's built-in modules alone.
import { join, resolve } from 'node:path';
import process from 'node:process';
import { BootstrapError, explain } from './lib/bootstrap-error.mjs';
import { dataDir } from './lib/paths.mjs';
import { CERTIFIED_NAMES, makeServiceCertificate, SERVER_NAMES } from './lib/service-certificates.mjs';

const args = process.argv.slice(2).filter((arg) => arg !== '--stack');
const [name, folder, ...more] = args;

try {
  if (!name || !folder || more.length > 0)
    throw new BootstrapError(
      `Say for which service and into which folder:\n  npm run service:certificate -- ${[...CERTIFIED_NAMES, ...SERVER_NAMES].join('|')} FOLDER [--stack]`,
    );
  const home = process.argv.includes('--stack') ? join(dataDir(), 'stack') : dataDir();
  const { keyPath } = makeServiceCertificate(join(home, 'tls'), name, resolve(folder));
  process.stdout.write(
    `${resolve(folder)} has authority.pem, certificate.pem and key.pem for ${name}. Bring them to its machine in a safe way; nobody but the service may read ${keyPath}.\n`,
  );
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
}
