import { describe, expect, test } from '@jest/globals';
import { CHAT_TEXT_MAX } from '@parley/proto/text';
import { readChatText } from '../../../../src/call/state/chat/chat-text.ts';

describe('a message that a person typed', () => {
  test.each([
    ['  hello \n', 'hello'],
    [` ${'x'.repeat(CHAT_TEXT_MAX)} `, 'x'.repeat(CHAT_TEXT_MAX)],
    // A person who pasted more than fits would not see that the end is missing.
    ['x'.repeat(CHAT_TEXT_MAX + 1), null],
    [`${'x'.repeat(CHAT_TEXT_MAX)}🎈`, null],
    // A letter that is two characters in the form that the server keeps.
    ['\u0958'.repeat(CHAT_TEXT_MAX), null],
    ['\u0958'.repeat(CHAT_TEXT_MAX / 2), '\u0915\u093c'.repeat(CHAT_TEXT_MAX / 2)],
    ['e\u0301'.repeat(CHAT_TEXT_MAX), '\u00e9'.repeat(CHAT_TEXT_MAX)],
    ['a\u0000b', 'ab'],
    ['half \ud83d here', 'half \ufffd here'],
    ['', null],
    ['  \u200b ', null],
  ])('%.12j is sent as %.12j', (typed, sent) => {
    expect(readChatText(typed)).toBe(sent);
  });
});
