import { describe, expect, test } from '@jest/globals';
import { readAdvisories } from '../supply/advisories.mjs';

const weakness = (severity: string) => ({
  name: 'left-pad',
  severity,
  range: '<1.3.0',
  via: [{ title: 'Pads right', url: 'https://advisories.example/1' }, 'deep'],
  fixAvailable: true,
});

describe('known weaknesses of packages', () => {
  test.each([
    ['low', 0],
    ['moderate', 0],
    ['high', 1],
    ['critical', 1],
  ])('that are %s fail %i packages', (severity, failing) => {
    const read = readAdvisories(JSON.stringify({ vulnerabilities: { 'left-pad': weakness(severity) } }));
    expect(read).toEqual({
      offered: true,
      failing,
      words: [
        `${severity}: left-pad <1.3.0: Pads right https://advisories.example/1; by deep; a newer version mends it`,
      ],
    });
  });

  test('that do not exist are said not to', () => {
    expect(readAdvisories(JSON.stringify({ vulnerabilities: {} }))).toEqual({
      offered: true,
      failing: 0,
      words: ['No package has a known weakness.'],
    });
  });

  test.each([
    [{ message: '405 Method Not Allowed', statusCode: 405 }, '(405 Method Not Allowed).'],
    [
      { error: { code: 'ENOAUDIT', summary: 'Your configured registry does not support audit requests.' } },
      'support audit',
    ],
    [{}, '(no answer).'],
  ])('that the registry does not offer are not taken for none: %j', (answer, reason) => {
    const read = readAdvisories(JSON.stringify(answer));
    expect(read).toMatchObject({ offered: false, failing: 0 });
    expect(read.words.join()).toContain('so this was not checked');
    expect(read.words.join()).toContain(reason);
  });

  test('that come as no JSON are not taken for none either', () => {
    expect(readAdvisories('npm error code ENOTFOUND\n')).toMatchObject({ offered: false, failing: 0 });
  });
});
