import { encodeCursor } from './line-cursor.ts';
import type { LogFile } from '../files/log-file.ts';
import type { LineKey } from './line-key.ts';

/** The part of a line that is sent to the page. A download has the whole line, up to LINE_BYTES_MAX. */
const SHOWN_CHARACTERS_MAX = 16 * 1024;
const FIELD_CHARACTERS_MAX = 256;
const MESSAGE_CHARACTERS_MAX = 2_000;

export const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export type Level = (typeof LEVELS)[number];

/** The order of lines of one millisecond: the way of a request through the services. */
const RANKS: Readonly<Record<string, number>> = { browser: 0, ui: 1, gateway: 2, signaling: 3, media: 4 };
const RANK_OF_OTHERS = 5;
/** Added to the rank of text that a process printed: the line before it, whose time it has, is in another file. */
const AFTER_ITS_LINE = 10;

export type LogLine = LineKey & {
  instance: string;
  service: string;
  level: Level | undefined;
  message: string | undefined;
  trace: string | undefined;
  room: string | undefined;
  peer: string | undefined;
  /** The line as the file has it, without its line feed. */
  raw: string;
  isJson: boolean;
  /** `raw` is only the beginning of the line. */
  isCut: boolean;
  /** The line is in another file too, and is shown from there. */
  isRepeated: boolean;
};

/** Parses a line. A line that is not a JSON object has only its text, and the service of its file. */
export function parseLine(
  file: LogFile,
  place: { time: number; offset: number; isCut: boolean },
  raw: string,
): LogLine {
  const fields = place.isCut ? undefined : parseFields(raw);
  const service = fields === undefined ? undefined : text(fields['service']);
  return {
    ...place,
    rank:
      (RANKS[service ?? file.service] ?? RANK_OF_OTHERS) +
      (fields === undefined && file.repeatsLines ? AFTER_ITS_LINE : 0),
    file: file.id,
    instance: file.instance,
    service: service ?? file.service,
    level: readLevel(fields?.['level']),
    message: text(fields?.['msg'], MESSAGE_CHARACTERS_MAX),
    trace: text(fields?.['traceId']),
    // nginx writes an empty text where there is none.
    room: text(fields?.['room']) || text(fields?.['roomCode']) || text(fields?.['roomId']) || undefined,
    peer: text(fields?.['peer']) ?? text(fields?.['peerId']),
    raw,
    isJson: fields !== undefined,
    isRepeated: fields !== undefined && file.repeatsLines,
  };
}

/** A line as the page receives it. `id` is the line's cursor. */
export function toWire(line: LogLine) {
  const { raw, isCut, rank: _rank, file: _file, offset: _offset, isRepeated: _isRepeated, ...shown } = line;
  const isShortened = raw.length > SHOWN_CHARACTERS_MAX;
  const text = isShortened ? raw.slice(0, SHOWN_CHARACTERS_MAX) : raw;
  return { id: encodeCursor(line), ...shown, text, isCut: isCut || isShortened };
}

export type WireLine = ReturnType<typeof toWire>;

/** A line for a file of JSON lines: as it was written, or wrapped in an object if it is not JSON or is cut. */
export function toNdjson(line: LogLine): string {
  if (line.isJson && !line.isCut) return `${line.raw}\n`;
  const { service, instance, raw, isCut } = line;
  return `${JSON.stringify({ time: new Date(line.time).toISOString(), service, instance, isCut, text: raw })}\n`;
}

function parseFields(raw: string): Record<string, unknown> | undefined {
  if (!raw.startsWith('{')) return undefined;
  try {
    return JSON.parse(raw) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function text(value: unknown, max = FIELD_CHARACTERS_MAX): string | undefined {
  if (typeof value === 'string') return value.slice(0, max);
  return typeof value === 'number' ? String(value) : undefined;
}

/** Takes pino's names and its numbers: 10 is trace, 60 is fatal. */
function readLevel(value: unknown): Level | undefined {
  if (typeof value === 'number') return LEVELS[Math.floor(value / 10) - 1];
  return LEVELS.find((level) => level === value);
}
