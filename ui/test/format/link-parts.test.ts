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
    ['https://example.org/a, and', ['https://example.org/a']],
    ['<https://example.org/a>', ['https://example.org/a']],
    ['"https://example.org/a"', ['https://example.org/a']],
    ['»https://example.org/a«', ['https://example.org/a']],
    ['見て https://example.org/a。', ['https://example.org/a']],
    ['https://example.org/a\u2026', ['https://example.org/a']],
    ['https://müller.example/straße', ['https://xn--mller-kva.example/stra%C3%9Fe']],
    ['https://пример.example', ['https://xn--e1afmkfd.example/']],
    ['http://localhost:8080/r/abcd-efgh-jkm', ['http://localhost:8080/r/abcd-efgh-jkm']],
    ['https://192.0.2.1:8443/a', ['https://192.0.2.1:8443/a']],
    ['https://[2001:db8::1]/a', ['https://[2001:db8::1]/a']],
    ['HTTPS://EXAMPLE.ORG', ['https://example.org/']],
    ['www.example.org/a.', ['https://www.example.org/a']],
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
    'https://bank:pin@evil.example/',
    'ftp://example.org',
    'JavaScript://example.org/%0Aalert(1)',
    'vbscript:x',
    '//example.org/a',
    'mailto:ana@example.org',
    'ana@example.org',
    'readme.md',
    'e.g.this',
    'no link at all',
  ])('%s is text and no link', (text) => {
    expect(links(text)).toEqual([]);
    expect(whole(text)).toBe(text);
  });

  test('a link ends where markup begins', () => {
    // Quotes in pairs may belong to an address; encoded, they end no attribute.
    expect(links('https://example.org/"onmouseover="x')).toEqual(['https://example.org/%22onmouseover=%22x']);
    expect(links('https://example.org/"onmouseover')).toEqual(['https://example.org/']);
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
