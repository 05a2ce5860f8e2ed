import { createHmac, timingSafeEqual } from 'node:crypto';
import { ParleyError } from '@parley/proto/errors';
import { fileIdSchema, type FileId } from '@parley/proto/ids';

const PASS_LIFETIME_MS = 10 * 60_000;
const LINK_LIFETIME_MS = 10 * 60_000;
const TOKEN = /^([0-9a-f-]{36})\.([0-9a-z]{1,12})\.([\w-]{43})$/;

/** `upload`: a peer may upload this file. `link`: anybody may download it. Neither is good for the other. */
type Purpose = 'upload' | 'link';

/**
 * Signs what leads to one file for a while: `<file id>.<expiry>.<signature>`. Every instance with the same secret accepts it.
 */
export class FileTokens {
  readonly #secret: string;
  readonly #now: () => number;

  constructor(secret: string, now: () => number = Date.now) {
    this.#secret = secret;
    this.#now = now;
  }

  pass(fileId: FileId): string {
    return this.#issue('upload', fileId, this.#now() + PASS_LIFETIME_MS);
  }

  link(fileId: FileId): { link: string; expiresAt: number } {
    const expiresAt = this.#now() + LINK_LIFETIME_MS;
    return { link: this.#issue('link', fileId, expiresAt), expiresAt };
  }

  /** Throws `token_invalid`. */
  readPass(token: string): FileId {
    return this.#read('upload', token, 'token_invalid');
  }

  /** Throws `not_found`, whatever is wrong with it. */
  readLink(token: string): FileId {
    return this.#read('link', token, 'not_found');
  }

  #issue(purpose: Purpose, fileId: FileId, expiresAt: number): string {
    const payload = `${fileId}.${expiresAt.toString(36)}`;
    return `${payload}.${this.#sign(purpose, payload).toString('base64url')}`;
  }

  #read(purpose: Purpose, token: string, refusal: 'token_invalid' | 'not_found'): FileId {
    const [, fileId = '', expiry = '', signature = ''] = TOKEN.exec(token) ?? [];
    const given = Buffer.from(signature, 'base64url');
    const expected = this.#sign(purpose, `${fileId}.${expiry}`);
    const isSigned = given.length === expected.length && timingSafeEqual(given, expected);
    if (!isSigned || Number.parseInt(expiry, 36) <= this.#now()) throw new ParleyError(refusal);
    return fileIdSchema.parse(fileId);
  }

  #sign(purpose: Purpose, payload: string): Buffer {
    return createHmac('sha256', this.#secret).update(`file ${purpose} ${payload}`).digest();
  }
}
