import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { FileId, PeerId } from '@parley/proto/ids';
import type { ChatMessage } from '@parley/proto/room';
import { FileTokens } from '../src/files/file-tokens.ts';
import { seenByOthers } from './support/seen-by-others.ts';
import { useSignaling } from './support/running-signaling.ts';
import type { TestClient } from './support/test-client.ts';

describe('a file', () => {
  let ada: TestClient;
  let bob: TestClient;
  const call = useSignaling(
    async ({ signaling, code }) => {
      [ada, bob] = [await signaling.joinAs('host', code, 'Ada'), await signaling.join(code, 'Bob')];
    },
    { PEER_FILES: '5', ROOM_FILES: '7', PEER_FILES_MB: '30' },
  );

  /** As the gateway does when all bytes have arrived. */
  const upload = async (from: TestClient, name = 'notes.pdf', size = 100): Promise<FileId> => {
    const { fileId, uploadPass } = await from.request('chat:offer-file', { name, size });
    expect(await call.signaling.rooms.call('beginUpload', { uploadPass })).toMatchObject({ fileId, size });
    await call.signaling.rooms.call('finishUpload', { fileId, mediaType: 'application/pdf' });
    return fileId;
  };
  const send = async (from: TestClient, fileId: FileId, to: PeerId | null = null): Promise<ChatMessage> => {
    const message = { clientMessageId: randomUUID(), toPeerId: to, text: '', fileId };
    return seenByOthers((await from.request('chat:send', message)).message);
  };
  const linkFor = async (client: TestClient, message: ChatMessage): Promise<string> => {
    const { url } = await client.request('chat:link-file', { messageId: message.messageId });
    return url.replace('/api/files/', '');
  };
  const refused = (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(
      () => 'accepted',
      (error: unknown) => (error as { code: string }).code,
    );
  const dead = async (): Promise<string[]> => (await call.signaling.rooms.call('listDeadFiles', {})).fileIds;

  test('is sent with a message, quoted by its name, and reached by a link', async () => {
    const fileId = await upload(ada);
    const message = await send(ada, fileId);
    expect(message.file).toEqual({ fileId, name: 'notes.pdf', size: 100, type: 'application/pdf' });
    expect(await bob.notified('chat:received')).toEqual({ message });
    const link = await linkFor(bob, message);
    expect(await call.signaling.rooms.call('getFile', { link })).toEqual({
      fileId,
      name: 'notes.pdf',
      size: 100,
      mediaType: 'application/pdf',
    });
    const { message: reply } = await bob.request('chat:send', {
      clientMessageId: randomUUID(),
      toPeerId: null,
      text: 'thanks',
      replyTo: message.messageId,
    });
    expect(reply.replyTo).toMatchObject({ text: '', fileName: 'notes.pdf' });
  });

  test('of a private message is reached by its two ends, and by no third', async () => {
    const message = await send(ada, await upload(ada), bob.peerId);
    await linkFor(ada, message);
    await linkFor(bob, message);
    const eve = await call.signaling.join(call.code, 'Eve');
    const stranger = await call.signaling.join(await call.signaling.createRoom(), 'Stranger');
    for (const third of [eve, stranger])
      expect(await third.refusal('chat:link-file', { messageId: message.messageId })).toBe('not_found');
  });

  test('is sent by its own peer alone, once, and not before all of it has arrived', async () => {
    const { fileId, uploadPass } = await ada.request('chat:offer-file', { name: 'a.txt', size: 10 });
    const request = { clientMessageId: randomUUID(), toPeerId: null, text: '', fileId };
    expect(await ada.refusal('chat:send', request)).toBe('conflict');
    await call.signaling.rooms.call('beginUpload', { uploadPass });
    expect(await ada.refusal('chat:send', request)).toBe('conflict');
    await call.signaling.rooms.call('finishUpload', { fileId, mediaType: 'text/plain' });
    expect(await bob.refusal('chat:send', { ...request, clientMessageId: randomUUID() })).toBe('conflict');
    const { message } = await ada.request('chat:send', request);
    // A repeated request is the same message, another message is refused.
    expect(await ada.request('chat:send', request)).toEqual({ message });
    expect(await ada.refusal('chat:send', { ...request, clientMessageId: randomUUID() })).toBe('conflict');
  });

  test('is begun once for each pass, and a pass is no link', async () => {
    const { fileId, uploadPass } = await ada.request('chat:offer-file', { name: 'a.txt', size: 10 });
    await call.signaling.rooms.call('beginUpload', { uploadPass });
    const begin = (pass: string) => refused(call.signaling.rooms.call('beginUpload', { uploadPass: pass }));
    expect(await begin(uploadPass)).toBe('token_invalid');
    await call.signaling.rooms.call('finishUpload', { fileId, mediaType: 'text/plain' });
    const message = await send(ada, fileId);
    const link = await linkFor(ada, message);
    expect(await begin(link)).toBe('token_invalid');
    expect(await refused(call.signaling.rooms.call('getFile', { link: uploadPass }))).toBe('not_found');
    for (const edited of [link.replace(/.$/, (c) => (c === 'A' ? 'B' : 'A')), link.slice(1), '', 'x.y.z'])
      expect(await refused(call.signaling.rooms.call('getFile', { link: edited }))).toBe('not_found');
  });

  test('goes when its message is deleted: no link leads to it, and its bytes are to be deleted', async () => {
    const fileId = await upload(ada);
    const message = await send(ada, fileId);
    const link = await linkFor(bob, message);
    expect(await dead()).toEqual([]);
    await ada.request('chat:delete', { messageId: message.messageId });
    expect(await refused(call.signaling.rooms.call('getFile', { link }))).toBe('not_found');
    expect(await bob.refusal('chat:link-file', { messageId: message.messageId })).toBe('not_found');
    expect(await dead()).toEqual([fileId]);
    await call.signaling.rooms.call('forgetFiles', { fileIds: [fileId] });
    expect(await call.signaling.query('SELECT * FROM rooms.chat_files')).toEqual([]);
  });

  test('goes with the room, with a cleared chat, and with old messages', async () => {
    const cleared = await upload(ada);
    await send(ada, cleared);
    await ada.request('chat:clear', {});
    expect(await dead()).toEqual([cleared]);
    await call.signaling.rooms.call('forgetFiles', { fileIds: [cleared] });
    const ofRoom = await upload(ada);
    await send(ada, ofRoom);
    await call.signaling.query('DELETE FROM rooms.rooms');
    expect(await dead()).toEqual([ofRoom]);
  });

  test('goes with a message that the clearing of the chat missed', async () => {
    const fileId = await upload(ada);
    await send(ada, fileId);
    await call.signaling.query(`UPDATE rooms.rooms SET chat_cleared_at = now() + interval '1 second'`);
    expect(await dead()).toEqual([fileId]);
  });

  test('that cannot be deleted is listed after all others', async () => {
    const fileIds: FileId[] = [];
    for (const name of ['a', 'b']) {
      const fileId = await upload(ada, name);
      await ada.request('chat:delete', { messageId: (await send(ada, fileId)).messageId });
      fileIds.push(fileId);
      expect((await dead()).at(0)).toBe(fileId);
    }
  });

  test('is offered as often at once as a person may choose files', async () => {
    const roomy = await call.backend.signaling();
    const client = await roomy.join(await roomy.createRoom(), 'Ada');
    const offers = Array.from({ length: 20 }, () =>
      client.attempt('chat:offer-file', { name: 'a', size: 1 }),
    );
    expect((await Promise.all(offers)).filter(({ ok }) => !ok)).toEqual([]);
    await roomy.stop();
  });

  test('that nobody sends is dead after half an hour, and no message takes it any more', async () => {
    const fileId = await upload(ada);
    await call.signaling.query(`UPDATE rooms.chat_files SET offered_at = now() - interval '31 minutes'`);
    expect(await dead()).toEqual([fileId]);
    expect(
      await ada.refusal('chat:send', { clientMessageId: randomUUID(), toPeerId: null, text: '', fileId }),
    ).toBe('conflict');
    expect(await refused(call.signaling.rooms.call('finishUpload', { fileId, mediaType: 'a/b' }))).toBe(
      'not_found',
    );
  });

  test('that did not arrive whole is forgotten at once and takes no place, as does an offer whose pass has ended', async () => {
    const { fileId, uploadPass } = await ada.request('chat:offer-file', { name: 'cut', size: 10 });
    await call.signaling.rooms.call('forgetFiles', { fileIds: [fileId] });
    expect(await call.signaling.rooms.call('beginUpload', { uploadPass })).toMatchObject({ fileId });
    await call.signaling.rooms.call('forgetFiles', { fileIds: [fileId] });
    expect(await refused(call.signaling.rooms.call('finishUpload', { fileId, mediaType: 'a/b' }))).toBe(
      'not_found',
    );
    const uploaded = await upload(ada);
    const unused = await ada.request('chat:offer-file', { name: 'never sent', size: 10 });
    await call.signaling.query(`UPDATE rooms.chat_files SET offered_at = now() - interval '12 minutes'`);
    expect(await dead()).toEqual([unused.fileId]);
    await send(ada, uploaded);
  });

  test('is refused where the files of all rooms together fill their place', async () => {
    const small = await call.backend.signaling({ ALL_FILES_MB: '1' });
    const rooms = [await small.createRoom(), await small.createRoom()];
    const [one, two] = await Promise.all(rooms.map((room) => small.join(room, 'Somebody')));
    await one?.request('chat:offer-file', { name: 'a', size: 900_000 });
    expect(await two?.refusal('chat:offer-file', { name: 'b', size: 200_000 })).toBe('files_full');
    await two?.request('chat:offer-file', { name: 'c', size: 1 });
    await small.stop();
  });

  test('may be of an office, whose media types have the longest names', async () => {
    const mediaType = 'application/vnd.openxmlformats-officedocument.presentationml.presentation';
    const { fileId, uploadPass } = await ada.request('chat:offer-file', { name: 'a.pptx', size: 10 });
    await call.signaling.rooms.call('beginUpload', { uploadPass });
    await call.signaling.rooms.call('finishUpload', { fileId, mediaType });
    expect((await send(ada, fileId)).file?.type).toBe(mediaType);
  });

  test('that lives is not forgotten, whoever asks for it', async () => {
    const fileId = await upload(ada);
    const message = await send(ada, fileId);
    await call.signaling.rooms.call('forgetFiles', { fileIds: [fileId] });
    expect(await call.signaling.rooms.call('getFile', { link: await linkFor(bob, message) })).toMatchObject({
      fileId,
    });
  });

  test('is refused where there are as many as there may be: of one person, of a room, and of bytes', async () => {
    const offer = (client: TestClient, size = 100) => client.attempt('chat:offer-file', { name: 'a', size });
    const codes = async (client: TestClient, count: number): Promise<string[]> => {
      const replies = await Promise.all(Array.from({ length: count }, () => offer(client)));
      return replies.map((reply) => (reply.ok ? 'ok' : reply.error.code)).sort();
    };
    expect(await codes(ada, 6)).toEqual(['files_full', 'ok', 'ok', 'ok', 'ok', 'ok']);
    expect(await codes(bob, 3)).toEqual(['files_full', 'ok', 'ok']);
    await call.signaling.query('DELETE FROM rooms.chat_files');
    const large = 16 * 1024 * 1024;
    expect(await offer(ada, large)).toMatchObject({ ok: true });
    expect(await offer(ada, large)).toMatchObject({ ok: false, error: { code: 'files_full' } });
  });

  test('of a thousand that are offered at once, five are taken, the rest is refused, and who floods is cut off', async () => {
    let accepted = 0;
    let refusals = 0;
    const gone = new Promise((resolve) => ada.socket.once('disconnect', resolve));
    for (let count = 0; count < 1_000; count += 1)
      ada.socket.emit('chat:offer-file', { name: 'x.bin', size: 1 }, (reply: { ok: boolean }) => {
        if (reply.ok) accepted += 1;
        else refusals += 1;
      });
    await gone;
    expect(accepted).toBeLessThanOrEqual(5);
    expect(refusals).toBeLessThan(1_000);
    expect((await call.signaling.query('SELECT * FROM rooms.chat_files')).length).toBeLessThanOrEqual(5);
  });

  test.each([
    [{ name: '', size: 1 }],
    [{ name: 'a', size: 0 }],
    [{ name: 'a', size: 20 * 1024 * 1024 + 1 }],
    [{ name: '...', size: 1 }],
    [{ name: 'a\u0000b'.repeat(600), size: 1 }],
  ])('is refused as %j', async (offer) => {
    expect(await ada.refusal('chat:offer-file', offer)).toBe('invalid_request');
  });

  test('has the name that people see, without a path and without marks that hide how it ends', async () => {
    const fileId = await upload(ada, '../../etc/cat\u202Egnp.exe');
    expect((await send(ada, fileId)).file?.name).toBe('_.._etc_catgnp.exe');
  });
});

describe('what leads to a file', () => {
  const fileId = randomUUID() as FileId;

  test('ends after ten minutes', () => {
    let now = 1_000_000;
    const tokens = new FileTokens('a secret of this test', () => now);
    const pass = tokens.pass(fileId);
    const { link, expiresAt } = tokens.link(fileId);
    now += 10 * 60_000 - 1;
    expect([tokens.readPass(pass), tokens.readLink(link)]).toEqual([fileId, fileId]);
    now += 1;
    expect(expiresAt).toBe(now);
    expect(() => tokens.readPass(pass)).toThrow(expect.objectContaining({ code: 'token_invalid' }));
    expect(() => tokens.readLink(link)).toThrow(expect.objectContaining({ code: 'not_found' }));
  });

  test('is of no use at a server with another secret', () => {
    const { link } = new FileTokens('one secret').link(fileId);
    expect(() => new FileTokens('another secret').readLink(link)).toThrow();
  });
});
