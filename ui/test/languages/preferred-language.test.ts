import { describe, expect, test } from '@jest/globals';
import { preferredLanguage } from '../../src/languages/preferred-language.ts';

describe('the language of a page', () => {
  test.each([
    ['nothing is known', undefined, undefined, 'en', 'en'],
    ['the browser prefers one that Parley speaks', undefined, 'fr', 'fr', 'fr'],
    ['the browser names a region', undefined, 'de-AT,de;q=0.9,en;q=0.8', 'de', 'de-AT'],
    ['only a later wish has the region', undefined, 'es,es-MX;q=0.9', 'es', 'es-MX'],
    ['the dearest is not the first', undefined, 'en;q=0.5,ar-EG;q=0.9', 'ar', 'ar-EG'],
    ['Parley does not speak the dearest', undefined, 'fi,fr;q=0.5', 'fr', 'fr'],
    ['Parley speaks none of them', undefined, 'fi,ja;q=0.5', 'en', 'en'],
    ['the browser takes any', undefined, '*', 'en', 'en'],
    ['a wish is refused by the browser', undefined, 'de;q=0,es', 'es', 'es'],
    ['a script is named', undefined, 'ar-Arab-MA', 'ar', 'ar-MA'],
    ['the person chose', 'ar', 'de-DE,de;q=0.9', 'ar', 'ar'],
    ['the person chose a language of the browser', 'en', 'de-DE,en-GB;q=0.8', 'en', 'en-GB'],
    ['the cookie names no language of Parley', 'fi', 'de', 'de', 'de'],
    ['the cookie is malformed', '__proto__', 'de', 'de', 'de'],
    ['the cookie is empty', '', 'es', 'es', 'es'],
  ])('if %s', (_when, cookie, acceptLanguage, language, locale) => {
    expect(preferredLanguage({ cookie, acceptLanguage })).toEqual({ language, locale });
  });

  test.each([
    '',
    ';;;,,,',
    'de_DE',
    'x',
    '-',
    'de;q=abc',
    '\u0000\uffff',
    'en-'.repeat(5000),
    'de,'.repeat(5000),
    'toolongsubtagtoolong-x',
  ])('is one of Parley, however malformed the header is', (acceptLanguage) => {
    expect(['en', 'de']).toContain(preferredLanguage({ acceptLanguage }).language);
  });
});
