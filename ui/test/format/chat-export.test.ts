import { describe, expect, test } from '@jest/globals';
import { chatAsJson, chatAsText } from '../../src/format/chat-export.ts';
import { fileSize } from '../../src/format/file-size.ts';
import { message } from '../support/chat-message.ts';
import { english } from '../support/words.ts';

const entry = (...given: Parameters<typeof message>) => ({
  ...message(...given),
  own: false,
  delivery: 'sent' as const,
});

describe('the chat of a person, saved', () => {
  const first = entry('lunch?', { sentAt: 0, fromName: 'Ann' });
  const quote = {
    messageId: first.messageId,
    fromPeerId: null,
    fromName: 'Ann',
    text: 'lunch?',
    fileName: null,
    sentAt: 0,
    deletedBy: null,
  };
  const entries = [
    first,
    entry('yes\nplease', { sentAt: 1_000, fromName: 'Bob', toName: 'Ann', replyTo: quote, editedAt: 2_000 }),
    entry('', { sentAt: 3_000, fromName: 'Bob', deletedAt: 4_000, deletedBy: 'sender' }),
  ];

  test('has names, words and quotes as text', () => {
    const text = chatAsText(english, entries);
    expect(text.replace(/\[[^\]]*\]/g, '[time]')).toBe(
      '[time] Ann\nlunch?\n\n[time] Bob → Ann (edited)\n> lunch?\nyes\nplease\n\n[time] Bob\nMessage deleted\n',
    );
  });

  test('says who deleted a message, also one that a reply shows, and what is not shown to this person', () => {
    const gone = { ...quote, text: null, deletedBy: 'host' as const };
    const hidden = { ...gone, fromName: null, sentAt: null, deletedBy: null };
    const text = chatAsText(english, [
      entry('', { deletedAt: 4_000, deletedBy: 'host' }),
      entry('why?', { replyTo: gone }),
      entry('what?', { replyTo: hidden }),
    ]);
    expect(text.replace(/\[[^\]]*\] /g, '')).toBe(
      'Ann\nDeleted by a host\n\nAnn\n> Deleted by a host\nwhy?\n\nAnn\n> Message not available\nwhat?\n',
    );
  });

  test('has the same for programs as JSON, with times in ISO 8601', () => {
    expect(JSON.parse(chatAsJson(entries))).toEqual({
      messages: [
        { sentAt: '1970-01-01T00:00:00.000Z', from: 'Ann', to: null, text: 'lunch?' },
        {
          sentAt: '1970-01-01T00:00:01.000Z',
          from: 'Bob',
          to: 'Ann',
          text: 'yes\nplease',
          editedAt: '1970-01-01T00:00:02.000Z',
          replyTo: { from: 'Ann', text: 'lunch?' },
        },
        {
          sentAt: '1970-01-01T00:00:03.000Z',
          from: 'Bob',
          to: null,
          text: '',
          deletedAt: '1970-01-01T00:00:04.000Z',
          deletedBy: 'sender',
        },
      ],
    });
  });
});

test.each([
  [1, '1 byte'],
  [999, '999 bytes'],
  [1_500, '2 kB'],
  [20_971_520, '21 MB'],
])('%i bytes are %s', (bytes, words) => {
  expect(fileSize('en', bytes)).toBe(words);
});
