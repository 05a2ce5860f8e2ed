/*
 * Writes the generated parts of docs/protocol.md, docs/operations/variables.md and docker-compose.yml. With `--check` the script writes
 * nothing, and fails if a page is stale.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { composeVariables, operationsSection } from './docs/operations.mjs';
import { protocolSection } from './docs/protocol.mjs';

const ROOT = path.resolve(import.meta.dirname, '..');
const END = '<!-- end of what is generated -->';

/**
 * The files by their path. Only the part between the two marks of a file is generated.
 *
 * @type {Readonly<Record<string, { begin: string, end?: string, section: () => string }>>}
 */
const PAGES = {
  'docs/protocol.md': {
    begin: '<!-- generated from proto/ by npm run docs:generate -->',
    section: protocolSection,
  },
  'docs/operations/variables.md': {
    begin: '<!-- generated from the configuration schemas by npm run docs:generate -->',
    section: operationsSection,
  },
  'docker-compose.yml': {
    begin: '# generated from the configuration schemas by npm run docs:generate',
    end: '# end of what is generated',
    section: composeVariables,
  },
};

for (const [name, { begin, end = END, section }] of Object.entries(PAGES)) {
  const file = path.join(ROOT, name);
  const page = readFileSync(file, 'utf8');
  const [first, last] = [page.indexOf(begin), page.indexOf(end)];
  if (first < 0 || last < first) throw new Error(`${name} has lost the marks of its generated part`);
  const fresh = `${page.slice(0, first)}${begin}\n\n${section()}\n\n${page.slice(last)}`;
  if (!process.argv.includes('--check')) writeFileSync(file, fresh);
  else if (page !== fresh) {
    console.error(`${name} is not fresh. Run: npm run docs:generate`);
    process.exitCode = 1;
  }
}
