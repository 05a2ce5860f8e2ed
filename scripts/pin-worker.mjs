// `npm run worker:pin`: downloads the prebuilt workers of the mediasoup version in use and writes their SHA-256 to
// scripts/bootstrap/worker-digests.json. For whoever raises that version, on a machine that reaches mediasoup's releases.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { explain } from './lib/bootstrap-error.mjs';
import { ROOT } from './lib/paths.mjs';
import {
  DIGESTS,
  downloadArchive,
  nameOf,
  prebuiltUrls,
  PUBLISHED_KERNELS,
} from './bootstrap/worker-prebuilt.mjs';

async function main() {
  const folder = mkdtempSync(join(tmpdir(), 'parley-pin-'));
  const packageDir = join(ROOT, 'node_modules', 'mediasoup');
  /** @type {Record<string, string>} */
  const digests = {};
  try {
    for (const url of ['x64', 'arm64'].flatMap((arch) =>
      prebuiltUrls(packageDir, PUBLISHED_KERNELS[0], arch),
    ))
      digests[nameOf(url)] = await downloadArchive(url, join(folder, 'archive'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  writeFileSync(process.argv[2] ?? DIGESTS, `${JSON.stringify(digests, null, 2)}\n`);
}

main().catch((error) => {
  process.stderr.write(`Nothing was written: ${explain(error)}\n`);
  process.exit(1);
});
