import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type LogLine = Record<string, unknown> & { level: string; msg: string };

/** The text of all log files in a folder, by name. Empty if there is no such folder. */
export function readLogFiles(folder: string): string {
  if (!existsSync(folder)) return '';
  const names = readdirSync(folder).sort();
  return names.map((name) => readText(join(folder, name))).join('');
}

/** The lines that are JSON. Other lines are left out. */
export function readLines(text: string): LogLine[] {
  return text.split('\n').flatMap((line) => parseLine(line) ?? []);
}

export function readText(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

function parseLine(line: string): LogLine | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as LogLine;
  } catch {
    return undefined;
  }
}
