import { createHash, randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';

/** 16 MB and some tens of milliseconds for each attempt. Stored with the hash, so that it can grow. */
const COST = { N: 16_384, r: 8, p: 1 };
const SALT_BYTES = 16;
const KEY_BYTES = 32;
const STORED = /^scrypt\$(\d{1,7})\$(\d{1,3})\$(\d{1,3})\$([\w-]{22})\$([\w-]{43})$/;

/** `scrypt$N$r$p$salt$key`. People type a passcode in another Unicode form than the one in which it was chosen. */
export async function hashPasscode(passcode: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(passcode, salt, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

export async function isPasscode(passcode: string, hash: string): Promise<boolean> {
  const [, N, r, p, salt = '', stored = ''] = STORED.exec(hash) ?? [];
  if (N === undefined) throw new Error('The hash of a passcode is not one that this service made.');
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  const key = await derive(passcode, Buffer.from(salt, 'base64url'), cost);
  return timingSafeEqual(key, Buffer.from(stored, 'base64url'));
}

/** Names one passcode of a room in join tokens. Clients can read it, and try no passcode with it, because the salt is in no token. */
export function passcodeMark(hash: string): string {
  return createHash('sha256').update(hash).digest('base64url');
}

function derive(passcode: string, salt: Buffer, cost: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(passcode.normalize('NFKC'), salt, KEY_BYTES, cost, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}
