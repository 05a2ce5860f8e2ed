import { expect, test } from '@jest/globals';
import { isStrayDrop } from '../../src/browser/stray-drop.ts';

test.each([
  ['a file on the pictures', ['Files'], 'elsewhere', true],
  ['a link on the pictures', ['text/uri-list', 'text/plain'], 'elsewhere', true],
  ['a file on the message field', ['Files'], 'text-field', true],
  ['text on the message field', ['text/plain'], 'text-field', false],
  ['a file on a field for files', ['Files'], 'file-field', false],
] as const)('%s is refused or not', (_what, types, target, stray) => {
  expect(isStrayDrop(types, target)).toBe(stray);
});
