import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { ParleyError } from '@parley/proto/errors';

/** What OWASP recommends for argon2id. `memory` in KiB. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** Hashes at the same time. Each takes a thread of Node's pool, which files and names of hosts need as well. */
const AT_ONCE = 2;
const WAITING_MAX = 40;
const FORM =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]{22,86})\$([A-Za-z0-9+/]{43})$/;

const derive = promisify(argon2);

type Cost = typeof COST;

/** Hashes passwords with argon2id and compares them. Only so many at once: others wait, and beyond a bound they are refused. */
export class Passwords {
  /** The hash for accounts that do not exist, so that an answer takes as long for them. */
  readonly #nobodys: string;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor() {
    this.#nobodys = write(COST, randomBytes(SALT_BYTES), randomBytes(HASH_BYTES));
  }

  /** The hash in the PHC string format, with cost and salt. */
  async hash(password: string): Promise<string> {
    const salt = randomBytes(SALT_BYTES);
    return write(COST, salt, await this.#derive(password, salt, COST));
  }

  /** `stored` is undefined where there is no account, and null where the account has no password; both take as long. */
  async matches(password: string, stored: string | null | undefined): Promise<boolean> {
    const { cost, salt, hash } = read(stored ?? this.#nobodys);
    const isEqual = timingSafeEqual(await this.#derive(password, salt, cost), hash);
    return isEqual && typeof stored === 'string';
  }

  /** Whether a hash was made with another cost than today's. */
  isOutdated(stored: string): boolean {
    const { memory, passes, parallelism } = read(stored).cost;
    return memory !== COST.memory || passes !== COST.passes || parallelism !== COST.parallelism;
  }

  async #derive(password: string, nonce: Buffer, cost: Cost): Promise<Buffer> {
    await this.#takeTurn();
    try {
      // The same letters from another keyboard may be other code points.
      const message = password.normalize('NFKC');
      return await derive('argon2id', { ...cost, message, nonce, tagLength: HASH_BYTES });
    } finally {
      this.#running -= 1;
      this.#waiting.shift()?.();
    }
  }

  async #takeTurn(): Promise<void> {
    if (this.#running >= AT_ONCE) {
      if (this.#waiting.length >= WAITING_MAX)
        throw new ParleyError('unavailable', undefined, { retryAfterMs: 2_000 });
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#running += 1;
  }
}

function write({ memory, passes, parallelism }: Cost, salt: Buffer, hash: Buffer): string {
  const text = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${text(salt)}$${text(hash)}`;
}

function read(stored: string): { cost: Cost; salt: Buffer; hash: Buffer } {
  const [, memory, passes, parallelism, salt, hash] = FORM.exec(stored) ?? [];
  if (salt === undefined || hash === undefined)
    throw new Error('The stored hash of a password cannot be read.');
  return {
    cost: { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  };
}
