import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
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

test('a folder for files that is closed takes and gives none', async () => {
  const store = await FolderFileStore.create(folder);
  store.close();
  await expect(store.get(randomUUID())).rejects.toMatchObject({ code: 'closed' });
});
