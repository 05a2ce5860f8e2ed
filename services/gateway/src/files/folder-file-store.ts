import { createWriteStream } from 'node:fs';
import { access, constants, mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ParleyError } from '@parley/proto';
import type { FileStore } from './file-store.ts';

const FILE_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const INCOMING = 'incoming';

/** Files in a folder. Several gateways may share it. A file has its name only when it is whole and on the disk. */
export class FolderFileStore implements FileStore {
  readonly #folder: string;
  #closed = false;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Makes the folder. Rejects if it cannot be written. */
  static async create(folder: string): Promise<FolderFileStore> {
    await mkdir(path.join(folder, INCOMING), { recursive: true, mode: 0o700 });
    await access(path.join(folder, INCOMING), constants.W_OK);
    return new FolderFileStore(folder);
  }

  close(): void {
    this.#closed = true;
  }

  async put(fileId: string, source: AsyncIterable<Uint8Array>, _size: number): Promise<void> {
    const { incoming, kept } = this.#paths(fileId);
    try {
      const file = createWriteStream(incoming, { flags: 'wx', mode: 0o600, flush: true });
      await pipeline(source, file);
      await mkdir(path.dirname(kept), { recursive: true, mode: 0o700 });
      await rename(incoming, kept);
    } catch (error) {
      await rm(incoming, { force: true });
      throw asOurs(error);
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

  async delete(fileId: string): Promise<void> {
    const { incoming, kept } = this.#paths(fileId);
    await Promise.all([rm(incoming, { force: true }), rm(kept, { force: true })]);
  }

  /** At most 256 folders, so that none gets too long. */
  #paths(fileId: string): { incoming: string; kept: string } {
    if (this.#closed) throw new ParleyError('closed');
    if (!FILE_ID.test(fileId)) throw new ParleyError('not_found');
    return {
      incoming: path.join(this.#folder, INCOMING, fileId),
      kept: path.join(this.#folder, fileId.slice(0, 2), fileId),
    };
  }
}

/** What the disk says is our trouble; what the source says is not. */
function asOurs(error: unknown): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  const isDisk = syscall !== undefined && syscall !== 'read' && code !== undefined;
  return isDisk ? new ParleyError('unavailable', undefined, { cause: error }) : error;
}
