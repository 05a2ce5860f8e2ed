import { describe, expect, test } from '@jest/globals';
import type { ChatEntry } from '../../src/call/index.ts';
import { clearedWords, recipientWords, senderWords } from '../../src/words/chat-words.ts';
import { chatEntry, peer } from '../support/call-state.ts';
import { english, wordsIn } from '../support/words.ts';

const toMe = chatEntry('psst', { toPeerId: peer('me') });
const toAda = chatEntry('psst', { own: true, toPeerId: peer('ada'), toName: 'ada' });
const toSomebody = { ...toAda, toName: null };

describe('the sender of a message', () => {
  test.each<[string, ChatEntry, string]>([
    ['another person', chatEntry('hello'), 'ada'],
    ['oneself', chatEntry('hello', { own: true }), 'You'],
    ['another person, privately', toMe, 'ada, only to you'],
    ['oneself, privately', toAda, 'You, only to ada'],
    ['oneself, to a person whose name is not known', toSomebody, 'You, only to one person'],
  ])('is %s', (_who, entry, expected) => {
    expect(senderWords(english, entry)).toBe(expected);
  });

  test('is said in the language of the page', () => {
    expect(senderWords(wordsIn('de'), toAda)).toBe('Du, nur an ada');
    expect(senderWords(wordsIn('fr'), toMe)).toBe('ada, à vous uniquement');
    expect(senderWords(wordsIn('ar'), toAda)).toBe('أنت، إلى \u2068ada\u2069 فقط');
  });

  test('is separate from the recipient where the page shows them apart', () => {
    expect(recipientWords(english, toMe)).toBe('only to you');
    expect(recipientWords(english, toAda)).toBe('only to ada');
  });
});

test('the line of a cleared chat names who did it', () => {
  expect(clearedWords(english, { own: true, byName: 'ada', at: 0 })).toBe('You cleared the chat');
  expect(clearedWords(english, { own: false, byName: 'דנה', at: 0 })).toBe(
    '\u2068דנה\u2069 cleared the chat',
  );
  expect(clearedWords(wordsIn('es'), { own: false, byName: 'ada', at: 0 })).toBe('ada ha vaciado el chat');
});

test('the count of characters is written without separators', () => {
  expect(english.t('chat.composer.length', { length: 1850, max: 2000 })).toBe('1850 of 2000');
});
