import { clientKey } from '@parley/common/limits';
import type { Logger } from '@parley/common/logging';
import { ParleyError } from '@parley/proto/errors';
import type { FileId, TraceId } from '@parley/proto/ids';
import type { GatewayMetrics } from '../base/metrics.ts';
import type { FileOwner } from './file-owner.ts';
import type { FileStore } from './file-store.ts';
import { UploadedBytes } from './uploaded-bytes.ts';

/** Uploads at the same time. Each holds a connection, a file and some buffers. */
const ACTIVE_MAX = 64;
/** Uploads of one address at the same time. Without this bound, one peer with slow uploads would keep out everybody. */
const ACTIVE_PER_CLIENT_MAX = 16;

type FileIntakeOptions = { owner: FileOwner; store: FileStore; metrics: GatewayMetrics; logger: Logger };

/** An upload as it arrives. `length`: the bytes that its header announces; undefined if it announces none. */
type Upload = {
  pass: unknown;
  body: AsyncIterable<Uint8Array>;
  /** The address of the client. */
  address: string;
  length: number | undefined;
  traceId: TraceId;
};

/** Takes files: asks their owner, stores the bytes as they come, and reports what they are. What does not arrive whole is deleted. */
export class FileIntake {
  readonly #options: FileIntakeOptions;
  /** The clients of the uploads in progress, one entry for each. */
  readonly #active: string[] = [];

  constructor(options: FileIntakeOptions) {
    this.#options = options;
  }

  /** Rejects with ParleyError. */
  async receive(upload: Upload): Promise<FileId> {
    const { metrics } = this.#options;
    const client = clientKey(upload.address);
    const own = this.#active.filter((other) => other === client).length;
    if (this.#active.length >= ACTIVE_MAX || own >= ACTIVE_PER_CLIENT_MAX)
      throw new ParleyError('rate_limited');
    this.#active.push(client);
    try {
      const fileId = await this.#receive(upload);
      metrics.fileUploaded('ok');
      return fileId;
    } catch (error) {
      const known = asOurs(error);
      metrics.fileUploaded(known.code);
      throw known;
    } finally {
      this.#active.splice(this.#active.indexOf(client), 1);
    }
  }

  async #receive({ pass, body, length, traceId }: Upload): Promise<FileId> {
    const { owner, store } = this.#options;
    if (typeof pass !== 'string') throw new ParleyError('unauthenticated');
    const { fileId, size } = await owner.beginUpload(pass, traceId);
    const bytes = new UploadedBytes(body, size);
    try {
      if (length !== undefined && length !== size)
        throw new ParleyError(length > size ? 'payload_too_large' : 'invalid_request');
      await store.put(fileId, bytes, size);
      await owner.finishUpload(fileId, await bytes.mediaType(), traceId);
      return fileId;
    } catch (error) {
      await this.#discard(fileId);
      throw error;
    }
  }

  /** Forgotten at once, so that it takes no place from another attempt. If this fails too, the sweeper deletes it. */
  async #discard(fileId: FileId): Promise<void> {
    const { owner, store, logger } = this.#options;
    try {
      await store.delete(fileId);
      await owner.forgetFiles([fileId]);
    } catch (error) {
      logger.warn({ err: error }, 'cut upload not deleted');
    }
  }
}

/** Whatever the connection of the client says is no fault of ours. */
function asOurs(error: unknown): ParleyError {
  if (error instanceof ParleyError) return error;
  const isCut = (error as NodeJS.ErrnoException).code === 'ECONNRESET';
  return new ParleyError(isCut ? 'invalid_request' : 'internal', undefined, { cause: error });
}
