import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FolderFileStore } from '../../src/files/folder-file-store.ts';
import { describeFileStore } from './file-store-contract.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'parley-files-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const filesIn = async (): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));

describeFileStore('a folder for files', async () => ({
  store: await FolderFileStore.create(folder),
  count: async () => (await filesIn()).length,
  stop: async () => undefined,
}));

test('a folder for files deletes what a process that died has left of an upload', async () => {
  const store = await FolderFileStore.create(folder);
  const fileId = randomUUID();
  await writeFile(path.join(folder, 'incoming', fileId), 'half of');
  await expect(store.get(fileId)).rejects.toMatchObject({ code: 'not_found' });
  await store.delete(fileId);
  expect(await filesIn()).toEqual([]);
});

test.each(['../../etc/passwd', 'x', '', 'incoming'])(
  'a folder for files knows no file %j',
  async (fileId) => {
    const store = await FolderFileStore.create(folder);
    await expect(store.get(fileId)).rejects.toMatchObject({ code: 'not_found' });
    await expect(store.delete(fileId)).rejects.toMatchObject({ code: 'not_found' });
  },
);

test('a folder that is a file is no place for files', async () => {
  const file = path.join(folder, 'taken');
  await writeFile(file, '');
  await chmod(file, 0o600);
  await expect(FolderFileStore.create(file)).rejects.toThrow();
});

describe('a folder for files on a disk with little room', () => {
  const MEBIBYTE = 1024 * 1024;
  const bytes = async function* (size: number) {
    yield new Uint8Array(size);
  };

  test('refuses a file that would leave less free than it must, writes nothing of it, and takes a smaller one', async () => {
    const freeBytes = async () => 11 * MEBIBYTE;
    const store = await FolderFileStore.create(folder, { keptFreeMb: 10, freeBytes });
    const refused = store.put(randomUUID(), bytes(MEBIBYTE + 1), MEBIBYTE + 1);
    await expect(refused).rejects.toMatchObject({ code: 'files_full' });
    expect(await filesIn()).toEqual([]);
    await store.put(randomUUID(), bytes(MEBIBYTE), MEBIBYTE);
    expect((await filesIn()).length).toBe(1);
  });

  test('counts what is still on its way, and nothing of it afterwards', async () => {
    const freeBytes = async () => 11 * MEBIBYTE;
    const store = await FolderFileStore.create(folder, { keptFreeMb: 10, freeBytes });
    const size = MEBIBYTE * 0.6;
    const outcomes = await Promise.allSettled([1, 2].map(() => store.put(randomUUID(), bytes(size), size)));
    // The first to ask may see both on their way.
    expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBeLessThan(2);
    await store.put(randomUUID(), bytes(size), size);
  });

  test('asks the disk itself', async () => {
    const store = await FolderFileStore.create(folder, { keptFreeMb: Number.MAX_SAFE_INTEGER / MEBIBYTE });
    await expect(store.put(randomUUID(), bytes(1), 1)).rejects.toMatchObject({ code: 'files_full' });
    await (await FolderFileStore.create(folder)).put(randomUUID(), bytes(1), 1);
  });
});

test('a folder for files that is closed takes and gives none', async () => {
  const store = await FolderFileStore.create(folder);
  store.close();
  await expect(store.get(randomUUID())).rejects.toMatchObject({ code: 'closed' });
});
