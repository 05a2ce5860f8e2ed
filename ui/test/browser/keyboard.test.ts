import { expect, test } from '@jest/globals';
import { coveredByKeyboard } from '../../src/browser/keyboard.ts';

test.each([
  ['no keyboard', 844, { height: 844, offsetTop: 0, scale: 1 }, 0],
  ['a keyboard that covers the page', 844, { height: 508, offsetTop: 0, scale: 1 }, 336],
  ['a keyboard, and the page moved up', 844, { height: 508, offsetTop: 200, scale: 1 }, 136],
  ['a keyboard that made the page smaller', 508, { height: 508, offsetTop: 0, scale: 1 }, 0],
  ['a bar of the browser', 844, { height: 790, offsetTop: 0, scale: 1 }, 0],
  ['an enlarged page', 844, { height: 422, offsetTop: 100, scale: 2 }, 0],
])('%s covers the right part of the page', (_what, pageHeight, viewport, covered) => {
  expect(coveredByKeyboard(pageHeight, viewport)).toBe(covered);
});
