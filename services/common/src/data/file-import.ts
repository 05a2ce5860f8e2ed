import type { DataReader } from './data-reader.ts';
import { DataError, type FilePlace, type StoredFile } from './data-format.ts';

type FileImportOptions = {
  files?: FilePlace | undefined;
  isWanted?: (fileId: string) => boolean;
  replace?: boolean;
  isTrial?: boolean;
};

/** The files of one import. They are put into their place while the rows are read, and taken away again if the import fails. */
export class FileImport {
  readonly #options: FileImportOptions;
  readonly #made: string[] = [];
  readonly #taken = new Set<string>();
  /** What was there before, with its size; undefined before the first file. */
  #before: ReadonlyMap<string, number> | undefined;

  constructor(options: FileImportOptions) {
    this.#options = options;
  }

  get count(): number {
    return this.#taken.size;
  }

  /** Reads the files of a section. */
  async readFrom(reader: DataReader): Promise<void> {
    const { isWanted = () => true } = this.#options;
    for (let file = await reader.file(); file; file = await reader.file()) {
      if (isWanted(file.fileId)) await this.#take(file, reader.bytesOf(file));
      else await drain(reader.bytesOf(file));
    }
  }

  /** Deletes what this import has put there. */
  async undo(): Promise<void> {
    for (const fileId of this.#made) await this.#options.files?.delete(fileId);
  }

  /** With `replace`, files that were there before and are not part of the import are deleted. */
  async finish(): Promise<void> {
    const { files, replace = false, isTrial = false } = this.#options;
    if (!replace || isTrial) return;
    for (const fileId of this.#before?.keys() ?? [])
      if (!this.#taken.has(fileId)) await files?.delete(fileId);
  }

  async #take(file: StoredFile, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    const { files, isTrial = false } = this.#options;
    if (!files)
      throw new DataError(
        'The export holds files of the chat, and this server has no place for them: FILES_DIR or FILES_S3_BUCKET is not set.',
      );
    this.#before ??= await sizesOf(files);
    this.#taken.add(file.fileId);
    if (isTrial || this.#before.get(file.fileId) === file.size) return await drain(bytes);
    await files.put(file.fileId, bytes, file.size);
    this.#made.push(file.fileId);
  }
}

async function sizesOf(files: FilePlace): Promise<ReadonlyMap<string, number>> {
  const sizes = new Map<string, number>();
  for await (const { fileId, size } of files.list()) sizes.set(fileId, size);
  return sizes;
}

async function drain(bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const iterator = bytes[Symbol.asyncIterator]();
  while ((await iterator.next()).done !== true);
}
