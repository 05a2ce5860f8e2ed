// Looks for words that the comments of this project avoid: a sentence that begins with "Who", and "told" or "tell". Says where, and how many
// there are in each folder. CONTRIBUTING.md says how to write instead.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { ROOT } from './lib/paths.mjs';
import { TOLD_LINES_MAX, wordProblems } from './lint/words.mjs';

const FOLDERS = ['attack', 'bench', 'faults', 'proto', 'scripts', 'services', 'tests', 'ui'];
const SOURCE = /\.(?:tsx?|mjs|js|proto|lua)$/;
// The files of this check name the words that it looks for, and generated files repeat the comments of their source.
const LEFT_OUT =
  /^(?:scripts\/(?:lint\/words\.mjs|check-words\.mjs|test\/words\.test\.ts)$|proto\/src\/grpc\/generated\/)/;

const files = execFileSync('git', ['ls-files', ...FOLDERS], { cwd: ROOT, encoding: 'utf8' })
  .split('\n')
  .filter((file) => SOURCE.test(file) && !LEFT_OUT.test(file));

/** @type {Map<string, { headless: number, told: number }>} */
const counts = new Map();
const total = { headless: 0, told: 0 };
for (const file of files) {
  const { headless, told } = wordProblems(readFileSync(join(ROOT, file), 'utf8'));
  for (const { line, words } of headless) console.log(`${file}:${line}: begins with "Who": ${words}`);
  for (const { line, words } of told) console.log(`${file}:${line}: ${words}`);
  const folder = file
    .split('/')
    .slice(0, file.startsWith('services/') ? 2 : 1)
    .join('/');
  const count = counts.get(folder) ?? { headless: 0, told: 0 };
  counts.set(folder, { headless: count.headless + headless.length, told: count.told + told.length });
  total.headless += headless.length;
  total.told += told.length;
}
for (const [folder, { headless, told }] of counts)
  console.log(`${folder.padEnd(20)} begins with "Who": ${headless}, told or tell: ${told}`);
console.log(`${'in all'.padEnd(20)} begins with "Who": ${total.headless}, told or tell: ${total.told}`);
process.exitCode = total.headless === 0 && total.told <= TOLD_LINES_MAX ? 0 : 1;
