import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { ROOT } from '../lib/paths.mjs';

const folder = mkdtempSync(join(tmpdir(), 'parley-checkout-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const git = (...args: string[]) => spawnSync('git', args, { cwd: folder, encoding: 'utf8' });
const name = 'a checkout on Windows has scripts that start in a container: their lines end as on Linux';
const [run, title] = git('--version').status === 0 ? [test, name] : [test.skip, `${name} (no git here)`];

run(title, () => {
  const files = ['.gitattributes', 'nginx/run.sh', 'deploy/docker/instance.sh', 'deploy/coturn/run.sh'];
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    copyFileSync(join(ROOT, file), join(folder, file));
  }
  git('init', '--quiet');
  git('config', 'core.autocrlf', 'true');
  git('add', '.');
  for (const file of files) rmSync(join(folder, file));
  expect(git('checkout', '--', '.').status).toBe(0);
  for (const file of files) expect(readFileSync(join(folder, file), 'utf8')).not.toContain('\r');
});
