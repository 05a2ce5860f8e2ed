import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { compileObjects } from '../bootstrap/worker-objects.mjs';
import { Steps } from '../lib/steps.mjs';

/**
 * A compiler that writes down what it compiles and how many compile beside it. It fails while a file `<source>.fails` is there, and takes
 * one line of that file each time.
 */
const COMPILER = `#!/bin/sh
file=$(basename "$2")
touch running/$file
echo "$file $(ls running | wc -l)" >> compiled
sleep 0.05
fails=$(wc -l 2>/dev/null < $file.fails || echo 0)
rm running/$file
if [ "$fails" -gt 0 ]; then
  sed -i 1d $file.fails
  echo 'g++: internal compiler error: Segmentation fault signal terminated program cc1plus'
  exit 4
fi
echo object > "$4"
`;

const SOURCES = ['a.cpp', 'b.cpp', 'c.cpp', 'd.cpp', 'e.cpp', 'f.cpp'];
const path = process.env.PATH;
let folder: string;
let said: string;
const steps = new Steps(
  Object.assign(
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        said += chunk.toString();
        done();
      },
    }),
    { isTTY: false },
  ),
);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-objects-'));
  said = '';
  mkdirSync(join(folder, 'bin'));
  mkdirSync(join(folder, 'running'));
  writeFileSync(join(folder, 'bin', 'g++'), COMPILER, { mode: 0o755 });
  process.env.PATH = [join(folder, 'bin'), path].join(delimiter);
});

afterEach(() => {
  process.env.PATH = path;
  rmSync(folder, { recursive: true, force: true });
});

function failing(file: string, times: number): void {
  writeFileSync(join(folder, `${file}.fails`), 'fails\n'.repeat(times));
}

function compile(): Promise<string[]> {
  return compileObjects({ folder, sources: SOURCES, flags: [], jobs: 2, steps });
}

/** Each run of the compiler: its source, and how many ran then. */
function runs(): string[] {
  return readFileSync(join(folder, 'compiled'), 'utf8').trim().split('\n');
}

test('every source becomes an object, and one that is there already is not compiled again', async () => {
  const objects = await compile();
  expect(objects).toEqual(SOURCES.map((file) => join('objects', `${file}.o`)));
  for (const object of objects) expect(existsSync(join(folder, object))).toBe(true);
  await compile();
  expect(runs()).toHaveLength(SOURCES.length);
});

test('a source whose compiler crashed once is compiled once more at the end, alone', async () => {
  failing('b.cpp', 1);
  const objects = await compile();
  for (const object of objects) expect(existsSync(join(folder, object))).toBe(true);
  expect(runs()).toHaveLength(SOURCES.length + 1);
  expect(runs().at(-1)).toBe('b.cpp 1');
  expect(said).toContain('compiling b.cpp once more, alone');
});

test('a source that fails again ends the build with what the compiler wrote, and the next build has the others', async () => {
  failing('b.cpp', 2);
  await expect(compile()).rejects.toThrow(/Compiling b\.cpp failed[^]*internal compiler error/);
  const before = runs().length;
  await compile();
  expect(runs().slice(before)).toEqual(['b.cpp 1']);
});

test('when many sources fail, the build ends at once', async () => {
  for (const file of SOURCES) failing(file, 2);
  await expect(compile()).rejects.toThrow(/internal compiler error/);
  expect(runs().length).toBeLessThan(SOURCES.length);
});
