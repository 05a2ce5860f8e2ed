// A step of `npm test`: fails when a package in the lock file has a known weakness that is high or critical. Exits with
// 77 if the registry does not offer advisories.
import process from 'node:process';
import { ROOT } from './lib/paths.mjs';
import { askAdvisories } from './supply/advisories.mjs';

const EXIT_NOT_OFFERED = 77;

const { offered, failing, words } = await askAdvisories(ROOT);
for (const line of words) process.stdout.write(`${line}\n`);
if (failing > 0) process.exitCode = 1;
else if (!offered) process.exitCode = EXIT_NOT_OFFERED;
