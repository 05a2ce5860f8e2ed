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
    ['https://müller.example/straße', 'https://müller.example/straße'],
    ['https://пример.рф/путь', 'https://пример.рф/путь'],
    ['https://ουτοπία.ευ', 'https://ουτοπία.ευ'],
    ['https://日本語テスト.jp', 'https://日本語テスト.jp'],
    ['https://한국.example', 'https://한국.example'],
    ['https://उदाहरण.भारत', 'https://उदाहरण.भारत'],
    ['https://ตัวอย่าง.ไทย', 'https://ตัวอย่าง.ไทย'],
    ['https://Nguyễn.example', 'https://Nguyễn.example'],
    ['https://EXAMPLE.org/Ä', 'https://EXAMPLE.org/Ä'],
    ['https://[2001:db8::1]/é', 'https://[2001:db8::1]/é'],
    // Cyrillic letters in a Latin word, and a Cyrillic word that looks Latin under a Latin top-level domain.
    ['https://gооgle.com/x', 'https://xn--ggle-55da.com/x'],
    ['www.аррӏе.com', 'www.xn--80ak6aa92e.com'],
    ['HTTPS://аррӏе.com:8443?https://аррӏе.com', 'HTTPS://xn--80ak6aa92e.com:8443?https://аррӏе.com'],
    ['https://пример.com', 'https://xn--e1afmkfd.com'],
    ['https://ex\u03b1mple.com', 'https://xn--exmple-qxe.com'],
    // What looks like a slash, a letter of phonetics, a mark that covers, a letter in a circle.
    ['https://example.org\u2215a.evil.example', 'https://example.xn--orga-id9a.evil.example'],
    ['https://\u0261oogle.com', 'https://xn--oogle-qmc.com'],
    ['https://ex\u0337ample.com', 'https://xn--example-6se.com'],
    ['https://\u24d4xample.org', 'https://example.org'],
    ['https://\uff47oogle.com', 'https://google.com'],
    ['https://\uff76\uff85.jp', 'https://xn--lck2c.jp'],
  ])('%s is shown as %s', (typed, shown) => {
    expect(linkParts(typed)).toEqual([{ kind: 'link', text: shown, href: expect.stringMatching(/^https:/) }]);
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
    // No browser opens a host that begins from the left and goes on from the right.
    'https://a\u0627.example',
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
