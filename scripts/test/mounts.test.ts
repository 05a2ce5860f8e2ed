import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { makeMountsReadable, MOUNTED } from '../compose/mounts.mjs';
import { ROOT } from '../lib/paths.mjs';

const text = readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8');
const dockerfile = readFileSync(join(ROOT, 'Dockerfile'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'parley-mounts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The part of the Dockerfile that makes a target. */
function stage(target: string): string {
  const [, rest = ''] = dockerfile.split(new RegExp(`^FROM \\S+ AS ${target}$`, 'm'));
  return rest.split(/^FROM /m)[0] ?? '';
}

describe('a checkout that only its owner may read, as with a umask of 077', () => {
  test('has everything that containers mount opened by compose:env', () => {
    const checkout = join(folder, 'checkout');
    const files = [
      ...MOUNTED.map((name) => join(checkout, name, 'inner', 'file.conf')),
      join(checkout, 'nginx', 'run.sh'),
    ];
    for (const path of files) {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      writeFileSync(path, '', { mode: path.endsWith('.sh') ? 0o700 : 0o600 });
    }
    const secret = join(checkout, '.env');
    writeFileSync(secret, '', { mode: 0o600 });
    expect(makeMountsReadable(checkout)).toEqual([]);
    const rights = (path: string) => (statSync(path).mode & 0o777).toString(8);
    expect(files.map(rights)).toEqual([...MOUNTED.map(() => '644'), '755']);
    expect(MOUNTED.map((name) => rights(join(checkout, name, 'inner')))).toEqual(MOUNTED.map(() => '755'));
    expect(rights(secret)).toBe('600');
  });

  test('has no other folder that containers mount', () => {
    const folders = [...text.matchAll(/['\s]\.\/(\w+)/g)].map(([, name = '']) => name);
    expect([...new Set(folders)].toSorted()).toEqual(MOUNTED.toSorted());
  });

  test.each(['media', 'signaling', 'gateway', 'logs'])(
    'gives the image of %s files that its user may read',
    (target) => {
      const copied = [...stage(target).matchAll(/^COPY (.*)$/gm)].map(([, rest = '']) => rest);
      expect(copied.length).toBeGreaterThan(1);
      for (const rest of copied) expect(rest).toMatch(/^--from=\S+ /);
      expect(stage('checkout')).toMatch(/^COPY services services\nRUN chmod -R a\+rX proto services$/m);
      expect(stage('base')).toMatch(/^COPY .* deploy\/docker\/\nRUN chmod -R a\+rX deploy$/m);
    },
  );
});
