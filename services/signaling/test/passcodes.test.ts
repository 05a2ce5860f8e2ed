import { describe, expect, test } from '@jest/globals';
import { MemoryBuckets } from '@parley/common/limits';
import { formatRoomCode } from '@parley/proto/ids';
import { PasscodeAttempts } from '../src/directory/passcode-attempts.ts';
import { hashPasscode, isPasscode } from '../src/directory/passcodes.ts';

const CODE = formatRoomCode('abcdefghjkm');
const OTHER = formatRoomCode('mkjhgfedcba');

describe('a passcode', () => {
  test('is known by its hash, which is another one each time and does not hold it', async () => {
    const [one, two] = [await hashPasscode('open sesame'), await hashPasscode('open sesame')];
    expect(one).not.toBe(two);
    expect(one).not.toContain('sesame');
    for (const hash of [one, two]) expect(await isPasscode('open sesame', hash)).toBe(true);
    expect(await isPasscode('open sesamE', one)).toBe(false);
    expect(await isPasscode('', one)).toBe(false);
  });

  test('may be typed in another Unicode form', async () => {
    expect(await isPasscode('cafe\u0301', await hashPasscode('caf\u00e9'))).toBe(true);
  });

  test('is not compared with what is no hash of this service', async () => {
    await expect(isPasscode('x', 'x')).rejects.toThrow('not one that this service made');
  });
});

describe('attempts at a passcode', () => {
  const wrong = () => Promise.resolve(false);
  const right = () => Promise.resolve(true);
  const limited = { code: 'rate_limited' };

  test('that are wrong are limited for the network and the room, also many at once, until time has passed', async () => {
    let now = 0;
    const attempts = new PasscodeAttempts(new MemoryBuckets(() => now));
    let checks = 0;
    const counted = () => {
      checks += 1;
      return wrong();
    };
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, () => attempts.try(CODE, 'net', counted)),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    expect(checks).toBe(5);
    await expect(attempts.try(CODE, 'net', right)).rejects.toMatchObject(limited);
    await expect(attempts.try(CODE, 'other', right)).resolves.toBe(true);
    await expect(attempts.try(OTHER, 'net', right)).resolves.toBe(true);
    now += 720_000;
    await expect(attempts.try(CODE, 'net', wrong)).resolves.toBe(false);
    await expect(attempts.try(CODE, 'net', wrong)).rejects.toMatchObject(limited);
  });

  test('that are right are not counted: a whole office comes in at once', async () => {
    const attempts = new PasscodeAttempts(new MemoryBuckets());
    const all = Array.from({ length: 40 }, () => attempts.try(CODE, 'office', right));
    expect((await Promise.all(all)).every(Boolean)).toBe(true);
  });

  test('from very many networks are limited for the room', async () => {
    const attempts = new PasscodeAttempts(new MemoryBuckets(() => 0));
    let refused = 0;
    for (let network = 0; network < 120; network += 1)
      await attempts.try(CODE, `net ${network}`, wrong).catch(() => (refused += 1));
    expect(refused).toBe(20);
  });
});
