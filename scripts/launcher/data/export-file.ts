import { closeSync, existsSync, openSync, renameSync, rmSync } from 'node:fs';
import process from 'node:process';
import { LaunchError } from '../base/launch-error.ts';
import { runServiceTool } from '../base/service-tool.ts';
import type { DataOptions } from './data-options.ts';
import type { DataPlaces } from './data-places.ts';
import { ACCOUNTS_TOOL, ROOMS_TOOL } from './data-tools.ts';

/** What the gateway imports depends on the rows of signaling, so those come first. */
const IN_ORDER = [ROOMS_TOOL, ACCOUNTS_TOOL];

/** Writes the sections of all services into one file, and resolves with the exit code. A file that cannot be finished is not there. */
export async function exportWith(places: DataPlaces, { file }: DataOptions): Promise<number> {
  if (file === '-') return await exportTo(1, places);
  if (existsSync(file)) throw new LaunchError(`${file} exists already.`);
  const part = `${file}.${process.pid}.part`;
  try {
    // The file holds what people wrote, so only its owner may read it.
    const output = openSync(part, 'wx', 0o600);
    const code = await exportTo(output, places);
    closeSync(output);
    if (code === 0) renameSync(part, file);
    return code;
  } finally {
    rmSync(part, { force: true });
  }
}

async function exportTo(output: number, places: DataPlaces): Promise<number> {
  for (const { path, env } of IN_ORDER) {
    const code = await runServiceTool(path, ['export', '-'], env(places), ['ignore', output, 'inherit']);
    if (code !== 0) return code;
  }
  return 0;
}
