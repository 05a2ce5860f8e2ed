// Started by scripts/data.mjs under a current Node. Finds the database and the files of an installation; the data tools of the services do the
// work: that of signaling moves rooms, that of the gateway accounts and files.
import process from 'node:process';
import { explain } from '../../lib/bootstrap-error.mjs';
import { LaunchError } from '../base/launch-error.ts';
import { takeSecretFiles } from '../base/secret-files.ts';
import { readDataOptions } from './data-options.ts';
import { withPlaces } from './data-places.ts';
import { exportWith } from './export-file.ts';
import { importWith } from './import-file.ts';

async function main(): Promise<number> {
  takeSecretFiles(process.env);
  const options = readDataOptions(process.argv.slice(2));
  return await withPlaces(options, (places) =>
    options.command === 'export' ? exportWith(places, options) : importWith(places, options),
  );
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    const reason = error instanceof LaunchError ? error.message : explain(error);
    process.stderr.write(`\nThe data cannot be moved: ${reason}\n`);
    process.exit(1);
  },
);
