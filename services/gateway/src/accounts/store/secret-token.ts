import { createHash, createHmac, randomBytes } from 'node:crypto';

const BYTES = 32;

/** 256 random bits as 43 characters, for links and cookies. */
export function newSecretToken(): string {
  return randomBytes(BYTES).toString('base64url');
}

/** The one that follows it: always the same, and only for us. */
export function tokenAfter(token: string, key: Buffer): string {
  return createHmac('sha256', key).update(token).digest('base64url');
}

/** What is stored of it. A token cannot be guessed, so a plain hash is enough. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
