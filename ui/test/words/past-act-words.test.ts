import { expect, test } from '@jest/globals';
import type { PastAct } from '@parley/proto/rest';
import { actKindSchema } from '@parley/proto/room';
import { pastActWords } from '../../src/words/past-act-words.ts';
import { wordsIn } from '../support/words.ts';

const act = (over: Partial<PastAct>): PastAct => ({
  kind: 'muted',
  byName: 'Hana',
  toName: 'Gus',
  detail: '',
  doneAt: 1,
  ...over,
});

test.each<[Partial<PastAct>, string]>([
  [{}, 'Hana muted Gus'],
  [{ kind: 'stopped', detail: 'screen' }, 'Hana stopped what Gus sent: screen'],
  [
    { kind: 'role-changed', detail: 'host', byName: null },
    'The rules of the room changed the role of Gus: host',
  ],
  [
    { kind: 'call-ended', byName: null, toName: null },
    'An operator of the server ended the call for everybody',
  ],
  [{ kind: 'banned', toName: '' }, 'Hana banned Somebody whose account was deleted'],
])('%j reads "%s"', (over, text) => {
  expect(pastActWords(wordsIn('en'), act(over))).toBe(text);
});

test.each(actKindSchema.options)('"%s" has words', (kind) => {
  expect(pastActWords(wordsIn('de'), act({ kind }))).not.toContain('history.acts');
});
