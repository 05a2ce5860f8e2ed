import { describe, expect, test } from '@jest/globals';
import type { Rename } from '../../src/call/index.ts';
import { CallFailure } from '../../src/call/base/call-failure.ts';
import { renameWords } from '../../src/words/name-words.ts';
import { english } from '../support/words.ts';

const OUTCOMES: [string, Rename | null, string | null, string | null][] = [
  ['nothing was asked for', null, null, null],
  ['it is on its way', { status: 'sending', value: 'Bob', late: false }, 'Saving…', null],
  [
    'the server is away',
    { status: 'sending', value: 'Bob', late: true },
    'The server cannot be reached. Your name changes as soon as it is back.',
    null,
  ],
  ['the server has it', { status: 'kept', value: 'Bob' }, 'Your name was changed', null],
  [
    'the server refused it',
    { status: 'refused', value: 'Bob', failure: new CallFailure('forbidden') },
    null,
    'Your name was not changed. You cannot do that in this call.',
  ],
];

describe('the words of a rename', () => {
  test.each(OUTCOMES)('if %s', (_when, rename, hint, problem) => {
    expect(renameWords(english, rename)).toEqual({ hint, problem });
  });
});
