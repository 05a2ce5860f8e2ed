import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { StoredFile } from '@parley/common/data';
import { ParleyError } from '@parley/proto/errors';
import type { FileStore } from './file-store.ts';

export type S3Place = {
  bucket: string;
  /** The address of a storage that is not Amazon's. */
  endpoint?: string | undefined;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
};

const FOLDER = 'files/';
const ignore = (): void => undefined;
const SILENT = { trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore };
const CONNECT_TIMEOUT_MS = 3_000;
/** A connection on which nothing moves for so long is cut. A slow upload may take longer in all. */
const IDLE_TIMEOUT_MS = 30_000;

/** Files in a bucket of Amazon S3, or of a storage that speaks its protocol. A file that does not arrive whole is not kept there. */
export class S3FileStore implements FileStore {
  readonly #client: S3Client;
  readonly #bucket: string;

  constructor({ bucket, endpoint, region, accessKeyId, secretAccessKey }: S3Place) {
    this.#bucket = bucket;
    this.#client = new S3Client({
      region,
      credentials: { accessKeyId, secretAccessKey },
      // Storages of others have no name for each bucket, and few know the newest checksums.
      ...(endpoint !== undefined && { endpoint, forcePathStyle: true }),
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      // A client without a logger prints plain text between the lines of our log.
      logger: SILENT,
      requestHandler: { connectionTimeout: CONNECT_TIMEOUT_MS, socketTimeout: IDLE_TIMEOUT_MS },
    });
  }

  close(): void {
    this.#client.destroy();
  }

  async put(fileId: string, source: AsyncIterable<Uint8Array>, size: number): Promise<void> {
    const stop = new AbortController();
    let failure: unknown;
    const body = Readable.from(source, { objectMode: false });
    // A body that fails has no end, and the request would wait for that end.
    body.once('error', (error) => {
      failure = error;
      stop.abort();
    });
    const command = new PutObjectCommand({ ...this.#place(fileId), Body: body, ContentLength: size });
    try {
      await this.#client.send(command, { abortSignal: stop.signal });
    } catch (error) {
      body.destroy();
      throw failure ?? asOurs(error);
    }
  }

  async get(fileId: string): Promise<Readable> {
    try {
      const { Body: body } = await this.#client.send(new GetObjectCommand(this.#place(fileId)));
      if (!(body instanceof Readable)) throw new ParleyError('not_found');
      return body;
    } catch (error) {
      throw asOurs(error);
    }
  }

  async *list(): AsyncGenerator<StoredFile> {
    let next: string | undefined;
    do {
      const page = await this.#page(next);
      for (const { Key: key = '', Size: size = 0 } of page.Contents ?? [])
        yield { fileId: key.slice(FOLDER.length), size };
      next = page.NextContinuationToken;
    } while (next !== undefined);
  }

  async #page(token: string | undefined) {
    const from = { Bucket: this.#bucket, Prefix: FOLDER, ...(token && { ContinuationToken: token }) };
    try {
      return await this.#client.send(new ListObjectsV2Command(from));
    } catch (error) {
      throw asOurs(error);
    }
  }

  async delete(fileId: string): Promise<void> {
    try {
      await this.#client.send(new DeleteObjectCommand(this.#place(fileId)));
    } catch (error) {
      throw asOurs(error);
    }
  }

  #place(fileId: string): { Bucket: string; Key: string } {
    return { Bucket: this.#bucket, Key: FOLDER + fileId };
  }
}

function asOurs(error: unknown): unknown {
  if (error instanceof ParleyError) return error;
  const isMissing = (error as { name?: unknown }).name === 'NoSuchKey';
  return new ParleyError(isMissing ? 'not_found' : 'unavailable', undefined, { cause: error });
}
