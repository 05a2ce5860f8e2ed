import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from '@jest/globals';
import { ROOT } from '../lib/paths.mjs';

const FILES_MAX = 20;

const SOURCES = [
  ...[
    'proto',
    'services/common',
    'services/media',
    'services/signaling',
    'services/gateway',
    'services/logs',
  ].map((workspace) => `${workspace}/src`),
  'ui/src',
  'scripts',
];

/** Generated types stand side by side because their generator puts them so. */
const GENERATED = 'proto/src/grpc/generated';
/** Each test file has the name of what it tests. */
const TESTS = 'scripts/test';

/** The number of files side by side, by folder. */
function countFiles(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const source of SOURCES)
    for (const entry of readdirSync(join(ROOT, source), { recursive: true, withFileTypes: true })) {
      const folder = relative(ROOT, entry.parentPath);
      if (entry.isFile() && ![GENERATED, TESTS].some((other) => folder.startsWith(other)))
        counts.set(folder, (counts.get(folder) ?? 0) + 1);
    }
  return counts;
}

test('no folder of source has more files side by side than a reader takes in', () => {
  const counts = countFiles();
  expect(counts.get('services/gateway/src/http')).toBeGreaterThan(0);
  expect([...counts].filter(([, files]) => files > FILES_MAX)).toEqual([]);
});
