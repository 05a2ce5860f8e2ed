import { expect, test } from '@jest/globals';
import { uiConfigSchema } from '../../src/server/admin-config.ts';
import { embedOrigins } from '../../src/server/embed-origins.ts';

test('sites that may show our pages are a list of origins', () => {
  expect(embedOrigins(undefined)).toEqual([]);
  expect(embedOrigins('')).toEqual([]);
  expect(embedOrigins('https://a.example,http://localhost:8080 https://*.b.example')).toEqual([
    'https://a.example',
    'http://localhost:8080',
    'https://*.b.example',
  ]);
});

test.each(['*', 'a.example', "'self'", 'https://a.example/path', 'https://a.example;', 'https:', 'data:'])(
  'something else, as %s, is refused before it gets into the policy of a page',
  (word) => {
    expect(() => embedOrigins(`https://good.example ${word}`)).toThrow(word);
    expect(uiConfigSchema.safeParse({ EMBED_ORIGINS: word }).success).toBe(false);
  },
);
