import { expect, test } from '@jest/globals';
import type { Act } from '@parley/proto/room';
import type { CallError } from '../../src/call/index.ts';
import { endedWords } from '../../src/words/ended-words.ts';
import { english } from '../support/words.ts';

const error = (code: CallError['code']): CallError => ({ code, message: '', traceId: null });
const act = (kind: Act['kind'], byName: string | null = 'Hana'): Act => ({
  kind,
  byPeerId: null,
  byName,
  at: 1,
});

test('a call that a person ended names that person, and one that ended otherwise does not', () => {
  const title = (code: CallError['code'], last: Act | null) => endedWords(english, error(code), last).title;
  expect(title('session_removed', act('removed'))).toBe('Hana removed you from the call');
  expect(title('session_banned', act('banned'))).toBe('Hana removed you from the call for good');
  expect(title('session_call_ended', act('call-ended'))).toBe('Hana ended the call for everybody');
  expect(title('session_removed', act('muted'))).toBe('You were removed from the call');
  expect(title('session_removed', act('removed', null))).toBe('You were removed from the call');
  expect(title('session_removed', null)).toBe('You were removed from the call');
});

test('the next step stays that of the error', () => {
  expect(endedWords(english, error('session_banned'), act('banned')).nextStep).toBe(
    endedWords(english, error('session_banned'), null).nextStep,
  );
});
