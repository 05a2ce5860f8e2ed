// `node scripts/certificate.mjs FOLDER [NAME OR ADDRESS ...]`: makes or renews a self-signed certificate.
import { resolve } from 'node:path';
import process from 'node:process';
import { ensureCertificate } from './lib/certificate.mjs';

const [folder, ...names] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Usage: node scripts/certificate.mjs FOLDER [NAME OR ADDRESS ...]');
  process.exit(2);
}
const { certificatePath, keyPath, fingerprint } = await ensureCertificate(resolve(folder), names);
console.log(`certificate: ${certificatePath}\nkey: ${keyPath}\nSHA-256: ${fingerprint}`);
