// A step of `npm test`: fails when a package in the lock file has a licence that scripts/lint/licences.mjs does not allow.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { ROOT } from './lib/paths.mjs';
import { licenceProblems } from './lint/licences.mjs';

const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
const problems = licenceProblems(packages);
for (const problem of problems) console.error(problem);
if (problems.length > 0) {
  console.error('\nTake another package, or allow the licence with a reason in scripts/lint/licences.mjs.');
  process.exitCode = 1;
}
