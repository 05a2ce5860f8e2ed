import { mkdirSync, mkdtempSync, rmSync, writeFileSync, appendFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { silentLogger } from '@parley/common/testing';
import { filterSchema } from '../../src/search/filter.ts';
import { LineMatcher } from '../../src/search/line-matcher.ts';
import { LogFolder } from '../../src/files/log-folder.ts';
import type { LineKey } from '../../src/lines/line-key.ts';
import type { LogLine } from '../../src/lines/log-line.ts';
import { RoomAliases } from '../../src/search/room-aliases.ts';
import { Search } from '../../src/search/search.ts';

export const START = Date.parse('2026-11-20T12:00:00.000Z');

/** A folder of log files that a test writes itself. */
export class LogFixture {
  readonly directory = mkdtempSync(join(tmpdir(), 'parley-logs-'));
  readonly folder = new LogFolder(this.directory, silentLogger);

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  write(name: string, lines: readonly string[]): string {
    const path = join(this.directory, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, lines.map((line) => `${line}\n`).join(''));
    return path;
  }

  append(name: string, ...lines: readonly string[]): void {
    const path = join(this.directory, name);
    mkdirSync(dirname(path), { recursive: true });
    appendFileSync(path, lines.map((line) => `${line}\n`).join(''));
  }

  async search(
    filter: Record<string, string> = {},
    options: Partial<{
      order: 'newest' | 'oldest';
      after: LineKey;
      linesMax: number;
      limit: number;
      signal: AbortSignal;
    }> = {},
  ): Promise<LogLine[]> {
    const search = await this.prepare(filter, options);
    const lines: LogLine[] = [];
    for await (const batch of search.run()) {
      lines.push(...batch);
      if (options.limit !== undefined && lines.length >= options.limit) break;
    }
    return lines.slice(0, options.limit);
  }

  async prepare(
    filter: Record<string, string>,
    options: Partial<{
      order: 'newest' | 'oldest';
      after: LineKey;
      linesMax: number;
      signal: AbortSignal;
    }> = {},
  ): Promise<Search> {
    return new Search({
      files: await this.folder.files(),
      matcher: new LineMatcher(filterSchema.parse(filter), new RoomAliases(ROOM_KEY)),
      order: options.order ?? 'oldest',
      after: options.after,
      linesMax: options.linesMax ?? 1_000,
      charactersMax: 16_000_000,
      signal: options.signal ?? new AbortController().signal,
    });
  }
}

export const ROOM_KEY = 'the-key-of-this-installation';

/** A line as our services write it. */
export function line(time: number, fields: Record<string, unknown> = {}): string {
  const { level = 'info', service = 'media', msg = 'hello', ...more } = fields;
  return JSON.stringify({ level, time: new Date(time).toISOString(), service, pid: 1, ...more, msg });
}

export function messages(lines: readonly LogLine[]): (string | undefined)[] {
  return lines.map((found) => found.message);
}
