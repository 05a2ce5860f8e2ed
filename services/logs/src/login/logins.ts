import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const LIFETIME_MS = 10 * 60 * 60 * 1000;
const REVOKED_MAX = 10_000;
const TOKEN = /^([0-9a-z]{1,12})\.([\w-]{22})\.([\w-]{43})$/;

/** `expiresAt` is in milliseconds since the Unix epoch. */
export type Login = { id: string; expiresAt: number };

/**
 * The logins of operators, as signed tokens: `<expiry>.<id>.<signature>`. Nothing is stored of a login, unless it ends
 * before it expires. The key depends on the password too, so a new password ends every login.
 */
export class Logins {
  readonly #key: Buffer;
  readonly #passwordDigest: Buffer;
  readonly #now: () => number;
  readonly #revoked = new Map<string, number>();

  constructor(password: string, secret: string, now: () => number = Date.now) {
    this.#passwordDigest = digest(password);
    this.#key = createHmac('sha256', secret)
      .update('parley logs session')
      .update(this.#passwordDigest)
      .digest();
    this.#now = now;
  }

  get lifetimeSeconds(): number {
    return LIFETIME_MS / 1000;
  }

  /** Compares in constant time, so that the time of a refusal says nothing about the password. */
  isPassword(given: string): boolean {
    return timingSafeEqual(digest(given), this.#passwordDigest);
  }

  /** Begins a login and returns its token. */
  begin(): string {
    const payload = `${(this.#now() + LIFETIME_MS).toString(36)}.${randomBytes(16).toString('base64url')}`;
    return `${payload}.${this.#sign(payload)}`;
  }

  /** Undefined if the token is forged or malformed, or its login has expired or ended. */
  verify(token: string | undefined): Login | undefined {
    const [, expiry = '', id = '', signature = ''] = TOKEN.exec(token ?? '') ?? [];
    if (!timingSafeEqual(digest(signature), digest(this.#sign(`${expiry}.${id}`)))) return undefined;
    const expiresAt = Number.parseInt(expiry, 36);
    return expiresAt > this.#now() && !this.#revoked.has(id) ? { id, expiresAt } : undefined;
  }

  /** From now on the login's token is refused. */
  end(login: Login): void {
    for (const [id, expiresAt] of this.#revoked) {
      if (expiresAt <= this.#now() || this.#revoked.size >= REVOKED_MAX) this.#revoked.delete(id);
    }
    this.#revoked.set(login.id, login.expiresAt);
  }

  #sign(payload: string): string {
    return createHmac('sha256', this.#key).update(payload).digest('base64url');
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
