import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from '@jest/globals';

test('the generated types and capabilities are those of the contract', () => {
  const root = path.resolve(import.meta.dirname, '../..');
  const check = () => execFileSync(process.execPath, [path.join(root, 'scripts/generate-proto.mjs'), '--check'], { stdio: 'pipe' });
  expect(check).not.toThrow();
});
