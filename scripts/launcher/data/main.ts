// Started by scripts/data.mjs under a current Node. Finds the database of an installation; the data tool of signaling does the work.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';
import { explain } from '../../lib/bootstrap-error.mjs';
import { dataDir, ROOT } from '../../lib/paths.mjs';
import { Steps } from '../../lib/steps.mjs';
import { LaunchError } from '../base/launch-error.ts';
import { takeSecretFiles } from '../base/secret-files.ts';
import { readRunning } from '../system/running-file.ts';
import { readDataOptions } from './data-options.ts';
import type { DataOptions } from './data-options.ts';
import { withOwnDatabase } from './own-database.ts';

const TOOL = join(ROOT, 'services', 'signaling', 'src', 'data.ts');

async function main(): Promise<number> {
  takeSecretFiles(process.env);
  const options = readDataOptions(process.argv.slice(2));
  const folder = options.isStack ? join(dataDir(), 'stack') : dataDir();
  const given = options.isStack ? undefined : process.env.DATABASE_URL;
  const known = given ?? databaseOfRunning(folder, options);
  if (known) return await runTool(options, known);
  // Standard output may be the export.
  return await withOwnDatabase(folder, options, new Steps(process.stderr), (url) => runTool(options, url));
}

/** An export may happen while people talk. An import may not. */
function databaseOfRunning(folder: string, { command }: DataOptions): string | undefined {
  const running = readRunning(folder);
  if (running && command === 'import')
    throw new LaunchError(`Parley runs with ${folder}. Stop it first, then import.`);
  return running?.services.find(({ env }) => env.DATABASE_URL)?.env.DATABASE_URL;
}

async function runTool({ command, file, replace }: DataOptions, databaseUrl: string): Promise<number> {
  const args = [command, file, ...(replace ? ['--replace'] : [])];
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', TOOL, ...args], {
    env: { ...process.env, DATABASE_URL: databaseUrl },
    stdio: 'inherit',
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    const reason = error instanceof LaunchError ? error.message : explain(error);
    process.stderr.write(`\nThe data cannot be moved: ${reason}\n`);
    process.exit(1);
  },
);
