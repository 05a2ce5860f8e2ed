import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import type { MessageId, PeerId } from '@parley/proto/ids';
import type { ChatMessage } from '@parley/proto/room';
import { seenByOthers } from './support/seen-by-others.ts';
import { useSignaling } from './support/running-signaling.ts';
import type { TestClient } from './support/test-client.ts';

describe('chat', () => {
  let ada: TestClient;
  let bob: TestClient;
  let eve: TestClient;
  const call = useSignaling(async ({ signaling, code }) => {
    [ada, bob, eve] = [
      await signaling.joinAs('host', code, 'Ada'),
      await signaling.join(code, 'Bob'),
      await signaling.join(code, 'Eve'),
    ];
  });

  const send = async (
    from: TestClient,
    text: string,
    toPeerId: PeerId | null = null,
  ): Promise<ChatMessage> => {
    const { message } = await from.request('chat:send', { clientMessageId: randomUUID(), toPeerId, text });
    expect(message.mine).toBe(true);
    return seenByOthers(message);
  };

  test('to everybody reaches everybody else, and the sender in the reply', async () => {
    const message = await send(ada, '  hello  ');
    expect(message).toMatchObject({
      fromPeerId: ada.peerId,
      fromName: 'Ada',
      toPeerId: null,
      toName: null,
      text: 'hello',
    });
    expect(await bob.notified('chat:received')).toEqual({ message });
    expect(await eve.notified('chat:received')).toEqual({ message });
    await ada.settled();
    expect(ada.notifications('chat:received')).toEqual([]);
  });

  test('to one person is never on the wire of a third: not when sent, not in a list, not in a snapshot', async () => {
    const secret = `between us ${randomUUID()}`;
    const message = await send(ada, secret, bob.peerId);
    expect(message).toMatchObject({ toPeerId: bob.peerId, toName: 'Bob' });
    expect(await bob.notified('chat:received')).toEqual({ message });
    await send(bob, `answer to ${secret}`, ada.peerId);
    await ada.notified('chat:received');
    await send(ada, 'for all');
    await eve.notified('chat:received');
    const { messages } = await eve.request('chat:list', { limit: 100 });
    const late = await call.signaling.join(call.code, 'Late');
    const eveAgain = await call.signaling.reconnect(eve);
    await eveAgain.resume();
    const seen = JSON.stringify([
      eve.received,
      messages,
      late.snapshot,
      late.received,
      eveAgain.snapshot,
      eveAgain.received,
    ]);
    expect(seen).toContain('for all');
    expect(seen).not.toContain(secret);
    const own = await bob.request('chat:list', { limit: 100 });
    expect(own.messages.map(({ text }) => text)).toEqual([secret, `answer to ${secret}`, 'for all']);
  });

  test('sent twice under one id is one message, also when sent at once', async () => {
    const request = { clientMessageId: randomUUID(), toPeerId: null, text: 'once' };
    const replies = await Promise.all([ada.request('chat:send', request), ada.request('chat:send', request)]);
    replies.push(await ada.request('chat:send', request));
    expect(new Set(replies.map(({ message }) => message.messageId)).size).toBe(1);
    await send(ada, 'twice');
    await bob.notified('chat:received', ({ message }) => message.text === 'twice');
    expect(bob.notifications('chat:received').map(({ message }) => message.text)).toEqual(['once', 'twice']);
    // Ids are the sender's own: another's message under the same id is another message.
    const { message } = await bob.request('chat:send', { ...request, text: 'mine' });
    expect(message).toMatchObject({ fromPeerId: bob.peerId, text: 'mine' });
  });

  test('is listed page by page, oldest first, without gaps', async () => {
    const sent: string[] = [];
    for (let index = 0; index < 9; index += 1) {
      const from = [ada, bob, eve][index % 3] as TestClient;
      sent.push((await send(from, `message ${index}`)).text);
    }
    const pages: string[][] = [];
    let before: MessageId | undefined;
    for (let more = true; more;) {
      const page = await ada.request('chat:list', { limit: 4, ...(before ? { before } : {}) });
      pages.unshift(page.messages.map(({ text }) => text));
      before = page.messages[0]?.messageId;
      more = page.more;
    }
    expect(pages.map((page) => page.length)).toEqual([1, 4, 4]);
    expect(pages.flat()).toEqual(sent);
  });

  test('pages do not begin at a message that the reader may not see or that is not there', async () => {
    const hidden = await send(ada, 'private', bob.peerId);
    for (const before of [hidden.messageId, 'nothing', randomUUID()]) {
      expect(await eve.refusal('chat:list', { before, limit: 5 })).toBe('not_found');
    }
  });

  test.each<[string, (to: PeerId) => object, string]>([
    ['an empty text', (to) => ({ toPeerId: to, text: '   ' }), 'invalid_request'],
    ['a text that is too long', (to) => ({ toPeerId: to, text: 'x'.repeat(2001) }), 'invalid_request'],
    ['a null character', (to) => ({ toPeerId: to, text: 'a\0b' }), 'invalid_request'],
    ['an id that is no UUID', (to) => ({ toPeerId: to, text: 'x', clientMessageId: '1' }), 'invalid_request'],
    ['a sender of its own choice', (to) => ({ toPeerId: to, text: 'x', fromPeerId: to }), 'invalid_request'],
    ['somebody who is not there', () => ({ toPeerId: 'nobody', text: 'x' }), 'peer_not_found'],
  ])('is refused with %s', async (_what, request, expected) => {
    expect(await ada.refusal('chat:send', { clientMessageId: randomUUID(), ...request(bob.peerId) })).toBe(
      expected,
    );
    await bob.settled();
    expect(bob.notifications('chat:received')).toEqual([]);
  });

  test('to oneself is refused', async () => {
    const request = { clientMessageId: randomUUID(), toPeerId: ada.peerId, text: 'me' };
    expect(await ada.refusal('chat:send', request)).toBe('invalid_request');
  });

  const textsFor = async (client: TestClient): Promise<string[][]> => {
    const { messages } = await client.request('chat:list', { limit: 100 });
    return [client.snapshot.chat, messages].map((list) => list.map(({ text }) => text));
  };

  test('of the present call is read by a newcomer, also after those who wrote it have left', async () => {
    await send(ada, 'minutes of the meeting');
    for (const client of [ada, eve]) await client.request('room:leave', {});
    const late = await call.signaling.join(call.code, 'Late');
    expect(await textsFor(late)).toEqual([['minutes of the meeting'], ['minutes of the meeting']]);
  });

  test('of an earlier call is read by nobody who comes later', async () => {
    const { messageId } = await send(ada, 'minutes of the meeting');
    for (const client of [ada, bob, eve]) await client.request('room:leave', {});
    const next = await call.signaling.join(call.code, 'Next');
    await send(next, 'a new call');
    const late = await call.signaling.join(call.code, 'Late');
    expect(await textsFor(late)).toEqual([['a new call'], ['a new call']]);
    const { messages, more } = await late.request('chat:list', { before: messageId, limit: 100 });
    expect({ messages, more }).toEqual({ messages: [], more: false });
    const [newest] = late.snapshot.chat;
    const before = { before: newest?.messageId as MessageId, limit: 100 };
    expect(await late.request('chat:list', before)).toEqual({ messages: [], more: false });
  });

  test('of an earlier call is read by those who come later if the operator wants it', async () => {
    const open = await call.backend.signaling({ CHAT_HISTORY: 'room' });
    const code = await open.createRoom();
    const first = await open.join(code, 'Ada');
    await send(first, 'minutes of the meeting');
    await first.request('room:leave', {});
    const next = await open.join(code, 'Next');
    expect(await textsFor(next)).toEqual([['minutes of the meeting'], ['minutes of the meeting']]);
    await open.stop();
  });

  test('of 150 messages is reached by a newcomer to the first one', async () => {
    await call.signaling.query(
      `INSERT INTO rooms.chat_messages (message_id, room_code, client_message_id, from_peer_id, from_name, body)
       SELECT gen_random_uuid(), $1, gen_random_uuid(), 'ada', 'Ada', 'm' || number FROM generate_series(0, 149) AS number`,
      [call.code],
    );
    const late = await call.signaling.join(call.code, 'Late');
    const newest = late.snapshot.chat;
    const earlier = await late.request('chat:list', {
      before: newest[0]?.messageId,
      limit: 100,
    });
    expect([earlier.messages.length, earlier.more, newest.length]).toEqual([50, false, 100]);
    const texts = [...earlier.messages, ...newest].map(({ text }) => text);
    expect(texts).toEqual(Array.from({ length: 150 }, (_, index) => `m${index}`));
  });

  test('is cleared for everybody, private messages included, and everybody is notified by whom', async () => {
    await send(ada, 'for all');
    await send(bob, 'psst', eve.peerId);
    const { clearedAt } = await ada.request('chat:clear', {});
    for (const client of [ada, bob, eve])
      expect(await client.notified('chat:cleared')).toEqual({
        byPeerId: ada.peerId,
        byName: 'Ada',
        clearedAt,
      });
    expect(await call.signaling.query('SELECT body FROM rooms.chat_messages')).toEqual([]);
    await send(bob, 'after it');
    const late = await call.signaling.join(call.code, 'Late');
    expect(await textsFor(late)).toEqual([['after it'], ['after it']]);
    expect(await textsFor(eve)).toEqual([[], ['after it']]);
  });

  test('that was cleared while somebody was away is gone for them when they are back', async () => {
    await send(ada, 'for all');
    const { clearedAt } = await ada.request('chat:clear', {});
    const back = await call.signaling.reconnect(eve);
    await back.resume();
    expect(await back.notified('chat:cleared')).toEqual({ byPeerId: null, byName: null, clearedAt });
    expect(back.snapshot.chat).toEqual([]);
  });

  test('that was stored with an earlier time than its clearing is read by nobody', async () => {
    const { clearedAt } = await ada.request('chat:clear', {});
    await call.signaling.query(
      `INSERT INTO rooms.chat_messages (message_id, room_code, client_message_id, from_peer_id, from_name, body, sent_at)
       VALUES (gen_random_uuid(), $1, gen_random_uuid(), 'ada', 'Ada', 'late', $2)`,
      [call.code, new Date(clearedAt - 1)],
    );
    const late = await call.signaling.join(call.code, 'Late');
    expect(await textsFor(late)).toEqual([[], []]);
  });

  test('is refused clearly while PostgreSQL is away; the call goes on, joins included, and chat heals', async () => {
    const request = { clientMessageId: randomUUID(), toPeerId: null, text: 'after the outage' };
    await call.signaling.flushDatabase();
    await call.backend.postgres.kill();
    expect(await ada.refusal('chat:send', request)).toBe('unavailable');
    await ada.request('peer:set-hand', { raised: true });
    await bob.notified('peer:updated', ({ peer }) => peer.handRaisedAt !== null);
    expect(bob.notifications('chat:received')).toEqual([]);
    await call.backend.postgres.restart();
    await ada.request('chat:send', request);
    await bob.notified('chat:received', ({ message }) => message.text === 'after the outage');
  });

  test('whoever came back while PostgreSQL was slow receives afterwards what was said meanwhile', async () => {
    await send(ada, 'before the loss');
    await bob.notified('chat:received');
    bob.cut();
    await send(ada, 'said meanwhile');
    await send(ada, 'for Eve alone', eve.peerId);
    const again = await call.signaling.reconnect(bob);
    await call.signaling.whileChatIsLocked(async () => {
      const { snapshot } = await again.resume();
      expect(snapshot.chat).toEqual([]);
    });
    await again.notified('chat:received', ({ message }) => message.text === 'said meanwhile');
    expect(JSON.stringify(again.received)).not.toContain('for Eve alone');
  });

  test('history is written behind the call, and in order after PostgreSQL was away', async () => {
    await call.signaling.flushDatabase();
    await call.backend.postgres.kill();
    const late = await call.signaling.join(call.code, 'Late');
    expect(late.snapshot.chat).toEqual([]);
    await late.request('room:leave', {});
    await call.backend.postgres.restart();
    for (const client of [ada, bob]) await client.request('room:leave', {});
    const rows = await waitFor(
      async () => {
        const all = await call.signaling.query<{
          display_name: string;
          leave_reason: string | null;
          took: boolean;
        }>(
          `SELECT display_name, leave_reason, left_at >= joined_at AS took FROM rooms.call_sessions ORDER BY joined_at`,
        );
        return all.filter((row) => row.leave_reason !== null).length === 3 && all;
      },
      { timeoutMs: 15_000 },
    );
    expect(rows).toEqual([
      { display_name: 'Ada', leave_reason: 'left', took: true },
      { display_name: 'Bob', leave_reason: 'left', took: true },
      { display_name: 'Eve', leave_reason: null, took: null },
      { display_name: 'Late', leave_reason: 'left', took: true },
    ]);
  });
});
