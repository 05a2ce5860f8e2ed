import type { Logger } from '@parley/common/logging';
import { ParleyError, type FileId, type TraceId } from '@parley/proto';
import type { GatewayMetrics } from '../metrics.ts';
import type { FileOwner } from './file-owner.ts';
import type { FileStore } from './file-store.ts';
import { UploadedBytes } from './uploaded-bytes.ts';

/** Uploads at the same time. Each holds a connection, a file and some buffers. */
const ACTIVE_MAX = 64;

type FileIntakeOptions = { owner: FileOwner; store: FileStore; metrics: GatewayMetrics; logger: Logger };

/** An upload as it arrives. `length`: the bytes that its header announces; undefined if it announces none. */
type Upload = {
  pass: unknown;
  body: AsyncIterable<Uint8Array>;
  length: number | undefined;
  traceId: TraceId;
};

/** Takes files: asks their owner, stores the bytes as they come, and reports what they are. What does not arrive whole is deleted. */
export class FileIntake {
  readonly #options: FileIntakeOptions;
  #active = 0;

  constructor(options: FileIntakeOptions) {
    this.#options = options;
  }

  /** Rejects with ParleyError. */
  async receive(upload: Upload): Promise<FileId> {
    const { metrics } = this.#options;
    if (this.#active >= ACTIVE_MAX) throw new ParleyError('rate_limited');
    this.#active += 1;
    try {
      const fileId = await this.#receive(upload);
      metrics.fileUploaded('ok');
      return fileId;
    } catch (error) {
      const known = asOurs(error);
      metrics.fileUploaded(known.code);
      throw known;
    } finally {
      this.#active -= 1;
    }
  }

  async #receive({ pass, body, length, traceId }: Upload): Promise<FileId> {
    const { owner, store, logger } = this.#options;
    if (typeof pass !== 'string') throw new ParleyError('unauthenticated');
    const { fileId, size } = await owner.beginUpload(pass, traceId);
    if (length !== undefined && length !== size)
      throw new ParleyError(length > size ? 'payload_too_large' : 'invalid_request');
    const bytes = new UploadedBytes(body, size);
    try {
      await store.put(fileId, bytes, size);
      await owner.finishUpload(fileId, await bytes.mediaType(), traceId);
      return fileId;
    } catch (error) {
      // If this fails too, the sweeper deletes it.
      await store.delete(fileId).catch((err: unknown) => logger.warn({ err }, 'cut upload not deleted'));
      throw error;
    }
  }
}

/** Whatever the connection of the client says is no fault of ours. */
function asOurs(error: unknown): ParleyError {
  if (error instanceof ParleyError) return error;
  const isCut = (error as NodeJS.ErrnoException).code === 'ECONNRESET';
  return new ParleyError(isCut ? 'invalid_request' : 'internal', undefined, { cause: error });
}
