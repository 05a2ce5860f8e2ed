import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { MessageId, PeerId, RoomCode } from '@parley/proto/ids';
import type { Caller, ChatMessage } from '@parley/proto/room';
import { account, guest } from './support/callers.ts';
import type { TestClient } from './support/test-client.ts';
import { TestBackend, type TestSignaling } from './support/test-signaling.ts';

/** The one who speaks comes and goes; the other one stays. */
describe('a message belongs to a person', () => {
  let backend: TestBackend;
  let signaling: TestSignaling;
  let code: RoomCode;
  let person: Caller;
  let ada: TestClient;
  let bob: TestClient;

  beforeAll(async () => {
    backend = await TestBackend.start();
  }, 180_000);
  afterAll(() => backend.stop());
  beforeEach(async () => {
    signaling = await backend.signaling();
    code = await signaling.createRoom();
    person = account('Ada');
    [ada, bob] = [await signaling.join(code, 'Ada', person), await signaling.join(code, 'Bob', guest())];
  });
  afterEach(async () => {
    const { malformed } = signaling;
    await signaling.stop();
    expect(malformed).toEqual([]);
  });

  type Rest = { to?: PeerId; replyTo?: MessageId; clientMessageId?: string };
  const send = async (from: TestClient, text: string, rest: Rest = {}): Promise<ChatMessage> => {
    const { to: toPeerId = null, replyTo, clientMessageId = randomUUID() } = rest;
    const request = { clientMessageId, toPeerId, text, ...(replyTo && { replyTo }) };
    return (await from.request('chat:send', request)).message;
  };
  /** As after a reload without the secret of the tab: another peer of the same person. */
  const comeBack = async (): Promise<TestClient> => {
    await ada.request('room:leave', {});
    return signaling.join(code, 'Ada', person);
  };

  test.each([
    ['an account', () => account('Ada')],
    ['a guest', () => guest()],
  ])('who may edit and delete it as another peer too: %s', async (_what, caller) => {
    person = caller();
    ada = await signaling.join(code, 'Ada', person);
    const [edited, deleted] = [await send(ada, 'helo'), await send(ada, 'gone')];
    const again = await comeBack();
    expect(again.peerId).not.toBe(ada.peerId);
    expect(again.snapshot.chat).toMatchObject([{ mine: true }, { mine: true }]);
    await again.request('chat:edit', { messageId: edited.messageId, text: 'hello' });
    const { message } = await again.request('chat:delete', { messageId: deleted.messageId });
    expect(message).toMatchObject({ deletedBy: 'sender', mine: true });
  });

  test('and to nobody else: others are refused, and neither see whose it is nor any identity', async () => {
    const { messageId } = await send(ada, 'mine');
    const again = await comeBack();
    await again.request('chat:react', { messageId, emoji: '👍', on: true });
    const { message } = await bob.notified('chat:changed');
    expect(message).not.toHaveProperty('mine');
    expect(await bob.refusal('chat:edit', { messageId, text: 'yours' })).toBe('forbidden');
    const { messages } = await bob.request('chat:list', { limit: 10 });
    expect(messages[0]).not.toHaveProperty('mine');
    const late = await signaling.join(code, 'Late', guest());
    const seen = JSON.stringify([bob.received, messages, late.snapshot, late.received]);
    expect(seen).not.toMatch(/account:|browser:/);
    expect(seen).not.toContain(String(person.identity).slice('account:'.length));
  });

  test('and so does a reaction: as another peer the person takes it back, and does not react twice', async () => {
    const { messageId } = await send(bob, 'done');
    await ada.request('chat:react', { messageId, emoji: '👍', on: true });
    const again = await comeBack();
    const reactions = (client: TestClient) => client.snapshot.chat.map((message) => message.reactions);
    expect(reactions(again)).toEqual([[{ emoji: '👍', peerIds: [ada.peerId], mine: true }]]);
    const repeated = await again.request('chat:react', { messageId, emoji: '👍', on: true });
    expect(repeated.message.reactions).toEqual([{ emoji: '👍', peerIds: [ada.peerId], mine: true }]);
    for (const emoji of ['🎉', '😂']) await again.request('chat:react', { messageId, emoji, on: true });
    expect(await again.refusal('chat:react', { messageId, emoji: '❤️', on: true })).toBe('conflict');
    const late = await signaling.join(code, 'Late', guest());
    expect(reactions(late)[0]?.map(({ mine }) => mine)).toEqual([undefined, undefined, undefined]);
    expect(await late.refusal('chat:edit', { messageId, text: 'x' })).toBe('forbidden');
    await again.request('chat:react', { messageId, emoji: '👍', on: false });
    const { message } = await bob.notified('chat:changed', ({ message: { version } }) => version === 5);
    expect(message.reactions?.map(({ emoji }) => emoji)).toEqual(['🎉', '😂']);
    expect(JSON.stringify([bob.received, late.snapshot])).not.toMatch(/account:|browser:/);
  });

  test('who does not send it twice by repeating it as another peer', async () => {
    const clientMessageId = randomUUID();
    const first = await send(ada, 'once', { clientMessageId });
    const again = await comeBack();
    expect(await send(again, 'once', { clientMessageId })).toEqual(first);
    expect((await bob.request('chat:list', { limit: 10 })).messages.length).toBe(1);
  });

  test('so a private one is read by its two people, whatever their peers, and by no third', async () => {
    const secret = await send(ada, 'psst', { to: bob.peerId });
    const eve = await signaling.join(code, 'Eve', guest());
    const again = await comeBack();
    expect(again.snapshot.chat).toMatchObject([{ text: 'psst', mine: true }]);
    expect(eve.snapshot.chat).toEqual([]);
    const reply = await send(bob, 'yes?', { to: again.peerId, replyTo: secret.messageId });
    expect((await again.notified('chat:received')).message).toMatchObject({ messageId: reply.messageId });
    const toEve = {
      clientMessageId: randomUUID(),
      toPeerId: eve.peerId,
      text: 'x',
      replyTo: secret.messageId,
    };
    expect(await bob.refusal('chat:send', toEve)).toBe('conflict');
    expect(JSON.stringify(eve.received)).not.toContain('yes?');
  });

  test('who is taken out of it when the account is deleted', async () => {
    const { messageId } = await send(ada, 'hello');
    for (const one of [ada, bob]) await one.request('chat:react', { messageId, emoji: '👍', on: true });
    await signaling.rooms.call('eraseIdentity', { identity: String(person.identity), successor: '' });
    const rows = await signaling.query('SELECT from_name, from_identity, reactors FROM rooms.chat_messages');
    const reactors = { [bob.peerId]: expect.stringMatching(/^browser:/) };
    expect(rows).toEqual([{ from_name: '', from_identity: null, reactors }]);
  });

  describe('where latecomers read nothing from before', () => {
    const HIDDEN = { fromPeerId: null, fromName: null, text: null, fileName: null, sentAt: null };

    beforeEach(async () => {
      await signaling.query(`UPDATE rooms.rooms SET settings = '{"historyForLatecomers":"nothing"}'`);
      for (const client of [ada, bob]) await client.request('room:leave', {});
      [ada, bob] = [await signaling.join(code, 'Ada'), await signaling.join(code, 'Bob')];
    });

    test('a reply shows them nothing of an older message: not when sent, not when changed, not in a list', async () => {
      const { messageId } = await send(ada, 'before Late came');
      const late = await signaling.join(code, 'Late');
      const reply = await send(bob, 'indeed', { replyTo: messageId });
      expect(reply.replyTo).toMatchObject({ text: 'before Late came', fromName: 'Ada' });
      expect(
        (await ada.notified('chat:received', (each) => each.message.text === 'indeed')).message.replyTo,
      ).toEqual(reply.replyTo);
      const received = await late.notified('chat:received');
      expect(received.message.replyTo).toEqual({ ...HIDDEN, messageId, deletedBy: null });
      await bob.request('chat:edit', { messageId: reply.messageId, text: 'indeed!' });
      await late.notified('chat:changed');
      await late.request('chat:react', { messageId: reply.messageId, emoji: '👍', on: true });
      await late.request('chat:list', { limit: 10 });
      await late.request('chat:list-changes', { since: 0, limit: 10 });
      const again = await signaling.reconnect(late);
      await again.resume();
      const lists = [
        await again.request('chat:list', { limit: 10 }),
        await again.request('chat:list-changes', { since: 0, limit: 10 }),
      ];
      expect(lists.map(({ messages }) => messages.length)).toEqual([1, 1]);
      expect(JSON.stringify([late.received, again.received, again.snapshot, lists])).not.toContain(
        'before Late',
      );
    });
  });

  test('that the clearing of the chat missed is not there: not to find, not to react to, not in changes or quotes', async () => {
    const missed = await send(ada, 'stored in that moment');
    await bob.request('chat:react', { messageId: missed.messageId, emoji: '👍', on: true });
    // As if its row had been stored right after the clearing deleted the others.
    await signaling.query(`UPDATE rooms.rooms SET chat_cleared_at = now() + interval '1 second'`);
    const { messageId } = missed;
    expect(await bob.refusal('chat:react', { messageId, emoji: '🎉', on: true })).toBe('not_found');
    expect(await ada.refusal('chat:edit', { messageId, text: 'x' })).toBe('not_found');
    expect((await bob.request('chat:list-changes', { since: 0, limit: 10 })).messages).toEqual([]);
    expect(await bob.refusal('chat:list', { before: messageId, limit: 10 })).toBe('not_found');
    const reply = { clientMessageId: randomUUID(), toPeerId: null, text: 'x', replyTo: messageId };
    expect(await bob.refusal('chat:send', reply)).toBe('not_found');
  });
});
