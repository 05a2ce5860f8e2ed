/*
 * Writes the generated parts of docs/protocol.md and docs/operations/variables.md. With `--check` the script writes
 * nothing, and fails if a page is stale.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { operationsSection } from './docs/operations.mjs';
import { protocolSection } from './docs/protocol.mjs';

const DOCS = path.resolve(import.meta.dirname, '../docs');
const END = '<!-- end of what is generated -->';

/** The pages by their path in docs/. Only the part between the two marks of a page is generated. */
const PAGES = {
  'protocol.md': {
    begin: '<!-- generated from proto/ by npm run docs:generate -->',
    section: protocolSection,
  },
  'operations/variables.md': {
    begin: '<!-- generated from the configuration schemas by npm run docs:generate -->',
    section: operationsSection,
  },
};

for (const [name, { begin, section }] of Object.entries(PAGES)) {
  const file = path.join(DOCS, name);
  const page = readFileSync(file, 'utf8');
  const [first, last] = [page.indexOf(begin), page.indexOf(END)];
  if (first < 0 || last < first) throw new Error(`docs/${name} has lost the marks of its generated part`);
  const fresh = `${page.slice(0, first)}${begin}\n\n${section()}\n\n${page.slice(last)}`;
  if (!process.argv.includes('--check')) writeFileSync(file, fresh);
  else if (page !== fresh) {
    console.error(`docs/${name} is not fresh. Run: npm run docs:generate`);
    process.exitCode = 1;
  }
}
