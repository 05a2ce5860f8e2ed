import { describe, expect, test } from '@jest/globals';
import { TabLock } from '../../src/account/tab-lock.ts';
import { deferred } from '../support/wait-for.ts';

function tabs({ isSecure }: { isSecure: boolean }) {
  const stored = new Map<string, string>();
  const storage = () =>
    ({
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => void stored.set(key, value),
    }) as Storage;
  const name = `lock-${Math.random()}`;
  return {
    stored,
    name,
    open: () => new TabLock(name, { locks: () => (isSecure ? navigator.locks : undefined), storage }),
  };
}

describe.each([
  ['with locks of the browser', true],
  ['with a lease in the storage', false],
])('the lock between tabs, %s', (_, isSecure) => {
  test('lets one tab at a time do its work', async () => {
    const { open } = tabs({ isSecure });
    let running = 0;
    let most = 0;
    const work = async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
    };
    await Promise.all(Array.from({ length: 4 }, async () => open().run(work)));
    expect(most).toBe(1);
  });

  test('passes results and errors on, and is free again', async () => {
    const { open } = tabs({ isSecure });
    expect(await open().run(async () => 7)).toBe(7);
    const failure = new Error('no');
    await expect(open().run(async () => Promise.reject(failure))).rejects.toBe(failure);
    expect(await open().run(async () => 8)).toBe(8);
  });
});

test('a browser that refuses its locks does not stop the work', async () => {
  const refusing = {
    request: async () => Promise.reject(new Error('SecurityError')),
  } as unknown as LockManager;
  const lock = new TabLock('refused', { locks: () => refusing });
  expect(await lock.run(async () => 'done')).toBe('done');
});

test('the lease of a tab that is gone ends', async () => {
  const { open, stored, name } = tabs({ isSecure: false });
  stored.set(`${name}.lease`, JSON.stringify({ owner: 'gone', endsAt: Date.now() + 300 }));
  const began = Date.now();
  await open().run(async () => {});
  expect(Date.now() - began).toBeGreaterThan(200);
});

test('a lease does not count that a wrong clock wrote', async () => {
  const { open, stored, name } = tabs({ isSecure: false });
  stored.set(`${name}.lease`, JSON.stringify({ owner: 'gone', endsAt: Date.now() + 86_400_000 }));
  const done = deferred<string>();
  void open().run(async () => done.resolve('done'));
  expect(await done.promise).toBe('done');
});

test('works without a storage', async () => {
  const lock = new TabLock('none', {
    locks: () => undefined,
    storage: () => {
      throw new Error('SecurityError');
    },
  });
  expect(await lock.run(async () => 'done')).toBe('done');
});
