// A step of the Dockerfile: puts the mediasoup worker, and the list of the Debian packages that it needs, into a
// folder.
import { chmodSync, copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { ensurePackages } from '../bootstrap/system-packages.mjs';
import { explain } from '../lib/bootstrap-error.mjs';
import { run } from '../lib/command.mjs';
import { ROOT } from '../lib/paths.mjs';
import { Steps } from '../lib/steps.mjs';
import { LIBRARIES } from '../bootstrap/worker-build.mjs';
import { ensureWorker } from '../bootstrap/worker.mjs';

const GIVEN = join(ROOT, 'deploy', 'worker', 'mediasoup-worker');

/** @param {string} target */
async function main(target) {
  const steps = new Steps();
  if (existsSync(GIVEN)) {
    await ensurePackages(LIBRARIES, 'the mediasoup worker', steps);
    process.env.MEDIASOUP_WORKER_BIN = GIVEN;
  }
  const worker = await ensureWorker(steps);
  // The prebuilt worker contains its libraries. A worker that was built here loads Debian's.
  const usesDebians = (await run('ldd', [worker])).includes('libsrtp2.so');
  mkdirSync(target, { recursive: true });
  const copy = join(target, 'mediasoup-worker');
  copyFileSync(worker, copy);
  // The user who runs the worker is not the one who makes the image, and a worker that was given may have any rights.
  chmodSync(copy, 0o755);
  writeFileSync(join(target, 'packages'), usesDebians ? `${LIBRARIES.join('\n')}\n` : '');
}

main(process.argv[2] ?? '.').catch((error) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
});
