import { expect, test } from '@jest/globals';
import type { SessionDevice } from '@parley/proto/rest';
import { deviceWords } from '../../src/words/session-words.ts';
import { english } from '../support/words.ts';

test.each<[SessionDevice, string]>([
  [{ browser: 'Firefox', system: 'Linux' }, 'Firefox on Linux'],
  [{ browser: 'Safari', system: null }, 'Safari'],
  [{ browser: null, system: 'Android' }, 'Android'],
  [{ browser: null, system: null }, 'Unknown browser'],
])('a log-in of %j is called %s', (device, words) => {
  expect(deviceWords(english, device)).toBe(words);
});
