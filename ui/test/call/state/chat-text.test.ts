import { describe, expect, test } from '@jest/globals';
import { CHAT_TEXT_MAX } from '@parley/proto';
import { readChatText } from '../../../src/call/state/chat-text.ts';

describe('a message that a person typed', () => {
  test.each([
    ['  hello \n', 'hello'],
    ['x'.repeat(CHAT_TEXT_MAX + 5), 'x'.repeat(CHAT_TEXT_MAX)],
    // A cut does not leave half of an emoji, which the server refuses.
    [`${'x'.repeat(CHAT_TEXT_MAX - 1)}🎈`, 'x'.repeat(CHAT_TEXT_MAX - 1)],
    ['half \ud83d here', 'half \ufffd here'],
    ['', null],
    ['  \u200b ', null],
  ])('%.12j is sent as %.12j', (typed, sent) => {
    expect(readChatText(typed)).toBe(sent);
  });
});
