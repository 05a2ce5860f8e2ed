import { describe, expect, test } from '@jest/globals';
import { createLoginLimiter } from '../src/login/login-limiter.ts';
import { Logins } from '../src/login/logins.ts';

const PASSWORD = 'correct horse battery';
const SECRET = 's'.repeat(32);
const HOUR_MS = 3_600_000;

describe('a login', () => {
  test('is valid until it expires', () => {
    let now = Date.parse('2026-11-21T09:00:00Z');
    const logins = new Logins(PASSWORD, SECRET, () => now);
    const token = logins.begin();
    expect(logins.verify(token)?.expiresAt).toBe(now + 10 * HOUR_MS);
    now += 10 * HOUR_MS;
    expect(logins.verify(token)).toBeUndefined();
  });

  test('is valid in every process with the same secret and password, and in no other', () => {
    const token = new Logins(PASSWORD, SECRET).begin();
    expect(new Logins(PASSWORD, SECRET).verify(token)).toBeDefined();
    expect(new Logins('another password', SECRET).verify(token)).toBeUndefined();
    expect(new Logins(PASSWORD, 't'.repeat(32)).verify(token)).toBeUndefined();
  });

  test('is refused after it ended, and others stay valid', () => {
    const logins = new Logins(PASSWORD, SECRET);
    const [one, other] = [logins.begin(), logins.begin()];
    logins.end(logins.verify(one)!);
    expect(logins.verify(one)).toBeUndefined();
    expect(logins.verify(other)).toBeDefined();
  });

  test('cannot be forged or altered', () => {
    const logins = new Logins(PASSWORD, SECRET);
    const token = logins.begin();
    const [expiry, id, signature] = token.split('.') as [string, string, string];
    const later = (Number.parseInt(expiry, 36) + HOUR_MS).toString(36);
    const forged = [
      `${later}.${id}.${signature}`,
      `${expiry}.${id}.`,
      `${expiry}.${id}.${signature.slice(1)}`,
      `${expiry}.${id}.${'A'.repeat(43)}`,
      `${expiry}.${id}`,
      '..',
      '',
      'x'.repeat(100_000),
    ];
    for (const text of forged) expect(logins.verify(text)).toBeUndefined();
    expect(logins.verify(undefined)).toBeUndefined();
  });

  test('needs the whole password', () => {
    const logins = new Logins(PASSWORD, SECRET);
    expect(logins.isPassword(PASSWORD)).toBe(true);
    for (const wrong of ['', 'correct', `${PASSWORD} `, PASSWORD.toUpperCase()])
      expect(logins.isPassword(wrong)).toBe(false);
  });
});

describe('the limit of login attempts', () => {
  test('lets an address try five times, then once in twenty seconds', () => {
    let now = 0;
    const limiter = createLoginLimiter(() => now);
    for (let n = 0; n < 5; n += 1) expect(limiter.take('192.0.2.1')).toBe(0);
    expect(limiter.take('192.0.2.1')).toBe(20_000);
    expect(limiter.take('192.0.2.2')).toBe(0);
    now += 20_000;
    expect(limiter.take('192.0.2.1')).toBe(0);
    expect(limiter.take('192.0.2.1')).toBe(20_000);
  });

  test('forgets the attempts of an address after a correct password', () => {
    const limiter = createLoginLimiter(() => 0);
    for (let n = 0; n < 50; n += 1) {
      expect(limiter.take('192.0.2.1')).toBe(0);
      limiter.forget('192.0.2.1');
    }
  });

  test('holds for all addresses together', () => {
    const limiter = createLoginLimiter(() => 0);
    let allowed = 0;
    for (let n = 0; n < 5_000; n += 1) if (limiter.take(`10.0.${n >> 8}.${n & 255}`) === 0) allowed += 1;
    expect(allowed).toBe(60);
  });
});
