import { fileTypeFromBuffer } from 'file-type';
import { ParleyError } from '@parley/proto/errors';

/** What the signatures of file types need at most. */
const HEAD_BYTES = 4_100;
const UNKNOWN_TYPE = 'application/octet-stream';
/** Types that a page could show or run as its own, whatever their name says. */
const ACTIVE_TYPE = /(?:xml|html|javascript|ecmascript|svg|wasm|x-shockwave-flash)/;

/** The rate of an uplink of 300 kbit/s, and the time that an upload may lose. A small file must not hold its place for long. */
const MIN_BYTES_PER_SECOND = 37_500;
const GRACE_MS = 15_000;

/**
 * The body of an upload on its way to the store. Rejects as soon as it has more bytes than `size` or is too slow for it, and at its end if
 * it has fewer.
 */
export class UploadedBytes implements AsyncIterable<Uint8Array> {
  readonly #source: AsyncIterable<Uint8Array>;
  readonly #size: number;
  readonly #head: Uint8Array[] = [];
  readonly #now: () => number;
  readonly #endsAt: number;
  #headBytes = 0;
  #read = 0;

  /** `now`: in milliseconds. */
  constructor(source: AsyncIterable<Uint8Array>, size: number, now: () => number = () => performance.now()) {
    this.#source = source;
    this.#size = size;
    this.#now = now;
    this.#endsAt = now() + GRACE_MS + (size / MIN_BYTES_PER_SECOND) * 1_000;
  }

  async *[Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    for await (const chunk of this.#source) {
      this.#read += chunk.byteLength;
      if (this.#read > this.#size) throw new ParleyError('payload_too_large');
      if (this.#now() > this.#endsAt) throw new ParleyError('timeout');
      if (this.#headBytes < HEAD_BYTES) this.#keepHead(chunk);
      yield chunk;
    }
    if (this.#read < this.#size) throw new ParleyError('invalid_request', 'The file did not arrive whole.');
  }

  /** The media type by the bytes that came first, once all of them were read. */
  async mediaType(): Promise<string> {
    const found = await fileTypeFromBuffer(Buffer.concat(this.#head)).catch(() => undefined);
    const type = found?.mime.split(';')[0] ?? UNKNOWN_TYPE;
    return ACTIVE_TYPE.test(type) ? UNKNOWN_TYPE : type;
  }

  #keepHead(chunk: Uint8Array): void {
    // A copy, because the chunk may be a part of something larger.
    const kept = Uint8Array.from(chunk.subarray(0, HEAD_BYTES - this.#headBytes));
    this.#head.push(kept);
    this.#headBytes += kept.byteLength;
  }
}
