import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { silentLogger, waitFor } from '@parley/common/testing';
import { ParleyError } from '@parley/proto/errors';
import { UPLOAD_PASS_HEADER } from '@parley/proto/rest';
import { FileSweeper } from '../../src/files/file-sweeper.ts';
import { FolderFileStore } from '../../src/files/folder-file-store.ts';
import { SignalingFiles } from '../../src/files/signaling-files.ts';
import { RoomOwner, startGateway, type Gateway } from '../gateway-harness.ts';

const PNG = Buffer.from('89504e470d0a1a0a0000000d494844520000000100000001080600000000000000', 'hex');

describe('a file of the chat', () => {
  let folder: string;
  let owner: RoomOwner;
  let gateway: Gateway;
  let store: FolderFileStore;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'parley-files-'));
    owner = await RoomOwner.create();
    store = await FolderFileStore.create(folder);
    gateway = await startGateway({ signaling: [owner.address], fileStore: store, requestTimeoutMs: 400 });
  });
  afterEach(async () => {
    await gateway.close();
    await owner.close();
    await rm(folder, { recursive: true, force: true });
  });

  const filesOnDisk = async (): Promise<number> =>
    (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
      .length;

  const upload = (pass: string | undefined, body: Uint8Array | string, headers = {}): Promise<Response> =>
    fetch(`${gateway.url}/api/files`, {
      method: 'POST',
      headers: {
        'content-type': 'application/octet-stream',
        ...(pass !== undefined && { [UPLOAD_PASS_HEADER]: pass }),
        ...headers,
      },
      body: body as string,
    });

  /** An upload of which only the beginning arrives. */
  const begin = (pass: string | undefined, headers = {}): ClientRequest => {
    const sending = request(`${gateway.url}/api/files`, {
      method: 'POST',
      headers: {
        'content-type': 'application/octet-stream',
        'content-length': 8,
        ...(pass !== undefined && { [UPLOAD_PASS_HEADER]: pass }),
        ...headers,
      },
    });
    sending.on('error', () => undefined);
    sending.write('abcd');
    return sending;
  };

  const send = async (name: string, bytes: Uint8Array): Promise<Response> => {
    const pass = owner.files.offer(name, bytes.byteLength);
    const answer = await upload(pass, bytes);
    expect(answer.status).toBe(201);
    expect(await answer.json()).toEqual({ fileId: pass });
    return fetch(`${gateway.url}/api/files/${pass}`);
  };

  test('comes back as it was sent, as a download and under its own name', async () => {
    const answer = await send('Ünïcode "x"; y.png', PNG);
    expect(answer.status).toBe(200);
    expect(Buffer.from(await answer.arrayBuffer()).equals(PNG)).toBe(true);
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="_n_code _x_; y.png"; filename*=UTF-8''%C3%9Cn%C3%AFcode%20%22x%22%3B%20y.png`,
    );
  });

  test.each([
    ['a page', 'page.html', '<!doctype html><script>alert(1)</script>'],
    ['a picture with scripts', 'x.svg', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['XML', 'x.xml', '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>'],
    ['a page that says it is a picture', 'cat.png', '<html><script>alert(1)</script></html>'],
  ])('that is %s is never one for a browser', async (_what, name, text) => {
    const answer = await send(name, Buffer.from(text));
    const header = (key: string) => answer.headers.get(key);
    expect(header('content-type')).toBe('application/octet-stream');
    expect(header('content-disposition')).toMatch(/^attachment; /);
    expect(header('x-content-type-options')).toBe('nosniff');
    expect(header('content-security-policy')).toBe("default-src 'none'; sandbox; frame-ancestors 'none'");
    expect(header('cross-origin-resource-policy')).toBe('same-origin');
    expect(await answer.text()).toBe(text);
  });

  test('is taken once for each pass, and not without one', async () => {
    const pass = owner.files.offer('a.bin', 4);
    expect((await upload(pass, 'abcd')).status).toBe(201);
    for (const other of [pass, 'made-up', undefined]) expect((await upload(other, 'abcd')).status).toBe(401);
    expect(await filesOnDisk()).toBe(1);
  });

  test.each([
    ['more bytes than were announced', 'abcdefgh', 413],
    ['fewer bytes than were announced', 'abc', 400],
  ])('with %s is refused, and nothing of it is kept', async (_what, body, status) => {
    const pass = owner.files.offer('a.bin', 4);
    expect((await upload(pass, body)).status).toBe(status);
    expect(await filesOnDisk()).toBe(0);
  });

  test('without a length that grows beyond what was announced is cut there', async () => {
    const pass = owner.files.offer('a.bin', 100_000);
    const status = await new Promise<number | string | undefined>((resolve) => {
      const sending = request(`${gateway.url}/api/files`, {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream', [UPLOAD_PASS_HEADER]: pass },
      });
      sending.on('response', (answer) => resolve(answer.statusCode));
      sending.on('error', (error: NodeJS.ErrnoException) => resolve(error.code));
      for (let part = 0; part < 40; part += 1) sending.write(Buffer.alloc(65_536));
      sending.end();
    });
    expect([413, 'EPIPE', 'ECONNRESET']).toContain(status);
    await waitFor(async () => (await filesOnDisk()) === 0, { what: 'nothing is left' });
    await waitFor(() => !owner.files.all.has(pass), { what: 'its owner forgets it' });
  });

  test('whose sender is cut off leaves nothing behind', async () => {
    const pass = owner.files.offer('a.bin', 1_000_000);
    const sending = request(`${gateway.url}/api/files`, {
      method: 'POST',
      headers: {
        'content-type': 'application/octet-stream',
        'content-length': 1_000_000,
        [UPLOAD_PASS_HEADER]: pass,
      },
    });
    sending.on('error', () => undefined);
    sending.write(Buffer.alloc(300_000));
    await waitFor(async () => (await filesOnDisk()) === 1, { what: 'the upload begins' });
    sending.destroy();
    await waitFor(async () => (await filesOnDisk()) === 0, { what: 'nothing is left' });
    await waitFor(() => !owner.files.all.has(pass), { what: 'its owner forgets it' });
  });

  test('is taken while sixteen others of the same address are on their way, and the next is not', async () => {
    const begun = Array.from({ length: 16 }, () => begin(owner.files.offer('slow.bin', 8)));
    await waitFor(async () => (await filesOnDisk()) === 16, { what: 'all of them begin' });
    const pass = owner.files.offer('a.bin', 4);
    expect((await upload(pass, 'abcd')).status).toBe(429);
    begun.pop()?.destroy();
    await waitFor(async () => (await upload(pass, 'abcd')).status === 201, {
      what: 'there is a place again',
    });
    for (const one of begun) one.destroy();
  });

  test.each([
    ['of another type', { 'content-type': 'application/json' }, '415'],
    ['of another origin', { origin: 'https://evil.example' }, '403'],
    ['without a pass', {}, '401'],
  ])('that is refused because it is %s does not keep its connection', async (_what, headers, status) => {
    const sending = begin(undefined, headers);
    const answer = await new Promise<IncomingMessage>((resolve) => sending.once('response', resolve));
    expect([String(answer.statusCode), answer.headers.connection]).toEqual([status, 'close']);
    const gone = new Promise((resolve) => sending.once('close', resolve));
    answer.resume();
    await gone;
  });

  test('may take longer than any other body', async () => {
    const pass = owner.files.offer('slow.bin', 8);
    const answer = new Promise<number | undefined>((resolve, reject) => {
      const sending = request(`${gateway.url}/api/files`, {
        method: 'POST',
        headers: {
          'content-type': 'application/octet-stream',
          'content-length': 8,
          [UPLOAD_PASS_HEADER]: pass,
        },
      });
      sending.on('response', (response) => resolve(response.statusCode));
      sending.on('error', reject);
      sending.write('abcd');
      // Twice the time that every other body has.
      setTimeout(() => sending.end('efgh'), 800);
    });
    expect(await answer).toBe(201);
  });

  test('that is not bytes is refused', async () => {
    const pass = owner.files.offer('a.bin', 2);
    expect((await upload(pass, '{}', { 'content-type': 'application/json' })).status).toBe(415);
    expect((await upload(pass, '{}', { origin: 'https://evil.example' })).status).toBe(403);
    expect(await filesOnDisk()).toBe(0);
  });

  test('that is not there, or whose link has ended, is not found; none is deleted by reading it', async () => {
    for (const link of ['made-up', 'x'.repeat(300), '..%2f..%2fetc%2fpasswd'])
      expect((await fetch(`${gateway.url}/api/files/${link}`)).status).toBe(404);
    expect((await fetch(`${gateway.url}/api/files`)).status).toBe(405);
    expect((await fetch(`${gateway.url}/api/files/x`, { method: 'DELETE' })).status).toBe(405);
  });

  test('is deleted once its owner says that it is dead, and forgotten after that', async () => {
    await send('a.bin', Buffer.from('bytes'));
    await send('b.bin', Buffer.from('bytes'));
    const [dead] = owner.files.all.values();
    if (dead !== undefined) dead.dead = true;
    const sweeper = new FileSweeper({
      owner: new SignalingFiles(gateway.signaling),
      store,
      logger: silentLogger,
    });
    await sweeper.sweep();
    expect(await filesOnDisk()).toBe(1);
    expect([...owner.files.all.values()].map(({ name }) => name)).toEqual(['b.bin']);
    sweeper.close();
    for (const file of owner.files.all.values()) file.dead = true;
    await sweeper.sweep();
    expect(await filesOnDisk()).toBe(1);
  });

  test('that cannot be deleted keeps no other one, and is tried again with the next sweep', async () => {
    for (const name of ['stuck.bin', 'b.bin', 'c.bin']) await send(name, Buffer.from('bytes'));
    for (const file of owner.files.all.values()) file.dead = true;
    const [stuck] = owner.files.all.keys();
    let isStuck = true;
    const sweeper = new FileSweeper({
      owner: new SignalingFiles(gateway.signaling),
      store: {
        delete: async (fileId) => {
          if (isStuck && fileId === stuck) throw new ParleyError('unavailable');
          await store.delete(fileId);
        },
      },
      logger: silentLogger,
    });
    await sweeper.sweep();
    expect([...owner.files.all.values()].map(({ name }) => name)).toEqual(['stuck.bin']);
    expect(await filesOnDisk()).toBe(1);
    isStuck = false;
    await sweeper.sweep();
    expect(owner.files.all.size).toBe(0);
    expect(await filesOnDisk()).toBe(0);
    sweeper.close();
  });

  test('has no place in a gateway without one', async () => {
    const without = await startGateway({ signaling: [owner.address] });
    const pass = owner.files.offer('a.bin', 2);
    const answer = await fetch(`${without.url}/api/files`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', [UPLOAD_PASS_HEADER]: pass },
      body: 'ab',
    });
    expect(answer.status).toBe(503);
    expect((await fetch(`${without.url}/api/files/${pass}`)).status).toBe(404);
    await without.close();
  });
});
