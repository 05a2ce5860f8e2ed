import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ROOT } from '../lib/paths.mjs';
import { licenceProblems } from '../lint/licences.mjs';

test('every package of the lock file has a licence that is allowed', () => {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { license?: string }>;
  };
  expect(licenceProblems(packages)).toEqual([]);
});

test.each([
  ['GPL-3.0-only', 'node_modules/left-pad has the licence GPL-3.0-only'],
  ['AGPL-3.0-or-later', 'node_modules/left-pad has the licence AGPL-3.0-or-later'],
  ['MPL-2.0', 'node_modules/left-pad has the licence MPL-2.0'],
  ['SEE LICENSE IN LICENSE', 'node_modules/left-pad has the licence SEE LICENSE IN LICENSE'],
  [undefined, 'node_modules/left-pad names no licence'],
])('a package with the licence %s fails', (license, problem) => {
  const entry = license === undefined ? {} : { license };
  expect(licenceProblems({ 'node_modules/left-pad': entry })).toEqual([problem]);
});

test('an exception is for its packages and its licence alone, however deep the package lies', () => {
  expect(licenceProblems({ 'node_modules/a/node_modules/axe-core': { license: 'MPL-2.0' } })).toEqual([]);
  expect(licenceProblems({ 'node_modules/axe-core': { license: 'GPL-3.0-only' } })).toHaveLength(1);
  expect(licenceProblems({ 'node_modules/my-axe-core': { license: 'MPL-2.0' } })).toHaveLength(1);
});

test('the workspaces are left out', () => {
  expect(licenceProblems({ '': {}, ui: {}, 'node_modules/@parley/ui': { link: true } })).toEqual([]);
});
