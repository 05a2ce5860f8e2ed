// Started by scripts/data.mjs under a current Node. Finds the database of an installation; the data tool of signaling does the work.
import { join } from 'node:path';
import process from 'node:process';
import { explain } from '../../lib/bootstrap-error.mjs';
import { dataDir, ROOT } from '../../lib/paths.mjs';
import { Steps } from '../../lib/steps.mjs';
import { LaunchError } from '../base/launch-error.ts';
import { takeSecretFiles } from '../base/secret-files.ts';
import { runServiceTool } from '../base/service-tool.ts';
import { readRunning } from '../system/running-file.ts';
import { readDataOptions } from './data-options.ts';
import type { DataOptions } from './data-options.ts';
import { withOwnDatabase } from './own-database.ts';

/** Where the database is, and how it proves itself. */
const OF_DATABASE = /^DATABASE_/;
const TOOL = join(ROOT, 'services', 'signaling', 'src', 'data.ts');

async function main(): Promise<number> {
  takeSecretFiles(process.env);
  const options = readDataOptions(process.argv.slice(2));
  const folder = options.isStack ? join(dataDir(), 'stack') : dataDir();
  if (!options.isStack && process.env.DATABASE_URL) return await runTool(options, {});
  const running = databaseOfRunning(folder, options);
  if (running) return await runTool(options, running);
  // Standard output may be the export.
  return await withOwnDatabase(folder, options, new Steps(process.stderr), ({ url }) =>
    runTool(options, { DATABASE_URL: url }),
  );
}

/** An export may happen while people talk. An import may not. */
function databaseOfRunning(folder: string, { command }: DataOptions): NodeJS.ProcessEnv | undefined {
  const running = readRunning(folder);
  if (running && command === 'import')
    throw new LaunchError(`Parley runs with ${folder}. Stop it first, then import.`);
  const env = running?.services.find((service) => service.env.DATABASE_URL)?.env;
  return env && Object.fromEntries(Object.entries(env).filter(([name]) => OF_DATABASE.test(name)));
}

function runTool({ command, file, replace }: DataOptions, database: NodeJS.ProcessEnv): Promise<number> {
  return runServiceTool(TOOL, [command, file, ...(replace ? ['--replace'] : [])], database);
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    const reason = error instanceof LaunchError ? error.message : explain(error);
    process.stderr.write(`\nThe data cannot be moved: ${reason}\n`);
    process.exit(1);
  },
);
