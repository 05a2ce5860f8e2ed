import { SNAPSHOT_CHAT_MAX, type RequestInput, type RequestResult } from '@parley/proto/requests';
import type { ChatMessage } from '@parley/proto/room';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { CallFailure } from '../../../../src/call/base/call-failure.ts';
import { Chat } from '../../../../src/call/state/chat/chat.ts';
import { message } from '../../../support/chat-message.ts';
import { UNCHANGED } from '../../../support/chat-options.ts';
import { peerId } from '../../../support/records.ts';
import { deferred, settle, waitFor } from '../../../support/wait-for.ts';

let sent: RequestInput<'chat:send'>[];
let answer: (input: RequestInput<'chat:send'>) => Promise<ChatMessage>;
let listed: RequestInput<'chat:list'>[];
let answerList: (input: RequestInput<'chat:list'>) => Promise<RequestResult<'chat:list'>>;
let clear: () => Promise<unknown>;
let failures: string[];
/** The requests that failed, in all tests. */
const refused: string[] = [];
let chat: Chat;

function makeChat(retryMs?: number): Chat {
  return new Chat({
    send: async (input) => {
      sent.push(input);
      return { message: await answer(input) };
    },
    list: (input) => {
      listed.push(input);
      return answerList(input);
    },
    clear: () => clear(),
    ...UNCHANGED,
    self: () => ({ peerId: peerId('me'), displayName: 'Me' }),
    nameOf: (id) => (id === 'ann' ? 'Ann' : null),
    onChanged: () => {},
    onFailed: (failure, name) => failures.push(failure.code) && refused.push(name),
    now: () => 6000,
    ...(retryMs === undefined ? {} : { retryMs }),
  });
}

beforeEach(() => {
  sent = [];
  listed = [];
  answerList = async () => ({ messages: [], more: false });
  clear = async () => ({});
  failures = [];
  answer = async (input) =>
    message(input.text, { clientMessageId: input.clientMessageId, fromPeerId: peerId('me'), fromName: 'Me' });
  chat = makeChat(1);
});

afterEach(() => {
  chat.close();
  jest.useRealTimers();
  jest.restoreAllMocks();
});

const shown = () => chat.entries.map((entry) => `${entry.text}:${entry.delivery}${entry.own ? ':own' : ''}`);

describe('chat', () => {
  test('shows a message before the server has it', async () => {
    chat.send('  hello  ', null);
    expect(shown()).toEqual(['hello:sending:own']);
    await settle();
    expect(shown()).toEqual(['hello:sent:own']);
    expect(sent).toMatchObject([{ text: 'hello', toPeerId: null }]);
  });

  test('sends no empty message', () => {
    chat.send('   ', null);
    expect(chat.entries).toEqual([]);
  });

  test('shows the name of the recipient of a private message', () => {
    chat.send('psst', { peerId: peerId('ann'), name: 'Former' });
    chat.send('psst', { peerId: peerId('carl'), name: 'Carl' });
    expect(chat.entries).toMatchObject([
      { toPeerId: 'ann', toName: 'Ann' },
      { toPeerId: 'carl', toName: 'Carl' },
    ]);
  });

  test('shows a message once although the server also broadcasts it', async () => {
    answer = async (input) => {
      const stored = message(input.text, {
        clientMessageId: input.clientMessageId,
        fromPeerId: peerId('me'),
      });
      chat.receive(stored);
      return stored;
    };
    chat.send('once', null);
    await settle();
    expect(shown()).toEqual(['once:sent:own']);
    expect(chat.unread).toBe(0);
  });

  test('repeats a send that failed for now, with the same id', async () => {
    const good = answer;
    let attempts = 0;
    answer = async (input) => {
      attempts += 1;
      if (attempts < 3) throw new CallFailure('unavailable');
      return good(input);
    };
    chat.send('again', null);
    await waitFor('delivery', () => chat.entries[0]?.delivery === 'sent');
    expect(sent).toHaveLength(3);
    expect(new Set(sent.map((input) => input.clientMessageId)).size).toBe(1);
  });

  test.each([0, 0.5, 0.999])(
    'keeps a message for 9 minutes, and gives it up within 15, with the chance %d',
    async (chance) => {
      jest.useFakeTimers();
      jest.spyOn(Math, 'random').mockReturnValue(chance);
      answer = async () => {
        throw new CallFailure('unavailable');
      };
      chat = makeChat();
      chat.send('patience', null);
      await jest.advanceTimersByTimeAsync(9 * 60_000);
      expect(shown()).toEqual(['patience:sending:own']);
      await jest.advanceTimersByTimeAsync(6 * 60_000);
      expect(shown()).toEqual(['patience:failed:own']);
      expect(failures).toEqual(['unavailable']);
    },
  );

  test('keeps what is written while the server cannot store it, and sends it in order within 3 s of its return', async () => {
    jest.useFakeTimers();
    const good = answer;
    answer = async () => {
      throw new CallFailure('unavailable');
    };
    chat = makeChat();
    for (const text of ['one', 'two', 'three']) chat.send(text, null);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(shown()).toEqual(['one:sending:own', 'two:sending:own', 'three:sending:own']);
    answer = good;
    sent = [];
    await jest.advanceTimersByTimeAsync(3_000);
    expect(sent.map(({ text }) => text)).toEqual(['one', 'two', 'three']);
    expect(failures).toEqual([]);
  });

  test('refuses at once what is written beyond a hundred messages that wait', async () => {
    answer = async () => {
      throw new CallFailure('unavailable');
    };
    chat = makeChat(60_000);
    for (let count = 1; count <= 101; count += 1) chat.send(`m${count}`, null);
    expect(shown().at(-2)).toBe('m100:sending:own');
    expect(shown().at(-1)).toBe('m101:failed:own');
    expect(failures).toEqual(['unavailable']);
  });

  test('waits for the next snapshot while the socket is away', async () => {
    const good = answer;
    answer = async () => {
      throw new CallFailure('network_unreachable');
    };
    chat.send('later', null);
    await settle();
    expect(shown()).toEqual(['later:sending:own']);
    answer = good;
    chat.load([]);
    await settle();
    expect(shown()).toEqual(['later:sent:own']);
    expect(sent).toHaveLength(2);
  });

  test('marks a message that cannot be sent, and sends it again on request', async () => {
    const good = answer;
    answer = async () => {
      throw new CallFailure('forbidden');
    };
    chat.send('no', null);
    await settle();
    expect(shown()).toEqual(['no:failed:own']);
    expect(failures).toEqual(['forbidden']);
    answer = good;
    chat.retry(chat.entries[0]!.clientMessageId);
    await settle();
    expect(shown()).toEqual(['no:sent:own']);
  });

  test('does not repeat a message that the server took although its reply was lost', async () => {
    answer = async () => {
      throw new CallFailure('network_unreachable');
    };
    chat.send('kept', null);
    await settle();
    const { clientMessageId } = chat.entries[0]!;
    chat.load([message('kept', { clientMessageId, fromPeerId: peerId('me') })]);
    await settle();
    expect(shown()).toEqual(['kept:sent:own']);
    expect(sent).toHaveLength(1);
  });

  test('counts each message that came since it was read, but not history and not one’s own', () => {
    chat.load([message('old')]);
    expect(chat.unread).toBe(0);
    const first = message('new');
    chat.receive(first);
    chat.receive(first);
    chat.receive(message('mine', { fromPeerId: peerId('me') }));
    expect(chat.unread).toBe(1);
    chat.load([message('missed meanwhile')]);
    expect(chat.unread).toBe(2);
    chat.markRead();
    expect(chat.unread).toBe(0);
  });

  test('counts nothing as unread while the person reads, wherever the page shows the chat', () => {
    chat.load([]);
    chat.receive(message('before'));
    const stops = [chat.read(), chat.read()];
    expect(chat.unread).toBe(0);
    chat.receive(message('while it is open'));
    stops[0]!();
    stops[0]!();
    chat.receive(message('while it is open in the other place'));
    expect(chat.unread).toBe(0);
    stops[1]!();
    chat.receive(message('after'));
    expect(chat.unread).toBe(1);
  });

  test('brings many quick messages over in the order in which they were written, however the server limits them', async () => {
    const good = answer;
    const arrived: string[] = [];
    // As the server does: ten at once, and then one in three tries.
    answer = async (input) => {
      if (arrived.length >= 10 && sent.length % 3 !== 0) throw new CallFailure('rate_limited');
      arrived.push(input.text);
      return good(input);
    };
    const written = Array.from({ length: 30 }, (_, index) => `m${index}`);
    for (const text of written) chat.send(text, null);
    await waitFor('all', () => chat.entries.every((entry) => entry.delivery === 'sent'));
    expect(arrived).toEqual(written);
    expect(chat.entries.map((entry) => entry.text)).toEqual(written);
    expect(failures).toEqual([]);
  });

  test('keeps the order when the socket is replaced while a message is on its way', async () => {
    const good = answer;
    const reply = deferred<ChatMessage>();
    answer = () => reply.promise;
    chat.send('first', null);
    chat.send('second', null);
    answer = good;
    // The snapshot of the new socket comes before the request of the old one has failed.
    chat.load([]);
    reply.reject(new CallFailure('network_unreachable'));
    await waitFor('both', () => chat.entries.every((entry) => entry.delivery === 'sent'));
    expect(sent.map(({ text }) => text)).toEqual(['first', 'first', 'second']);
    expect(shown()).toEqual(['first:sent:own', 'second:sent:own']);
  });

  test('sends the messages after one that is refused', async () => {
    const good = answer;
    answer = async (input) => {
      if (input.text === 'refused') throw new CallFailure('peer_not_found');
      return good(input);
    };
    for (const text of ['before', 'refused', 'after']) chat.send(text, null);
    await settle();
    expect(shown()).toEqual(['before:sent:own', 'after:sent:own', 'refused:failed:own']);
    expect(failures).toEqual(['peer_not_found']);
  });

  test('gives up all waiting messages when the server stays away, and sends all again, in order, on one request', async () => {
    const good = answer;
    answer = async () => {
      throw new CallFailure('unavailable');
    };
    for (const text of ['one', 'two', 'three']) chat.send(text, null);
    await waitFor('the end of patience', () => failures.length > 0);
    expect(shown()).toEqual(['one:failed:own', 'two:failed:own', 'three:failed:own']);
    expect(failures).toEqual(['unavailable']);
    answer = good;
    sent = [];
    chat.retry(chat.entries[1]!.clientMessageId);
    await settle();
    expect(sent.map(({ text }) => text)).toEqual(['one', 'two', 'three']);
    expect(shown()).toEqual(['one:sent:own', 'two:sent:own', 'three:sent:own']);
  });

  test('stays quiet after it is closed', async () => {
    answer = async () => {
      throw new CallFailure('forbidden');
    };
    chat.send('x', null);
    chat.close();
    await settle();
    expect(failures).toEqual([]);
  });
});

describe('earlier messages', () => {
  const many = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => message(`m${from + index}`, { sentAt: from + index }));
  const texts = () => chat.entries.map(({ text }) => text);

  test('are there to ask for if a snapshot is full', () => {
    chat.load(many(0, SNAPSHOT_CHAT_MAX - 1));
    expect(chat.earlier).toBe('none');
    chat.close();
    chat = makeChat(1);
    chat.load(many(0, SNAPSHOT_CHAT_MAX));
    expect(chat.earlier).toBe('some');
  });

  test('come page by page above the log, until the first one is reached', async () => {
    const newest = many(150, SNAPSHOT_CHAT_MAX);
    chat.load(newest);
    answerList = async () => ({ messages: many(50, 100), more: true });
    const asked = chat.loadEarlier();
    expect(chat.earlier).toBe('loading');
    // A second press while the page is on its way asks for nothing.
    await Promise.all([asked, chat.loadEarlier()]);
    expect(chat.earlier).toBe('some');
    answerList = async () => ({ messages: many(0, 50), more: false });
    await chat.loadEarlier();
    expect(chat.earlier).toBe('none');
    await chat.loadEarlier();
    expect(listed).toHaveLength(2);
    expect(listed[0]).toEqual({ before: newest[0]?.messageId, limit: 100 });
    expect(texts()).toEqual(Array.from({ length: 250 }, (_, index) => `m${index}`));
    expect(chat.unread).toBe(0);
  });

  test('can be asked for again after a failure, which is reported', async () => {
    chat.load(many(0, SNAPSHOT_CHAT_MAX));
    answerList = async () => {
      throw new CallFailure('unavailable');
    };
    await chat.loadEarlier();
    expect([chat.earlier, failures]).toEqual(['some', ['unavailable']]);
  });

  test('are gone if the oldest message was deleted meanwhile', async () => {
    chat.load(many(0, SNAPSHOT_CHAT_MAX));
    answerList = async () => {
      throw new CallFailure('not_found');
    };
    await chat.loadEarlier();
    expect([chat.earlier, failures]).toEqual(['none', []]);
  });

  test('are asked for from the new snapshot on if it leaves a gap', async () => {
    chat.load(many(0, 5));
    chat.load(many(200, SNAPSHOT_CHAT_MAX));
    expect(texts()[0]).toBe('m200');
    expect(chat.earlier).toBe('some');
  });
});

describe('a cleared chat', () => {
  const cleared = { byPeerId: peerId('ann'), byName: 'Ann', clearedAt: 1000 };

  test('has no message from before, and keeps those that came later or are not sent yet', () => {
    answer = () => new Promise(() => {});
    chat.load([message('old', { sentAt: 999 })]);
    chat.receive(message('older', { sentAt: 500 }));
    chat.receive(message('new', { sentAt: 1000 }));
    chat.send('mine', null);
    expect(chat.unread).toBe(2);
    chat.handleCleared(cleared);
    expect(shown()).toEqual(['new:sent', 'mine:sending:own']);
    expect(chat.unread).toBe(1);
    expect(chat.cleared).toEqual({ byName: 'Ann', own: false, at: 1000 });
    // It was on its way when the chat was cleared.
    chat.receive(message('late', { sentAt: 999 }));
    expect(shown()).toEqual(['new:sent', 'mine:sending:own']);
  });

  test('forgets an own message that was stored before and confirmed after, and does not send it again', async () => {
    const confirm = deferred<ChatMessage>();
    answer = () => confirm.promise;
    chat.send('mine', null);
    chat.handleCleared(cleared);
    const [{ clientMessageId } = { clientMessageId: '' }] = sent;
    // A second answer never comes, so that a repetition is seen and does not go on for ever.
    answer = () => new Promise(() => {});
    confirm.resolve(message('mine', { clientMessageId, fromPeerId: peerId('me'), sentAt: 999 }));
    await settle();
    expect([shown(), sent.length]).toEqual([[], 1]);
  });

  test('has nothing earlier to ask for, also if a page of it is on its way', async () => {
    chat.load(
      Array.from({ length: SNAPSHOT_CHAT_MAX }, (_, index) => message(`m${index}`, { sentAt: index })),
    );
    let arrive = (_page: RequestResult<'chat:list'>): void => undefined;
    answerList = () => new Promise((resolve) => (arrive = resolve));
    const asked = chat.loadEarlier();
    chat.handleCleared(cleared);
    arrive({ messages: [message('earlier', { sentAt: 0 })], more: true });
    await asked;
    expect([chat.entries, chat.earlier]).toEqual([[], 'none']);
  });

  test('says who cleared it only to those who were there', () => {
    chat.load([message('old', { sentAt: 999 })]);
    chat.handleCleared({ byPeerId: null, byName: null, clearedAt: 1000 });
    expect([chat.entries, chat.cleared]).toEqual([[], null]);
    chat.handleCleared({ byPeerId: peerId('me'), byName: 'Me', clearedAt: 2000 });
    expect(chat.cleared).toEqual({ byName: 'Me', own: true, at: 2000 });
    // An earlier clearing that is reported late changes nothing.
    chat.handleCleared(cleared);
    expect(chat.cleared).toMatchObject({ at: 2000 });
  });

  test('that the server did not clear is as before, and the failure is reported', async () => {
    chat.load([message('old', { sentAt: 999 })]);
    clear = async () => {
      throw new CallFailure('unavailable');
    };
    await chat.clear();
    expect([shown(), failures, refused.at(-1)]).toEqual([['old:sent'], ['unavailable'], 'chat:clear']);
  });
});
