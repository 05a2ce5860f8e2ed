import { describe, expect, test } from '@jest/globals';
import { linkParts } from '../../src/format/link-parts.ts';

const links = (text: string) => linkParts(text).flatMap((part) => (part.kind === 'link' ? [part.href] : []));
const whole = (text: string) =>
  linkParts(text)
    .map((part) => part.text)
    .join('');

describe('links in a message', () => {
  test.each([
    ['see https://example.org now', ['https://example.org/']],
    ['http://example.org/a?b=c#d', ['http://example.org/a?b=c#d']],
    ['Is it https://example.org/a?', ['https://example.org/a']],
    ['(https://example.org/a).', ['https://example.org/a']],
    ['https://en.wikipedia.org/wiki/Ada_(name)', ['https://en.wikipedia.org/wiki/Ada_(name)']],
    ['https://a.example, https://b.example!', ['https://a.example/', 'https://b.example/']],
  ])('%s', (text, expected) => {
    expect(links(text)).toEqual(expected);
  });

  test.each([
    'javascript:alert(1)',
    'data:text/html,<b>x</b>',
    'file:///etc/passwd',
    'https://bank.example@evil.example/',
    'https://',
    'ftp://example.org',
    'no link at all',
  ])('%s is text and no link', (text) => {
    expect(links(text)).toEqual([]);
    expect(whole(text)).toBe(text);
  });

  test('a link ends where markup begins', () => {
    expect(links('https://example.org/"onmouseover="x')).toEqual(['https://example.org/']);
    expect(links('https://example.org/<script>')).toEqual(['https://example.org/']);
  });

  test('no character of a message is lost, whatever it holds', () => {
    const text = 'a https://example.org/x. b\n<https://example.org/y> (c https://example.org/z) 🎉';
    expect(whole(text)).toBe(text);
  });

  test('a long message of almost-links is split without delay', () => {
    const text = 'https://'.repeat(250);
    const before = performance.now();
    expect(whole(text)).toBe(text);
    expect(performance.now() - before).toBeLessThan(200);
  });
});
