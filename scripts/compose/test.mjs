// `npm run test:compose`: tests the compose stack on a real container engine, which runs for the time of the test.
// Installs what is missing, then continues under a current Node. Exits with 77 if there can be no container engine.
import { join } from 'node:path';
import process from 'node:process';
import { ensurePackages } from '../bootstrap/system-packages.mjs';
import { BootstrapError, explain } from '../lib/bootstrap-error.mjs';
import { become } from '../bootstrap/child.mjs';
import { ensureConsul } from '../bootstrap/consul.mjs';
import { INSTALL_ASLEEP } from '../bootstrap/infrastructure.mjs';
import { MODERN_NODE, ROOT } from '../lib/paths.mjs';
import { setUp } from '../bootstrap/setup.mjs';
import { Steps } from '../lib/steps.mjs';

const PACKAGES = [
  'docker.io',
  'docker-compose',
  'mmdebstrap',
  'iproute2',
  'iptables',
  'nftables',
  'openssl',
  'curl',
];
const EXIT_NO_ENGINE = 77;

async function main() {
  const steps = new Steps();
  if (process.getuid?.() !== 0) return refuse('a container engine can only be started by root');
  const { workerPath } = await setUp(steps, { uiBuild: false });
  try {
    await ensurePackages(PACKAGES, 'the test of the compose stack', steps, INSTALL_ASLEEP);
  } catch (error) {
    if (!(error instanceof BootstrapError)) throw error;
    return refuse(`no container engine can be installed (${error.message})`);
  }
  const consulPath = await ensureConsul(steps);
  const flags = ['--disable-warning=ExperimentalWarning', '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON'];
  await become(MODERN_NODE, [...flags, join(ROOT, 'tests', 'compose', 'main.ts')], {
    ...process.env,
    PATH: `${process.env.PATH}:/usr/sbin:/sbin`,
    MEDIASOUP_WORKER_BIN: workerPath,
    CONSUL_BIN: consulPath,
  });
}

/** @param {string} why */
function refuse(why) {
  process.stderr.write(`Nothing was tested: ${why}.\n`);
  process.exit(EXIT_NO_ENGINE);
}

main().catch((error) => {
  process.stderr.write(`\nThe test cannot run: ${explain(error)}\n`);
  process.exit(1);
});
