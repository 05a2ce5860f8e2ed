// `npm run pins`: asks the registries for the dates of everything that this repository fixes the version of, writes them
// to scripts/supply/pins.json, and gives each image in docker-compose.yml and the Dockerfile its newest patch version and
// its digest. For maintainers, on a machine with a network; --only packages or --only images does a part,
// --image-registry URL asks a mirror.
import { join } from 'node:path';
import process from 'node:process';
import { become } from './bootstrap/child.mjs';
import { explain } from './lib/bootstrap-error.mjs';
import { MODERN_NODE, ROOT } from './lib/paths.mjs';
import { proxyEnv } from './lib/proxy.mjs';

become(MODERN_NODE, [join(ROOT, 'scripts', 'supply', 'main.mjs'), ...process.argv.slice(2)], {
  ...process.env,
  ...proxyEnv(),
  NODE_USE_ENV_PROXY: '1',
}).catch((error) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
});
