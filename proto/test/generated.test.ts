import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from '@jest/globals';

const root = path.resolve(import.meta.dirname, '../..');

test.each([
  ['the generated types and capabilities', 'scripts/generate-proto.mjs'],
  ['docs/protocol.md and docs/operations/variables.md', 'scripts/generate-docs.mjs'],
])('%s are those of the contract', (_, script) => {
  const check = () => execFileSync(process.execPath, [path.join(root, script), '--check'], { stdio: 'pipe' });
  expect(check).not.toThrow();
});
