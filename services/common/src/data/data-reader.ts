import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { PassThrough, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import {
  bytesSchema,
  DataError,
  endSchema,
  fileSchema,
  headerSchema,
  LINE_MAX_CHARS,
  type Header,
  type StoredFile,
} from './data-format.ts';

const NO_EXPORT = 'The file is no export of Parley, or it is damaged.';

/** Reads an export line by line, and checks at the end of each section that every byte is there as it was written. */
export class DataReader {
  readonly #lines: AsyncGenerator<string, undefined>;
  #hash = createHash('sha256');
  #rows = 0;
  #files = 0;
  /** Read, and not given to anybody yet. */
  #ahead: string | undefined;

  constructor(from: Readable) {
    this.#lines = readLines(from);
  }

  /** The sections of the export; the caller reads each to its end. Throws a DataError if the stream is no export. */
  async *sections(): AsyncGenerator<Header> {
    for (let line = await this.#line(); ;) {
      const header = headerSchema.safeParse(parseJson(line)).data;
      if (line === undefined || !header) throw new DataError(NO_EXPORT);
      this.#hash = createHash('sha256');
      [this.#rows, this.#files] = [0, 0];
      this.#count(line);
      yield header;
      line = await this.#line();
      if (line === undefined) return;
    }
  }

  /** The next row, as JSON. */
  async row(): Promise<string> {
    const line = await this.#next();
    this.#count(line);
    this.#rows += 1;
    return line;
  }

  /** The next file of the section, whose rows were read; its bytes come next. `undefined`: it has no more. */
  async file(): Promise<StoredFile | undefined> {
    const line = await this.#next();
    const file = fileSchema.safeParse(parseJson(line)).data;
    if (!file) {
      this.#ahead = line;
      return undefined;
    }
    this.#count(line);
    this.#files += 1;
    return { fileId: file.file, size: file.size };
  }

  async *bytesOf({ size }: StoredFile): AsyncGenerator<Buffer> {
    for (let left = size; left > 0;) {
      const line = await this.#next();
      this.#count(line);
      const text = bytesSchema.safeParse(parseJson(line)).data;
      const bytes = Buffer.from(text ?? '', 'base64');
      if (bytes.length === 0 || bytes.length > left) throw new DataError(NO_EXPORT);
      left -= bytes.length;
      yield bytes;
    }
  }

  /** Throws a DataError unless the section ends here and is whole. */
  async end(): Promise<void> {
    const end = endSchema.safeParse(parseJson(await this.#next())).data;
    const isWhole =
      end?.rows === this.#rows && end.files === this.#files && end.sha256 === this.#hash.digest('hex');
    if (!isWhole) throw new DataError(NO_EXPORT);
  }

  #count(line: string): void {
    this.#hash.update(`${line}\n`);
  }

  async #next(): Promise<string> {
    const line = await this.#line();
    if (line === undefined) throw new DataError(`${NO_EXPORT} It ends too early.`);
    return line;
  }

  async #line(): Promise<string | undefined> {
    const ahead = this.#ahead;
    this.#ahead = undefined;
    return ahead ?? (await this.#lines.next()).value;
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
