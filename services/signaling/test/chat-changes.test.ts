import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { MessageId, PeerId } from '@parley/proto/ids';
import type { ChatMessage } from '@parley/proto/room';
import { seenByOthers } from './support/seen-by-others.ts';
import { useSignaling } from './support/running-signaling.ts';
import type { TestClient } from './support/test-client.ts';

describe('a message that was sent', () => {
  let ada: TestClient;
  let bob: TestClient;
  let eve: TestClient;
  const call = useSignaling(async ({ signaling, code }) => {
    [ada, bob, eve] = [
      await signaling.join(code, 'Ada'),
      await signaling.join(code, 'Bob'),
      await signaling.join(code, 'Eve'),
    ];
  });

  type Rest = { to?: PeerId; replyTo?: MessageId };

  const send = async (from: TestClient, text: string, { to, replyTo }: Rest = {}): Promise<ChatMessage> => {
    const { message } = await from.request('chat:send', {
      clientMessageId: randomUUID(),
      toPeerId: to ?? null,
      text,
      ...(replyTo && { replyTo }),
    });
    return seenByOthers(message);
  };
  const listedBy = async (client: TestClient): Promise<ChatMessage[]> =>
    (await client.request('chat:list', { limit: 100 })).messages;
  const changesOf = (client: TestClient, messageId: MessageId): ChatMessage[] =>
    client
      .notifications('chat:changed')
      .map(({ message }) => message)
      .filter((message) => message.messageId === messageId);

  test('is edited by its sender, for everybody, and says so', async () => {
    const { messageId } = await send(ada, 'helo');
    const message = seenByOthers((await ada.request('chat:edit', { messageId, text: 'hello' })).message);
    expect(message).toMatchObject({ text: 'hello', version: 2, editedAt: expect.any(Number) });
    expect(await bob.notified('chat:changed')).toEqual({ message });
    expect(await listedBy(eve)).toEqual([message]);
    expect((await call.signaling.join(call.code, 'Late')).snapshot.chat).toEqual([message]);
  });

  test('is not edited or deleted by somebody else', async () => {
    const { messageId } = await send(ada, 'mine');
    expect(await bob.refusal('chat:edit', { messageId, text: 'yours' })).toBe('forbidden');
    expect(await bob.refusal('chat:delete', { messageId })).toBe('forbidden');
    expect((await listedBy(bob)).map(({ text }) => text)).toEqual(['mine']);
  });

  test('is deleted by a host as well, and the mark says so, but a private one of others is as good as none', async () => {
    const host = await call.signaling.joinAs('host', call.code, 'Hana');
    const { messageId } = await send(ada, 'unkind');
    const { message } = await host.request('chat:delete', { messageId });
    expect(message).toMatchObject({ text: '', deletedBy: 'host', fromName: 'Ada' });
    expect(await bob.notified('chat:changed')).toEqual({ message });
    expect(await host.refusal('chat:edit', { messageId, text: 'kind' })).toBe('forbidden');
    const secret = await send(ada, 'psst', { to: bob.peerId });
    const asNone = await host.refusal('chat:delete', { messageId: randomUUID() });
    expect(await host.refusal('chat:delete', { messageId: secret.messageId })).toBe(asNone);
    expect(await listedBy(bob)).toEqual([message, secret]);
  });

  test('is deleted by its sender: a mark stays, and its words are nowhere any more', async () => {
    const secret = `a secret ${randomUUID()}`;
    const { messageId } = await send(ada, secret);
    await bob.request('chat:react', { messageId, emoji: '👍', on: true });
    await ada.request('chat:delete', { messageId });
    const { message } = await bob.notified('chat:changed', ({ message: one }) => one.deletedAt !== undefined);
    expect(message).toMatchObject({ text: '', deletedBy: 'sender', version: 3 });
    expect(message).not.toHaveProperty('reactions');
    const rows = await call.signaling.query('SELECT * FROM rooms.chat_messages');
    expect(JSON.stringify([rows, await listedBy(eve)])).not.toContain(secret);
    // Repeating it is no error, and nothing happens to what is deleted.
    expect(await ada.request('chat:delete', { messageId })).toEqual({ message: { ...message, mine: true } });
    expect(await ada.refusal('chat:edit', { messageId, text: 'back' })).toBe('conflict');
    expect(await bob.refusal('chat:react', { messageId, emoji: '👍', on: true })).toBe('conflict');
    expect(await bob.refusal('chat:send', replyTo(messageId))).toBe('conflict');
  });

  const replyTo = (messageId: string, toPeerId: PeerId | null = null): object => ({
    clientMessageId: randomUUID(),
    toPeerId,
    text: 'a reply',
    replyTo: messageId,
  });

  test('is shown by its replies as it is now: edited, and gone when it is deleted', async () => {
    const { messageId } = await send(ada, 'lunch at 12?');
    const reply = await send(bob, 'yes', { replyTo: messageId });
    const quote = {
      messageId,
      fromPeerId: ada.peerId,
      fromName: 'Ada',
      fileName: null,
      sentAt: expect.any(Number),
      deletedBy: null,
    };
    expect(reply.replyTo).toEqual({ ...quote, text: 'lunch at 12?' });
    expect((await eve.notified('chat:received', ({ message }) => message.text === 'yes')).message).toEqual(
      reply,
    );
    await ada.request('chat:edit', { messageId, text: 'lunch at 13?' });
    expect((await listedBy(eve)).at(-1)?.replyTo).toEqual({ ...quote, text: 'lunch at 13?' });
    await ada.request('chat:delete', { messageId });
    expect((await listedBy(eve)).at(-1)).toMatchObject({
      text: 'yes',
      replyTo: { ...quote, text: null, deletedBy: 'sender' },
    });
  });

  test('is quoted by its beginning, with no character cut in half', async () => {
    const { messageId } = await send(ada, `${'x'.repeat(198)}😀 and more`);
    const { replyTo: quote } = await send(bob, 'long', { replyTo: messageId });
    expect(quote?.text).toBe(`${'x'.repeat(198)}…`);
  });

  test('that was private is replied to by its two ends only, and only between them', async () => {
    const { messageId } = await send(ada, 'psst', { to: bob.peerId });
    expect(await bob.refusal('chat:send', replyTo(messageId))).toBe('conflict');
    expect(await bob.refusal('chat:send', replyTo(messageId, eve.peerId))).toBe('conflict');
    expect(await eve.refusal('chat:send', replyTo(messageId))).toBe('not_found');
    const reply = await send(bob, 'what?', { to: ada.peerId, replyTo: messageId });
    expect(reply.replyTo?.text).toBe('psst');
    const open = await send(ada, 'for all');
    expect((await send(bob, 'between us', { to: ada.peerId, replyTo: open.messageId })).replyTo?.text).toBe(
      'for all',
    );
  });

  test('that was private is as good as none for a third, and its changes reach its two ends only', async () => {
    const { messageId } = await send(ada, 'psst', { to: bob.peerId });
    for (const [verb, more] of [
      ['chat:edit', { text: 'x' }],
      ['chat:delete', {}],
      ['chat:react', { emoji: '👍', on: true }],
    ] as const) {
      expect(await eve.refusal(verb, { messageId, ...more })).toBe('not_found');
      expect(await eve.refusal(verb, { messageId: randomUUID(), ...more })).toBe('not_found');
    }
    await bob.request('chat:react', { messageId, emoji: '👍', on: true });
    await ada.request('chat:edit', { messageId, text: 'psst!' });
    await bob.notified('chat:changed', ({ message }) => message.text === 'psst!');
    expect(changesOf(ada, messageId).length).toBe(2);
    await eve.settled();
    expect(eve.notifications('chat:changed')).toEqual([]);
    const { messages } = await eve.request('chat:list-changes', { since: 0, limit: 100 });
    expect(messages).toEqual([]);
  });

  test('carries reactions, each person once for each emoji, until they take them away', async () => {
    const { messageId } = await send(ada, 'done');
    await bob.request('chat:react', { messageId, emoji: '🎉', on: true });
    await bob.request('chat:react', { messageId, emoji: '🎉', on: true });
    await eve.request('chat:react', { messageId, emoji: '🎉', on: true });
    await eve.request('chat:react', { messageId, emoji: '👍🏽', on: true });
    const [message] = await listedBy(ada);
    expect(message?.reactions).toEqual([
      { emoji: '🎉', peerIds: [bob.peerId, eve.peerId] },
      { emoji: '👍🏽', peerIds: [eve.peerId] },
    ]);
    await eve.request('chat:react', { messageId, emoji: '👍🏽', on: false });
    await bob.request('chat:react', { messageId, emoji: '🎉', on: false });
    expect((await listedBy(ada))[0]?.reactions).toEqual([{ emoji: '🎉', peerIds: [eve.peerId] }]);
  });

  test('keeps the reactions of people who press at the same moment', async () => {
    const { messageId } = await send(ada, 'all together');
    const everybody = [ada, bob, eve];
    await Promise.all(
      everybody.flatMap((one) =>
        ['👍', '🎉', '😂'].map((emoji) => one.request('chat:react', { messageId, emoji, on: true })),
      ),
    );
    const [message] = await listedBy(ada);
    expect(message?.reactions?.map(({ peerIds }) => peerIds.length)).toEqual([3, 3, 3]);
    expect(message?.version).toBe(10);
  });

  test('takes three different emoji of one person and no fourth', async () => {
    const { messageId } = await send(ada, 'wow');
    for (const emoji of ['👍', '🎉', '😂']) await bob.request('chat:react', { messageId, emoji, on: true });
    expect(await bob.refusal('chat:react', { messageId, emoji: '❤️', on: true })).toBe('conflict');
    await bob.request('chat:react', { messageId, emoji: '👍', on: false });
    await bob.request('chat:react', { messageId, emoji: '❤️', on: true });
  });

  test.each(['', 'a', 'ok', '👍👍', '<b>', '👍 ', '1'])('takes no %j as a reaction', async (emoji) => {
    const { messageId } = await send(ada, 'wow');
    expect(await bob.refusal('chat:react', { messageId, emoji, on: true })).toBe('invalid_request');
  });

  test('of an earlier call is changed by nobody', async () => {
    const { messageId } = await send(ada, 'minutes');
    for (const client of [ada, bob, eve]) await client.request('room:leave', {});
    const next = await call.signaling.join(call.code, 'Next');
    expect(await next.refusal('chat:react', { messageId, emoji: '👍', on: true })).toBe('not_found');
    expect(await next.refusal('chat:send', replyTo(messageId))).toBe('not_found');
    expect((await next.request('chat:list-changes', { since: 0, limit: 10 })).messages).toEqual([]);
  });

  test('is not shown by its change to somebody who came later and may not read it', async () => {
    await call.signaling.query(`UPDATE rooms.rooms SET settings = '{"historyForLatecomers":"nothing"}'`);
    for (const client of [ada, bob, eve]) await client.request('room:leave', {});
    [ada, bob] = [await call.signaling.join(call.code, 'Ada'), await call.signaling.join(call.code, 'Bob')];
    const { messageId } = await send(ada, 'before Late came');
    const late = await call.signaling.join(call.code, 'Late');
    const shared = await send(ada, 'with Late');
    await bob.request('chat:react', { messageId, emoji: '👍', on: true });
    await bob.request('chat:react', { messageId: shared.messageId, emoji: '👍', on: true });
    await ada.notified('chat:changed', ({ message }) => message.messageId === messageId);
    await late.notified('chat:changed', ({ message }) => message.messageId === shared.messageId);
    expect(changesOf(late, messageId)).toEqual([]);
  });

  test('is not edited to hold a null character, which nothing can store', async () => {
    const { messageId } = await send(ada, 'fine');
    expect(await ada.refusal('chat:edit', { messageId, text: 'not\0fine' })).toBe('invalid_request');
  });

  test('and was changed while somebody was away is listed for them by the time of the change', async () => {
    const first = await send(ada, 'first');
    await send(ada, 'second');
    await ada.request('chat:edit', { messageId: first.messageId, text: 'first!' });
    const [edited] = (await eve.request('chat:list-changes', { since: 0, limit: 1 })).messages;
    await bob.request('chat:react', { messageId: first.messageId, emoji: '👍', on: true });
    const since = edited?.changedAt ?? 0;
    const { messages, more } = await eve.request('chat:list-changes', { since, limit: 10 });
    expect(messages).toMatchObject([{ text: 'first!', reactions: [{ emoji: '👍' }] }]);
    expect(more).toBe(false);
    const later = { since: (messages[0]?.changedAt ?? 0) + 1, limit: 10 };
    expect((await eve.request('chat:list-changes', later)).messages).toEqual([]);
  });

  test('while it is written is seen by those it is for', async () => {
    await ada.request('chat:type', { toPeerId: null, typing: true });
    const typed = { peerId: ada.peerId, toPeerId: null, typing: true };
    expect(await bob.notified('chat:typed')).toEqual(typed);
    expect(await eve.notified('chat:typed')).toEqual(typed);
    await ada.request('chat:type', { toPeerId: bob.peerId, typing: true });
    await bob.notified('chat:typed', ({ toPeerId }) => toPeerId === bob.peerId);
    await ada.request('chat:type', { toPeerId: null, typing: false });
    await eve.notified('chat:typed', ({ typing }) => !typing);
    expect(eve.notifications('chat:typed').length).toBe(2);
    expect(ada.notifications('chat:typed')).toEqual([]);
  });

  test('is not announced without a bound', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => ada.attempt('chat:type', { toPeerId: null, typing: true })),
    );
    expect(answers.filter((answer) => !answer.ok).length).toBeGreaterThan(10);
    await bob.settled();
    expect(bob.notifications('chat:typed').length).toBeLessThanOrEqual(10);
  });

  test('is not changed while PostgreSQL is away, and is afterwards', async () => {
    const { messageId } = await send(ada, 'helo');
    await call.signaling.flushDatabase();
    await call.backend.postgres.kill();
    expect(await ada.refusal('chat:edit', { messageId, text: 'hello' })).toBe('unavailable');
    await call.backend.postgres.restart();
    await ada.request('chat:edit', { messageId, text: 'hello' });
    await bob.notified('chat:changed', ({ message }) => message.text === 'hello');
  });
});
