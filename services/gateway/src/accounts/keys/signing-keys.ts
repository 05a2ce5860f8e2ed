import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from 'node:crypto';
import type { Queryable } from '@parley/common/postgres';
import { exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import type { AccountDatabase } from '../store/account-database.ts';

export const SIGNING_ALGORITHM = 'EdDSA';

const HOUR_MS = 3_600_000;
/** A key signs for so long. */
const LIFETIME_MS = 30 * 24 * HOUR_MS;
/** A retired key is published for so long: longer than its last token lives. */
const RETIRED_MS = HOUR_MS;
const FRESH_MS = 60_000;
/** Tokens with an unknown key do not make us ask the database more often. */
const ASK_AGAIN_MS = 1_000;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

type Row = {
  key_id: string;
  public_key: JWK;
  sealed_private: Buffer;
  created_at: Date;
  retired_at: Date | null;
};
type SigningKey = { readonly id: string; readonly key: CryptoKey; readonly createdAt: number };
type Known = {
  readonly readAt: number;
  readonly publicKeys: ReadonlyMap<string, { readonly jwk: JWK; readonly key: CryptoKey }>;
  /** The one that signs; undefined before the first. */
  readonly current: SigningKey | undefined;
};

/** The keys that sign access tokens: kept in the database, the same for all gateways, a new one every month. */
export class SigningKeys {
  readonly #database: AccountDatabase;
  readonly #sealKey: Buffer;
  readonly #now: () => number;
  #known: Known | undefined;
  #reading: Promise<Known> | undefined;

  constructor(database: AccountDatabase, sealKey: Buffer, now: () => number = Date.now) {
    this.#database = database;
    this.#sealKey = sealKey;
    this.#now = now;
  }

  /** The key that signs now. */
  async current(): Promise<SigningKey> {
    const known = await this.#read(FRESH_MS);
    const { current } = known;
    if (current !== undefined && this.#now() - current.createdAt < LIFETIME_MS) return current;
    await this.#add(current?.id);
    const { current: added } = await this.#read(0);
    if (added === undefined) throw new Error('There is no key for access tokens.');
    return added;
  }

  /** Undefined if no key has this id. */
  async find(id: string): Promise<CryptoKey | undefined> {
    const known = this.#known ?? (await this.#read(FRESH_MS));
    const found = known.publicKeys.get(id);
    if (found !== undefined) return found.key;
    return (await this.#read(ASK_AGAIN_MS)).publicKeys.get(id)?.key;
  }

  /** The keys by which others verify access tokens. */
  async publicKeys(): Promise<JWK[]> {
    await this.current();
    const known = await this.#read(FRESH_MS);
    return [...known.publicKeys].map(([kid, { jwk }]) => ({
      ...jwk,
      kid,
      alg: SIGNING_ALGORITHM,
      use: 'sig',
    }));
  }

  /** From now on another key signs. */
  async rotate(): Promise<void> {
    const { current } = await this.#read(0);
    await this.#add(current?.id);
    await this.#read(0);
  }

  async #read(maxAgeMs: number): Promise<Known> {
    const known = this.#known;
    if (known !== undefined && this.#now() - known.readAt < maxAgeMs) return known;
    this.#reading ??= this.#load().finally(() => {
      this.#reading = undefined;
    });
    this.#known = await this.#reading;
    return this.#known;
  }

  async #load(): Promise<Known> {
    const readAt = this.#now();
    const { rows } = await this.#database.query<Row>(
      'SELECT * FROM accounts.signing_keys WHERE retired_at IS NULL OR retired_at > $1 ORDER BY created_at DESC',
      [new Date(readAt - RETIRED_MS)],
    );
    const publicKeys = new Map<string, { jwk: JWK; key: CryptoKey }>();
    for (const row of rows)
      publicKeys.set(row.key_id, { jwk: row.public_key, key: await importKey(row.public_key) });
    const newest = rows.find((row) => row.retired_at === null);
    return { readAt, publicKeys, current: newest && (await this.#unseal(newest)) };
  }

  /** Retires the key that signed before. If another gateway has done so meanwhile, its key stays. */
  async #add(before: string | undefined): Promise<void> {
    const pair = await generateKeyPair(SIGNING_ALGORITHM, { extractable: true });
    const id = randomUUID();
    const sealed = this.#seal(JSON.stringify(await exportJWK(pair.privateKey)), id);
    const publicKey = await exportJWK(pair.publicKey);
    const now = new Date(this.#now());
    await this.#database.transaction(async (connection: Queryable) => {
      await connection.query(`SELECT pg_advisory_xact_lock(hashtext('parley:accounts:signing-keys'))`);
      const { rows } = await connection.query<{ key_id: string }>(
        'SELECT key_id FROM accounts.signing_keys WHERE retired_at IS NULL ORDER BY created_at DESC LIMIT 1',
      );
      if (rows[0]?.key_id !== before) return;
      await connection.query('UPDATE accounts.signing_keys SET retired_at = $1 WHERE retired_at IS NULL', [
        now,
      ]);
      await connection.query('DELETE FROM accounts.signing_keys WHERE retired_at < $1', [
        new Date(now.getTime() - RETIRED_MS),
      ]);
      await connection.query(
        `INSERT INTO accounts.signing_keys (key_id, public_key, sealed_private, created_at)
         VALUES ($1, $2, $3, $4)`,
        [id, JSON.stringify(publicKey), sealed, now],
      );
    });
  }

  #seal(text: string, id: string): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#sealKey, nonce).setAAD(Buffer.from(id));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  /** Undefined if it was sealed with another IDENTITY_KEY: then a new key takes its place. */
  async #unseal(row: Row): Promise<SigningKey | undefined> {
    const nonce = row.sealed_private.subarray(0, NONCE_BYTES);
    const tag = row.sealed_private.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
    const sealed = row.sealed_private.subarray(NONCE_BYTES + TAG_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', this.#sealKey, nonce);
    decipher.setAAD(Buffer.from(row.key_id)).setAuthTag(tag);
    try {
      const text = Buffer.concat([decipher.update(sealed), decipher.final()]).toString();
      const key = await importKey(JSON.parse(text) as JWK);
      return { id: row.key_id, key, createdAt: row.created_at.getTime() };
    } catch {
      return undefined;
    }
  }
}

async function importKey(jwk: JWK): Promise<CryptoKey> {
  const key = await importJWK(jwk, SIGNING_ALGORITHM);
  if (key instanceof Uint8Array) throw new Error('A key of access tokens is not asymmetric.');
  return key;
}
