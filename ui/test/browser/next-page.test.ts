import { describe, expect, test } from '@jest/globals';
import { nextPage, withNext } from '../../src/browser/links/next-page.ts';

describe('the page after a log-in', () => {
  test.each([
    ['/r/abcd-efgh-jkm', '/r/abcd-efgh-jkm'],
    ['/rooms?a=1#b', '/rooms?a=1#b'],
    ['//elsewhere.example', '/'],
    ['/\\elsewhere.example', '/'],
    ['/\t/elsewhere.example', '/'],
    ['/.//elsewhere.example', '/'],
    ['https://elsewhere.example/', '/'],
    ['javascript:alert(1)', '/'],
    ['rooms', '/'],
    ['', '/'],
  ])('is for next=%j %j', (next, page) => {
    expect(nextPage(`?${new URLSearchParams({ next }).toString()}`)).toBe(page);
  });

  test('is the start page where none is named', () => {
    expect(nextPage('')).toBe('/');
  });

  test('is in the address of the log-in, unless it is the start page', () => {
    expect(withNext('/login', '/')).toBe('/login');
    const address = withNext('/login', '/r/a?b=c&d');
    expect(nextPage(new URL(address, 'http://x').search)).toBe('/r/a?b=c&d');
  });
});
