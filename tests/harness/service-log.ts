import { existsSync, readFileSync } from 'node:fs';

export type LogLine = Record<string, unknown> & { level: string; msg: string };

/** The JSON lines of a service's log file; what is not JSON (Node's own words) is left out. */
export function readLog(path: string): LogLine[] {
  return readText(path)
    .split('\n')
    .flatMap((line) => parseLine(line) ?? []);
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
