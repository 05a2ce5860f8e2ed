import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { CALL_NEEDS } from '@parley/ui/call-needs';
import { ROOT } from '../lib/paths.mjs';
import { entriesOf, lackingIn, supportedBrowsers } from '../lint/browser-data.mjs';
import { supportProblem } from '../lint/browser-support.mjs';

describe('the list of supported browsers', () => {
  const browsers = supportedBrowsers();

  test('is what the README says', () => {
    const [chrome, firefox, safari] = ['chrome', 'firefox', 'safari'].map((name) => browsers.get(name));
    expect(readFileSync(join(ROOT, 'README.md'), 'utf8')).toContain(
      `Chromium (Chrome, Edge) from ${chrome}, Firefox from ${firefox}, Safari from ${safari}`,
    );
    expect(browsers.get('safari_ios')).toBe(safari);
  });

  test.each(Object.values(CALL_NEEDS).flat())(
    'contains no browser that the call refuses for want of %s',
    (need) => {
      const [owner = '', member] = need.replace('.prototype', '').split('.');
      const entries = entriesOf(owner, member);
      expect(entries).not.toEqual([]);
      for (const entry of entries) expect(lackingIn(entry, browsers)).toEqual([]);
    },
  );
});

describe('the lint of built-ins', () => {
  type Place = Parameters<typeof supportProblem>;
  const accepted: Place[] = [
    ['Promise', 'withResolvers'],
    ['AbortSignal', 'any'],
    ['navigator', 'mediaDevices'],
    ['anything', 'toSorted', true],
    ['Map'],
    ['NoBuiltIn', 'member'],
    // Only the calls of an unknown object say something: any object may have a field of this name.
    ['state', 'getBattery'],
    // The code asks for it first.
    ['element', 'setSinkId', true],
  ];
  const refused: [Place, RegExp][] = [
    [['Promise', 'try'], /Promise\.try is missing in .*firefox/],
    [['Iterator', 'from'], /safari/],
    [['crypto', 'randomUUID'], /on secure pages only/],
    [['navigator', 'connection'], /navigator\.connection is missing in firefox.*safari/],
    [['MediaStreamTrackProcessor'], /^MediaStreamTrackProcessor is missing in firefox/],
    [['anything', 'getBattery', true], /safari_ios/],
  ];

  test.each(accepted.map((place) => [place] as const))('accepts %j', (place) => {
    expect(supportProblem(...place)).toBeUndefined();
  });

  test.each(refused)('refuses %j', (place, words) => {
    expect(supportProblem(...place)).toMatch(words);
  });
});
