import { parseArgs } from 'node:util';
import { resolve } from 'node:path';
import { LaunchError } from '../base/launch-error.ts';

const USAGE =
  'npm run data -- export FILE [--stack] [--programs FOLDER]\n  npm run data -- import FILE [--stack] [--replace]';

export interface DataOptions {
  readonly command: 'export' | 'import';
  /** An absolute path, or "-" for standard input or output. */
  readonly file: string;
  /** The installation of `npm run stack` instead of that of `npm start`. */
  readonly isStack: boolean;
  /** Whether an import removes what is there. */
  readonly replace: boolean;
  /** The folder with the programs of PostgreSQL that made the database, where they are not found by themselves. */
  readonly programs: string | undefined;
}

export function readDataOptions(args: readonly string[]): DataOptions {
  const { values, positionals } = parse(args);
  const [command, file, ...more] = positionals;
  if ((command !== 'export' && command !== 'import') || !file || more.length > 0)
    throw new LaunchError(`Say what to do, and one file.\n  ${USAGE}`);
  return {
    command,
    file: file === '-' ? file : resolve(file),
    isStack: values.stack ?? false,
    replace: values.replace ?? false,
    programs: values.programs,
  };
}

function parse(args: readonly string[]) {
  const options = {
    stack: { type: 'boolean' },
    replace: { type: 'boolean' },
    programs: { type: 'string' },
  } as const;
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new LaunchError(`${error instanceof Error ? error.message : String(error)}\n  ${USAGE}`);
  }
}
