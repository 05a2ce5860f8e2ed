import type { FileHandle } from 'node:fs/promises';
import type { LogFile } from './log-file.ts';

const OPEN_MAX = 32;

/** The files that one search holds open: those that it used last. */
export class OpenFiles {
  readonly #handles = new Map<LogFile, FileHandle>();

  /** Undefined if the file is gone. The handle stays open until other files need its place, or until `close()`. */
  async get(file: LogFile): Promise<FileHandle | undefined> {
    const known = this.#handles.get(file);
    if (known !== undefined) {
      this.#handles.delete(file);
      this.#handles.set(file, known);
      return known;
    }
    const handle = await file.open();
    if (handle === undefined) return undefined;
    this.#handles.set(file, handle);
    const [oldest] = this.#handles.keys();
    if (this.#handles.size > OPEN_MAX && oldest !== undefined) await this.#close(oldest);
    return handle;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#handles.keys()].map((file) => this.#close(file)));
  }

  async #close(file: LogFile): Promise<void> {
    const handle = this.#handles.get(file);
    this.#handles.delete(file);
    await handle?.close();
  }
}
