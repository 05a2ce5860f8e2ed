import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from '../../scripts/lib/command.mjs';
import { ROOT } from '../../scripts/lib/paths.mjs';
import type { Steps } from '../../scripts/lib/steps.mjs';
import type { Engine } from './engine.ts';

const HERE = join(ROOT, 'tests', 'compose', 'stand-ins');
const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt';

/** The targets of stand-ins/Dockerfile, by the repository of the upstream image. */
const TARGETS: Readonly<Record<string, string>> = {
  node: 'node',
  nginx: 'nginx',
  postgres: 'postgres',
  redis: 'redis',
  'prom/prometheus': 'prometheus',
  'coturn/coturn': 'coturn',
  'hashicorp/consul': 'consul',
};

const SERVERS = [
  'nginx-light',
  'libnginx-mod-stream',
  'redis-server',
  'postgresql',
  'prometheus',
  'coturn',
  'libcap2-bin',
  'ca-certificates',
  'wget',
];

type Inputs = { cacheDir: string; consulPath: string; steps: Steps };

/** Whether there is a stand-in for an image. There is none for Grafana, because Debian does not have it. */
export function hasStandIn(image: string): boolean {
  return repository(image) in TARGETS;
}

/** Builds images with the given names from Debian's packages and programs of this machine. */
export async function makeStandIns(engine: Engine, images: readonly string[], inputs: Inputs): Promise<void> {
  await importRoot(engine, 'debian', [], inputs);
  await importRoot(engine, 'servers', SERVERS, inputs);
  const context = join(inputs.cacheDir, 'stand-ins');
  try {
    fillContext(context, inputs.consulPath);
    for (const image of images) {
      const target = TARGETS[repository(image)];
      if (target === undefined) throw new Error(`there is no stand-in for ${image}`);
      await engine.docker(
        'build',
        '--quiet',
        '--network',
        'host',
        '--target',
        target,
        '--tag',
        image,
        context,
      );
    }
  } finally {
    rmSync(context, { recursive: true, force: true });
  }
}

/** Makes an image of Debian packages, unless an earlier run has made it. */
async function importRoot(
  engine: Engine,
  name: string,
  packages: readonly string[],
  inputs: Inputs,
): Promise<void> {
  const { cacheDir, steps } = inputs;
  const image = `parley-standin/${name}`;
  const label = `packages=${packages.join(' ')}`;
  if ((await engine.list('images', '--quiet', '--filter', `label=${label}`, image)).length > 0) return;
  await steps.run(`Making the image ${image} of Debian's packages (about a minute, once)`, async () => {
    const archive = join(cacheDir, `${name}.tar`);
    const include = packages.length > 0 ? [`--include=${packages.join(',')}`] : [];
    const without = ['man', 'doc', 'locale'].map((part) => `--dpkgopt=path-exclude=/usr/share/${part}/*`);
    try {
      await run('mmdebstrap', ['--quiet', '--variant=minbase', ...include, ...without, 'bookworm', archive]);
      await engine.docker('import', '--change', `LABEL "packages"="${packages.join(' ')}"`, archive, image);
    } finally {
      rmSync(archive, { force: true });
    }
  });
}

function fillContext(context: string, consulPath: string): void {
  rmSync(context, { recursive: true, force: true });
  mkdirSync(context, { recursive: true });
  for (const file of ['Dockerfile', 'postgres-entrypoint.sh'])
    copyFileSync(join(HERE, file), join(context, file));
  copyFileSync(realpathSync(process.execPath), join(context, 'node'));
  cpSync(npmFolder(), join(context, 'npm'), { recursive: true });
  copyFileSync(consulPath, join(context, 'consul'));
  writeFileSync(
    join(context, 'certificates.pem'),
    existsSync(CERTIFICATES) ? readFileSync(CERTIFICATES) : '',
  );
}

/** The folder of the npm that started this test. */
function npmFolder(): string {
  const cli = process.env.npm_execpath;
  if (cli === undefined) throw new Error('start this with "npm run test:compose"');
  return dirname(dirname(realpathSync(cli)));
}

function repository(image: string): string {
  return image.split(':')[0] ?? image;
}
