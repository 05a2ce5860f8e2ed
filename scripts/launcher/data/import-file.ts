import { createWriteStream, lchownSync, lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { pipeline } from 'node:stream/promises';
import { runServiceTool } from '../base/service-tool.ts';
import type { DataOptions } from './data-options.ts';
import type { DataPlaces } from './data-places.ts';
import { ACCOUNTS_TOOL, ROOMS_TOOL } from './data-tools.ts';

/** The gateway, which has the bytes, is the one that may find no room for them. */
const IN_ORDER = [ACCOUNTS_TOOL, ROOMS_TOOL];
const EVERYTHING = [ROOMS_TOOL, ACCOUNTS_TOOL];

/**
 * Lets each service import what it owns from the file, and resolves with the exit code. Each tries it first, and takes that back: what one of
 * them refuses, none imports.
 */
export async function importWith(places: DataPlaces, { file, replace }: DataOptions): Promise<number> {
  const folder = file === '-' ? mkdtempSync(join(tmpdir(), 'parley-import-')) : undefined;
  try {
    const path = folder === undefined ? file : await keepInput(folder);
    const args = ['import', path, ...(replace ? ['--replace'] : [])];
    for (const tool of EVERYTHING) {
      const code = await runServiceTool(tool.path, [...args, '--trial'], tool.env(places));
      if (code !== 0) return code;
    }
    for (const tool of IN_ORDER) {
      const code = await runServiceTool(tool.path, args, tool.env(places));
      if (code !== 0) return code;
    }
    giveFiles(places.accounts.FILES_DIR);
    return 0;
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true });
  }
}

/** Standard input, which can be read once, as a file. */
async function keepInput(folder: string): Promise<string> {
  const path = join(folder, 'data');
  await pipeline(process.stdin, createWriteStream(path, { mode: 0o600 }));
  return path;
}

/** Files that root has written belong to whom their folder belongs to, as which the gateway runs. */
function giveFiles(folder: string | undefined): void {
  if (folder === undefined || process.getuid?.() !== 0) return;
  const { uid, gid } = lstatSync(folder);
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    lchownSync(join(folder, name), uid, gid);
}
