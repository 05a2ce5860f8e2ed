import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

const KEY_BYTES = 32;
/** 32 letters and digits that people do not confuse, so that each carries 5 bits. */
const ALPHABET = 'ABCDEFGHJKMNPQRSTUVWXYZ023456789';
const SETUP_CODE_LENGTH = 16;

/** The keys of accounts, each for one purpose and all made from IDENTITY_KEY. */
export class AccountKeys {
  readonly refreshTokens: Buffer;
  /** Seals the private keys of access tokens in the database. */
  readonly signingKeys: Buffer;
  readonly openId: Buffer;
  /** Makes the first account of a fresh server its operator: `ABCD-EFGH-JKMN-PQRS`. */
  readonly setupCode: string;

  constructor(secret: string) {
    const derive = (purpose: string) =>
      Buffer.from(hkdfSync('sha256', secret, '', `accounts: ${purpose}`, KEY_BYTES));
    this.refreshTokens = derive('refresh tokens');
    this.signingKeys = derive('signing keys');
    this.openId = derive('openid');
    this.setupCode = inWords(derive('setup code'));
  }

  /** Takes the code as people type it. */
  isSetupCode(given: string): boolean {
    const digest = (code: string) => createHmac('sha256', this.openId).update(plain(code)).digest();
    return timingSafeEqual(digest(given), digest(this.setupCode));
  }
}

function inWords(bytes: Buffer): string {
  const letters = [...bytes.subarray(0, SETUP_CODE_LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]);
  return letters.join('').replace(/(.{4})(?=.)/g, '$1-');
}

function plain(code: string): string {
  return code.toUpperCase().replace(/[^A-Z0-9]/g, '');
}
