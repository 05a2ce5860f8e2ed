import { createWriteStream } from 'node:fs';
import { access, constants, mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { StoredFile } from '@parley/common/data';
import { ParleyError } from '@parley/proto/errors';
import type { FileStore } from './file-store.ts';

const FILE_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const PART = /^[0-9a-f]{2}$/;
const INCOMING = 'incoming';
const MEBIBYTE = 1024 * 1024;

type FolderOptions = {
  /** What stays free on the disk, because logs and databases may be on the same one; FILES_DISK_FREE_MB. */
  keptFreeMb?: number;
  /** The bytes that are free for us where the folder is. */
  freeBytes?: (folder: string) => Promise<number>;
};

/** Files in a folder. Several gateways may share it. A file has its name only when it is whole and on the disk. */
export class FolderFileStore implements FileStore {
  readonly #folder: string;
  readonly #keptFree: number;
  readonly #freeBytes: (folder: string) => Promise<number>;
  /** The bytes of uploads in progress. A byte that is on the disk already counts twice, which errs on the safe side. */
  #arriving = 0;
  #closed = false;

  private constructor(folder: string, { keptFreeMb = 0, freeBytes = freeBytesOf }: FolderOptions) {
    this.#folder = folder;
    this.#keptFree = keptFreeMb * MEBIBYTE;
    this.#freeBytes = freeBytes;
  }

  /** Makes the folder. Rejects if it cannot be written. */
  static async create(folder: string, options: FolderOptions = {}): Promise<FolderFileStore> {
    await mkdir(path.join(folder, INCOMING), { recursive: true, mode: 0o700 });
    await access(path.join(folder, INCOMING), constants.W_OK);
    return new FolderFileStore(folder, options);
  }

  close(): void {
    this.#closed = true;
  }

  async put(fileId: string, source: AsyncIterable<Uint8Array>, size: number): Promise<void> {
    const { incoming, kept } = this.#paths(fileId);
    this.#arriving += size;
    try {
      await this.#assertRoom();
      const file = createWriteStream(incoming, { flags: 'wx', mode: 0o600, flush: true });
      await pipeline(source, file);
      await mkdir(path.dirname(kept), { recursive: true, mode: 0o700 });
      await rename(incoming, kept);
    } catch (error) {
      await rm(incoming, { force: true });
      throw asOurs(error);
    } finally {
      this.#arriving -= size;
    }
  }

  async get(fileId: string): Promise<Readable> {
    try {
      const file = await open(this.#paths(fileId).kept, 'r');
      return file.createReadStream();
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? new ParleyError('not_found') : asOurs(error);
    }
  }

  async *list(): AsyncGenerator<StoredFile> {
    const parts = (await readdir(this.#folder)).filter((name) => PART.test(name));
    for (const part of parts)
      for (const fileId of (await readdir(path.join(this.#folder, part))).filter((name) =>
        FILE_ID.test(name),
      )) {
        const size = await sizeOf(this.#paths(fileId).kept);
        if (size !== undefined) yield { fileId, size };
      }
  }

  async delete(fileId: string): Promise<void> {
    const { incoming, kept } = this.#paths(fileId);
    await Promise.all([rm(incoming, { force: true }), rm(kept, { force: true })]);
  }

  /** Rejects with `files_full`. */
  async #assertRoom(): Promise<void> {
    const free = await this.#freeBytes(this.#folder);
    if (free - this.#arriving < this.#keptFree) throw new ParleyError('files_full');
  }

  /** The places of a file. Files are spread over at most 256 folders, so that no folder gets too long. */
  #paths(fileId: string): { incoming: string; kept: string } {
    if (this.#closed) throw new ParleyError('closed');
    if (!FILE_ID.test(fileId)) throw new ParleyError('not_found');
    return {
      incoming: path.join(this.#folder, INCOMING, fileId),
      kept: path.join(this.#folder, fileId.slice(0, 2), fileId),
    };
  }
}

async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** Undefined if the file is gone. */
async function sizeOf(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw asOurs(error);
  }
}

/** What the disk says is our trouble; what the source says is not. */
function asOurs(error: unknown): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  // Something else has filled the disk meanwhile.
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new ParleyError('files_full', undefined, { cause: error });
  const isDisk = syscall !== undefined && syscall !== 'read' && code !== undefined;
  return isDisk ? new ParleyError('unavailable', undefined, { cause: error }) : error;
}
