import { afterEach, describe, expect, test } from '@jest/globals';
import { MALFORMED, takeLinkToken } from '../../src/browser/links/link-token.ts';

const TOKEN = 'Aa0_-'.repeat(9).slice(0, 43);
const shown: unknown[] = [];

function openedAt(hash: string): void {
  shown.length = 0;
  Object.assign(globalThis, {
    location: { hash, pathname: '/reset-password', search: '?a=b' },
    history: { state: 1, replaceState: (...args: unknown[]) => shown.push(args) },
  });
}

afterEach(() => {
  for (const name of ['location', 'history']) Reflect.deleteProperty(globalThis, name);
});

describe('the secret of a link', () => {
  test('is read, and is in the address no more', () => {
    openedAt(`#${TOKEN}`);
    expect(takeLinkToken()).toBe(TOKEN);
    expect(shown).toEqual([[1, '', '/reset-password?a=b']]);
  });

  test.each([['#'], ['']])('is not there with %j', (hash) => {
    openedAt(hash);
    expect(takeLinkToken()).toBeNull();
    expect(shown).toEqual([]);
  });

  test.each([`#${TOKEN.slice(1)}`, `#${TOKEN}x`, '#a/b'])('is malformed in %s, and goes as well', (hash) => {
    openedAt(hash);
    expect(takeLinkToken()).toBe(MALFORMED);
    expect(shown).toHaveLength(1);
  });
});
