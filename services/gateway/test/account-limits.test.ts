import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { MemoryBuckets } from '@parley/common/limits';
import { startPostgres, type TestPostgres } from '@parley/common/testing';
import { Attempts } from '../src/accounts/attempts.ts';
import { Passwords } from '../src/accounts/passwords.ts';
import { AccountServer, outcome, PASSWORD } from './account-harness.ts';

let postgres: TestPostgres;
let server: AccountServer;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

describe('guessing passwords', () => {
  afterEach(() => server.close());

  const start = async (options: { rateFactor?: number; routeFactor?: number }) => {
    server = await AccountServer.create(postgres, options);
    await server.setUp('ada@example.com');
  };
  const guess = (email: string, address: string) =>
    outcome(server.browser(address).logIn(email, 'a wrong guess'));
  const guesses = async (email: string, address: string, count: number) => {
    const answers: string[] = [];
    for (let index = 0; index < count; index++) answers.push(await guess(email, address));
    return answers;
  };

  test('ends after ten guesses at one account, whether it exists or not, and not for other addresses', async () => {
    await start({ rateFactor: 1 });
    const existing = await guesses('ada@example.com', '203.0.113.1', 12);
    const missing = await guesses('nobody@example.com', '203.0.113.1', 12);
    expect(existing).toEqual([
      ...Array<string>(10).fill('401 credentials_invalid'),
      ...Array<string>(2).fill('429 rate_limited'),
    ]);
    expect(missing).toEqual(existing);
    // The right password does not help either, and the right person is somewhere else.
    expect(await outcome(server.browser('203.0.113.1').logIn('ada@example.com'))).toBe('429 rate_limited');
    expect(await outcome(server.browser('203.0.113.2').logIn('ada@example.com'))).toBe('200');
  });

  test('at another gateway goes on where it was: all gateways count together', async () => {
    await start({ rateFactor: 1 });
    const other = await AccountServer.create(postgres, { rateFactor: 1, databaseUrl: server.databaseUrl });
    const wrong = (at: AccountServer) =>
      outcome(at.browser('203.0.113.1').logIn('ada@example.com', 'a wrong guess'));
    const answers: string[] = [];
    for (let index = 0; index < 12; index++) answers.push(await wrong(index % 2 === 0 ? server : other));
    await other.close();
    expect(answers.indexOf('429 rate_limited')).toBe(10);
    expect(await outcome(server.browser('203.0.113.2').logIn('ada@example.com'))).toBe('200');
  });

  test('from many addresses ends too', async () => {
    await start({ rateFactor: 1 });
    const answers: string[] = [];
    for (let index = 0; index < 13; index++)
      answers.push(...(await guesses('ada@example.com', `198.51.100.${index}`, 10)));
    expect(answers.indexOf('429 rate_limited')).toBeGreaterThanOrEqual(100);
  });

  test('does not go on with an invented X-Forwarded-For', async () => {
    await start({ routeFactor: 1 });
    const answers: string[] = [];
    // The edge has appended the last address.
    for (let index = 0; index < 40; index++)
      answers.push(await guess(`${index}@example.com`, `6.6.6.${index}, 203.0.113.9`));
    expect(answers.slice(0, 19)).toEqual(Array<string>(19).fill('401 credentials_invalid'));
    expect(answers).toContain('429 rate_limited');
    expect(await guess('ada@example.com', '203.0.113.10')).toBe('401 credentials_invalid');
  });
});

describe('the limits of one account', () => {
  test('say when to come again, and refill', async () => {
    const clock = { now: 0 };
    const attempts = new Attempts(1, new MemoryBuckets(() => clock.now));
    const take = () => attempts.take('log-in', 'ada@example.com', '192.0.2.1');
    for (let index = 0; index < 10; index++) await take();
    await expect(take()).rejects.toMatchObject({ code: 'rate_limited', retryAfterMs: 60_000 });
    clock.now += 60_000;
    await take();
    await expect(take()).rejects.toMatchObject({ code: 'rate_limited' });
  });

  test('count all addresses of a network of IPv6 as one', async () => {
    const attempts = new Attempts(1, new MemoryBuckets(() => 0));
    for (let index = 0; index < 10; index++)
      await attempts.take('log-in', 'ada@example.com', `2001:db8::${index}`);
    await expect(attempts.take('log-in', 'ada@example.com', '2001:db8::ffff')).rejects.toMatchObject({
      code: 'rate_limited',
    });
    await attempts.take('mail', 'ada@example.com', '2001:db8::ffff');
  });
});

describe('the hashes of passwords', () => {
  test('are argon2id with a salt of their own', async () => {
    const passwords = new Passwords();
    const [one, other] = await Promise.all([passwords.hash(PASSWORD), passwords.hash(PASSWORD)]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(one).not.toBe(other);
    expect(await passwords.matches(PASSWORD, one)).toBe(true);
    expect(await passwords.matches(`${PASSWORD} `, one)).toBe(false);
    expect(passwords.isOutdated(one)).toBe(false);
  });

  test('of another cost are outdated, and the cost is part of them', async () => {
    const passwords = new Passwords();
    const made = await passwords.hash(PASSWORD);
    expect(passwords.isOutdated(made.replace('t=2', 't=3'))).toBe(true);
    expect(await passwords.matches(PASSWORD, made.replace('t=2', 't=3'))).toBe(false);
  });

  test.each([undefined, null])(
    'cost as much where there is none (%s): too many at once are refused',
    async (stored) => {
      const passwords = new Passwords();
      const results = await Promise.allSettled(
        Array.from({ length: 60 }, () => passwords.matches(PASSWORD, stored)),
      );
      const refused = results.filter(({ status }) => status === 'rejected');
      expect(refused.length).toBe(60 - 42);
      expect(results.filter((result) => result.status === 'fulfilled' && result.value)).toEqual([]);
      expect(await passwords.matches(PASSWORD, stored)).toBe(false);
    },
  );
});
