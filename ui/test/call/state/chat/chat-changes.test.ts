import type { MessageId } from '@parley/proto/ids';
import type { RequestInput } from '@parley/proto/requests';
import type { ChatMessage } from '@parley/proto/room';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { CallFailure } from '../../../../src/call/base/call-failure.ts';
import { Chat } from '../../../../src/call/state/chat/chat.ts';
import { message } from '../../../support/chat-message.ts';
import { UNCHANGED } from '../../../support/chat-options.ts';
import { peerId } from '../../../support/records.ts';
import { settle } from '../../../support/wait-for.ts';

let chat: Chat;
let typed: RequestInput<'chat:type'>[];
let asked: RequestInput<'chat:list-changes'>[];
let changes: ChatMessage[];
let failures: string[];
let now: number;

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick', 'setImmediate'] });
  typed = [];
  asked = [];
  changes = [];
  failures = [];
  now = 1_000;
  chat = new Chat({
    ...UNCHANGED,
    send: async () => {
      throw new CallFailure('network_unreachable');
    },
    list: async () => ({ messages: [], more: false }),
    clear: async () => ({}),
    type: async (input) => void typed.push(input),
    change: async () => {
      throw new CallFailure('forbidden');
    },
    listChanges: async (input) => {
      asked.push(input);
      return { messages: changes, more: false };
    },
    self: () => ({ peerId: peerId('me'), displayName: 'Me' }),
    nameOf: (id) => (id.startsWith('gone') ? null : id.toUpperCase()),
    onChanged: () => {},
    onFailed: (failure, name) => void failures.push(`${name} ${failure.code}`),
    now: () => now,
  });
});

afterEach(() => {
  chat.close();
  jest.useRealTimers();
});

const texts = () => chat.entries.map(({ text }) => text);
const edited = (original: ChatMessage, text: string, version = 2): ChatMessage => ({
  ...original,
  text,
  version,
  changedAt: 50_000,
  editedAt: 50_000,
});

describe('a message of the log', () => {
  test('takes a change of a higher version, and none of a lower one', () => {
    const first = message('helo');
    chat.load([first]);
    chat.receiveChange(edited(first, 'hello', 3));
    chat.receiveChange(edited(first, 'helo!', 2));
    expect(texts()).toEqual(['hello']);
    expect(chat.unread).toBe(0);
  });

  test('changes what replies show of it, also if it is not in the log itself', () => {
    const first = message('lunch?', { sentAt: 10 });
    const quote = {
      messageId: first.messageId,
      fromPeerId: null,
      fromName: null,
      text: 'old',
      fileName: null,
      sentAt: 10,
      deletedBy: null,
    };
    chat.load([message('yes', { sentAt: 5_000, replyTo: quote })]);
    chat.receiveChange(edited(first, 'dinner?'));
    expect(texts()).toEqual(['yes']);
    expect(chat.entries[0]?.replyTo?.text).toBe('dinner?');
    chat.receiveChange({ ...first, text: '', version: 3, changedAt: 9, deletedAt: 9, deletedBy: 'sender' });
    expect(chat.entries[0]?.replyTo?.text).toBeNull();
  });

  test('is no longer what the person replies to once it is deleted', () => {
    const first = message('lunch?');
    chat.load([first]);
    chat.setReplyTo(first);
    chat.receiveChange(edited(first, 'dinner?'));
    expect(chat.replyTo?.text).toBe('dinner?');
    chat.receiveChange({ ...first, text: '', version: 3, deletedAt: 9, deletedBy: 'sender' });
    expect(chat.replyTo).toBeNull();
  });

  test('that was changed while the page was away is read after the next snapshot', async () => {
    const first = message('helo', { sentAt: 100_000 });
    chat.load([first]);
    expect(asked).toEqual([]);
    changes = [edited(first, 'hello')];
    chat.load([]);
    await settle();
    expect(asked).toEqual([{ since: 70_000, limit: 100 }]);
    expect(texts()).toEqual(['hello']);
  });

  test('that cannot be changed stays, and the page says so', async () => {
    const first = message('mine');
    chat.load([first]);
    const id: MessageId = first.messageId;
    expect(await chat.changes.edit(id, 'other')).toBe(false);
    await chat.changes.remove(id);
    await chat.changes.react(id, '👍', true);
    expect(failures).toEqual(['chat:edit forbidden', 'chat:delete forbidden', 'chat:react forbidden']);
    expect(texts()).toEqual(['mine']);
  });
});

describe('people who write', () => {
  const writes = (id: string, typing = true) =>
    chat.typists.handle({ peerId: peerId(id), toPeerId: null, typing });
  const names = () => chat.typists.list.map(({ name }) => name);

  test('are named until they stop, send, or are silent for six seconds', () => {
    writes('ann');
    writes('bob');
    writes('cem');
    writes('gone');
    expect(names()).toEqual(['ANN', 'BOB', 'CEM']);
    writes('ann', false);
    chat.receive(message('done', { fromPeerId: peerId('bob') }));
    expect(names()).toEqual(['CEM']);
    jest.advanceTimersByTime(5_000);
    writes('cem');
    jest.advanceTimersByTime(5_999);
    expect(names()).toEqual(['CEM']);
    jest.advanceTimersByTime(1);
    expect(names()).toEqual([]);
  });

  test('are at most twenty, and none after the end', () => {
    // Somebody without a name here takes no place.
    for (let count = 0; count < 20; count += 1) writes(`gone${count}`);
    for (let count = 0; count < 100; count += 1) writes(`p${count}`);
    expect(names().length).toBe(20);
    chat.close();
    writes('late');
    jest.advanceTimersByTime(10_000);
    expect(names()).not.toContain('LATE');
  });

  test('let others know every three seconds while they write, and once when they stop', () => {
    for (now = 0; now <= 4_000; now += 500) chat.typing.written(null);
    expect(typed).toEqual([
      { toPeerId: null, typing: true },
      { toPeerId: null, typing: true },
    ]);
    chat.typing.written(peerId('ann'));
    chat.typing.stop();
    chat.typing.stop();
    expect(typed.slice(2)).toEqual([
      { toPeerId: null, typing: false },
      { toPeerId: 'ann', typing: true },
      { toPeerId: 'ann', typing: false },
    ]);
  });
});
