/*
 * Writes monitoring/grafana/dashboards/*.json from scripts/dashboards. With `--check` the script writes nothing, and fails
 * if a file is stale.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { life } from './dashboards/life.mjs';
import { media } from './dashboards/media.mjs';
import { overview } from './dashboards/overview.mjs';
import { quality } from './dashboards/quality.mjs';
import { signaling } from './dashboards/signaling.mjs';

const DIRECTORY = path.resolve(import.meta.dirname, '../monitoring/grafana/dashboards');

for (const [name, dashboard] of Object.entries({ overview, media, signaling, quality, life })) {
  const file = path.join(DIRECTORY, `${name}.json`);
  const fresh = `${JSON.stringify(dashboard, null, 2)}\n`;
  if (!process.argv.includes('--check')) writeFileSync(file, fresh);
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== fresh) {
    console.error(`${file} is not fresh. Run: npm run dashboards:generate`);
    process.exitCode = 1;
  }
}
