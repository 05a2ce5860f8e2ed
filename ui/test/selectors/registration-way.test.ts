import { expect, test } from '@jest/globals';
import { MALFORMED } from '../../src/browser/links/link-token.ts';
import { registrationWay } from '../../src/selectors/registration-way.ts';

const TOKEN = 'A'.repeat(43);

test.each([
  [true, 'closed', TOKEN, { kind: 'first' }],
  [false, 'closed', null, { kind: 'closed' }],
  [false, 'closed', TOKEN, { kind: 'closed' }],
  [false, 'invited', null, { kind: 'needsInvitation' }],
  [false, 'invited', TOKEN, { kind: 'invited', invitation: TOKEN }],
  [false, 'invited', MALFORMED, { kind: 'brokenLink' }],
  [false, 'open', null, { kind: 'open' }],
  [false, 'open', TOKEN, { kind: 'invited', invitation: TOKEN }],
] as const)('setup needed: %s, registration %s, link %s', (setupNeeded, registration, token, way) => {
  expect(registrationWay({ setupNeeded, registration }, token)).toEqual(way);
});
