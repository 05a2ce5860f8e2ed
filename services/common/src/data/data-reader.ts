import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { PassThrough, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { DataError, endSchema, headerSchema, LINE_MAX_CHARS, type Header } from './data-format.ts';

const NO_EXPORT = 'The file is no export of Parley, or it is damaged.';

/** Reads an export line by line, and checks at its end that every byte is there as it was written. */
export class DataReader {
  readonly #lines: AsyncGenerator<string, undefined>;
  readonly #hash = createHash('sha256');
  readonly header: Header;
  #rows = 0;

  /** Reads the header. Throws a DataError if the stream is no export. */
  static async create(from: Readable): Promise<DataReader> {
    const lines = readLines(from);
    const { value: first } = await lines.next();
    const header = first === undefined ? undefined : headerSchema.safeParse(parseJson(first)).data;
    if (first === undefined || !header) throw new DataError(NO_EXPORT);
    return new DataReader(lines, header, first);
  }

  private constructor(lines: AsyncGenerator<string, undefined>, header: Header, first: string) {
    this.#lines = lines;
    this.header = header;
    this.#hash.update(`${first}\n`);
  }

  /** The next row, as JSON. */
  async row(): Promise<string> {
    const line = await this.#next();
    this.#hash.update(`${line}\n`);
    this.#rows += 1;
    return line;
  }

  /** Throws a DataError unless the export ends here and is whole. */
  async end(): Promise<void> {
    const end = endSchema.safeParse(parseJson(await this.#next())).data;
    const isWhole = end !== undefined && end.rows === this.#rows && end.sha256 === this.#hash.digest('hex');
    if (!isWhole || (await this.#lines.next()).done !== true) throw new DataError(NO_EXPORT);
  }

  async #next(): Promise<string> {
    const { value } = await this.#lines.next();
    if (value === undefined) throw new DataError(`${NO_EXPORT} It ends too early.`);
    return value;
  }
}

async function* readLines(from: Readable): AsyncGenerator<string, undefined> {
  const text = new PassThrough({ encoding: 'utf8' });
  // The error reaches the loop below through the last stream.
  pipeline(from, createGunzip(), text).catch(() => {});
  let rest = '';
  try {
    for await (const chunk of text) {
      const lines = (rest + String(chunk)).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > LINE_MAX_CHARS) throw new DataError(NO_EXPORT);
      yield* lines;
    }
  } catch (error) {
    throw error instanceof DataError ? error : new DataError(NO_EXPORT, { cause: error });
  }
  if (rest !== '') yield rest;
  return undefined;
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
