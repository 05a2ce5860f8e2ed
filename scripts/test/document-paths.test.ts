import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ROOT } from '../lib/paths.mjs';

const FILE = /^[\w@.-]+(?:\/[\w@.-]+)*\/?$/;
const NAMES_A_FILE = /\.(?:ts|tsx|mjs|lua|proto|sh|conf|md)$|\/$/;
const SOURCES = /^(?:services\/[^/]+|ui|proto)\//;

/** Rows of tables, without the question, and items of lists with their further lines. */
function passages(text: string): string[] {
  const found: string[] = [];
  for (const line of text.split('\n')) {
    const isFurther = /^ {2,}\S/.test(line) && found.length > 0;
    const shown = line.startsWith('|') ? line.split('|').slice(2).join('|') : line;
    if (isFurther) found.push(`${found.pop()} ${shown}`);
    else found.push(shown);
  }
  return found;
}

/** The paths of one passage that lead to no file: whole, from the folder of the path before, or from the sources of the same service. */
function lost(passage: string): string[] {
  const paths = [...passage.matchAll(/`([^`]+)`/g)].flatMap(([, path]) => path ?? []);
  const missing: string[] = [];
  let folders: string[] = [];
  for (const path of paths.filter((name) => FILE.test(name) && NAMES_A_FILE.test(name))) {
    const found = ['', ...folders]
      .map((folder) => join(folder, path))
      .find((each) => existsSync(join(ROOT, each)));
    // A name without a folder, such as `config.ts`, stands for the files of all services.
    if (found === undefined && folders.length === 0 && !path.slice(0, -1).includes('/')) continue;
    if (found === undefined) missing.push(path);
    else folders = foldersAfter(found);
  }
  return missing;
}

function foldersAfter(path: string): string[] {
  const [root] = SOURCES.exec(path) ?? [];
  const sources = root === undefined ? [] : [join(root, 'src'), join(root, 'src/call')];
  return [path.endsWith('/') ? path : dirname(path), ...sources];
}

describe('the paths that a document names', () => {
  test.each(['docs/architecture.md', 'CONTRIBUTING.md', 'README.md'])('lead to files: %s', (document) => {
    const text = readFileSync(join(ROOT, document), 'utf8');
    expect(passages(text).flatMap(lost)).toEqual([]);
  });

  test('are noticed when they lead nowhere', () => {
    expect(
      lost('`ui/src/call/call.ts`, `lobby/lobby.ts`, `state/nothing.ts`, `services/nothing.ts`'),
    ).toEqual(['state/nothing.ts', 'services/nothing.ts']);
  });
});
