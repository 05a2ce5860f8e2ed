import { expect, test } from '@jest/globals';
import { isComposing } from '../../src/browser/composing.ts';

test.each([
  ['Enter that chooses a word', { isComposing: true, keyCode: 229 }, true],
  ['the same in Safari, after the end of the composition', { isComposing: false, keyCode: 229 }, true],
  ['the next Enter', { isComposing: false, keyCode: 13 }, false],
])('%s: %j', (_what, press, expected) => {
  expect(isComposing(press)).toBe(expected);
});
