import type { PeerId } from '@parley/proto/ids';
import { CHAT_TEXT_MAX } from '@parley/proto/text';
import { describe, expect, test } from '@jest/globals';
import {
  CHAT_CHARACTERS_MAX,
  CHAT_KEPT_MAX,
  mergeMessages,
  prependMessages,
} from '../../../../src/call/state/chat/chat-log.ts';
import { message } from '../../../support/chat-message.ts';
import { peerId } from '../../../support/records.ts';

describe('the chat log', () => {
  const reader = (selfId: PeerId | null, shownName: string | null = null) => ({
    selfId,
    nameOf: () => shownName,
  });

  test.each([
    ['Ann (2)', 'Ann (2)'],
    // A message keeps the name of the time when it was sent.
    ['Zoe', 'Ann'],
    [null, 'Ann'],
  ])('of a sender shown as %s has the name %s', (shownName, expected) => {
    const { entries } = mergeMessages([], [message('hello')], reader(null, shownName));
    expect(entries[0]?.fromName).toBe(expected);
  });

  test('keeps the number of the recipient of an own message', () => {
    const stored = message('psst', { toName: 'Ann' });
    const own = { ...stored, toName: 'Ann (2)', own: true, delivery: 'sending' as const };
    const { entries } = mergeMessages([own], [stored], reader(null));
    expect(entries).toMatchObject([{ toName: 'Ann (2)', delivery: 'sent' }]);
  });

  test('keeps the order of the server, with unsent messages below', () => {
    const late = message('late', { sentAt: 300 });
    const early = message('early', { sentAt: 100 });
    const own = { ...message('own', { sentAt: 50 }), own: true, delivery: 'sending' as const };
    const { entries } = mergeMessages([own], [late, early], reader(null));
    expect(entries.map((entry) => entry.text)).toEqual(['early', 'late', 'own']);
  });

  test('is the same list when nothing is new', () => {
    const known = message('known');
    const { entries } = mergeMessages([], [known], reader(null));
    expect(mergeMessages(entries, [known], reader(null)).entries).toBe(entries);
  });

  test('takes a message for the person’s own by the word of the server, whichever peer sent it', () => {
    const [mine, other] = [message('mine', { mine: true }), message('other', { sentAt: 6_000 })];
    const { entries } = mergeMessages([], [mine, other], reader(peerId('another')));
    expect(entries.map(({ text, own }) => [text, own])).toEqual([
      ['mine', true],
      ['other', false],
    ]);
    const earlier = prependMessages([], [mine], reader(peerId('another')));
    expect(earlier.entries[0]?.own).toBe(true);
  });

  test('knows one’s own entries also after a join anew', () => {
    const own = {
      ...message('mine', { fromPeerId: peerId('me-before') }),
      own: true,
      delivery: 'sending' as const,
    };
    const { entries } = mergeMessages([own], [{ ...own, sentAt: 7000 }], reader(peerId('me-now')));
    expect(entries).toMatchObject([{ own: true, delivery: 'sent', sentAt: 7000 }]);
  });

  test('has a bound in messages and in characters, and drops the oldest', () => {
    const short = Array.from({ length: CHAT_KEPT_MAX + 3 }, (_, index) => ({
      ...message(`${index}`, { sentAt: index }),
      own: false,
      delivery: 'sent' as const,
    }));
    const newest = mergeMessages(short, [message('newest', { sentAt: 20_000 })], reader(null)).entries;
    expect([newest.length, newest[0]?.text, newest.at(-1)?.text]).toEqual([CHAT_KEPT_MAX, '4', 'newest']);

    const long = 'x'.repeat(CHAT_TEXT_MAX);
    const room = CHAT_CHARACTERS_MAX / CHAT_TEXT_MAX;
    const longest = short.slice(0, room + 2).map((entry) => ({ ...entry, text: long }));
    const kept = mergeMessages(longest, [message(long, { sentAt: 20_000 })], reader(null)).entries;
    expect([kept.length, kept[0]?.sentAt, kept.at(-1)?.sentAt]).toEqual([room, 3, 20_000]);
  });

  test('that is full takes no earlier messages', () => {
    const entries = Array.from({ length: CHAT_KEPT_MAX - 1 }, (_, index) => ({
      ...message(`${index}`),
      own: false,
      delivery: 'sent' as const,
    }));
    const earlier = [message('first'), message('second')];
    const some = prependMessages(entries.slice(2), earlier, reader(null));
    expect([some.full, some.entries[0]?.text]).toEqual([false, 'first']);
    const filled = prependMessages(entries, earlier, reader(null));
    expect([filled.full, filled.entries.length, filled.entries[0]?.text]).toEqual([
      true,
      CHAT_KEPT_MAX,
      'second',
    ]);
  });
});
