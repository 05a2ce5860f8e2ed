/* Writes the tables of docs/monitoring.md from what the services export. `--check` fails when they are not fresh. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { ROOT } from '../lib/paths.mjs';
import { metricsCatalog, type CatalogEntry } from './metrics-catalog.ts';

const DOCUMENT = join(ROOT, 'docs', 'monitoring.md');
const BEGIN = '<!-- metrics: begin -->';
const END = '<!-- metrics: end -->';

const TITLES: Readonly<Record<string, string>> = {
  media: 'Media',
  signaling: 'Signaling',
  gateway: 'Gateway',
  client: 'Browsers, exported by the gateway',
  logs: 'Log viewer',
  ui: 'Pages',
};

/** The document with fresh tables. */
export async function renderMetricsDocument(document: string): Promise<string> {
  const catalog = await metricsCatalog();
  const groups = new Map(
    [...Object.values(TITLES), 'Every service'].map((title) => [title, [] as CatalogEntry[]]),
  );
  for (const entry of catalog) {
    const title = TITLES[entry.name.split('_')[1] ?? ''] ?? 'Every service';
    groups.get(title)?.push(entry);
  }
  const tables = [...groups].map(
    ([title, entries]) => `### ${title}\n\n${table(entries, title === 'Every service')}`,
  );
  const from = document.indexOf(BEGIN) + BEGIN.length;
  return `${document.slice(0, from)}\n\n${tables.join('\n\n')}\n\n${document.slice(document.indexOf(END))}`;
}

function table(entries: readonly CatalogEntry[], withServices: boolean): string {
  const rows = entries.map(({ name, type, labels, help, services }) => {
    const names = labels.map((label) => `\`${label}\``).join(', ');
    return `| \`${name}\` | ${type} | ${names} | ${help}${withServices ? ` (${services.join(', ')})` : ''} |`;
  });
  return ['| metric | type | labels | meaning |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

if (process.argv[1] === import.meta.filename) {
  const before = readFileSync(DOCUMENT, 'utf8');
  const fresh = await renderMetricsDocument(before);
  if (!process.argv.includes('--check')) writeFileSync(DOCUMENT, fresh);
  else if (before !== fresh) {
    process.stderr.write('docs/monitoring.md is not fresh. Run: npm run docs:generate\n');
    process.exitCode = 1;
  }
}
