import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { S3FileStore } from '../../src/files/s3-file-store.ts';
import { describeFileStore } from './file-store-contract.ts';
import { S3StandIn } from './s3-stand-in.ts';

describeFileStore('a bucket for files', async () => {
  const storage = await S3StandIn.start();
  return {
    store: new S3FileStore(storage.place),
    count: async () => storage.objects.size,
    stop: async () => {
      expect(storage.refused).toBe(0);
      storage.stop();
    },
  };
});

async function* bytes(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('bytes');
}

test('a bucket whose key is wrong takes nothing, and says so as trouble of ours', async () => {
  const storage = await S3StandIn.start();
  const store = new S3FileStore({ ...storage.place, secretAccessKey: 'another secret' });
  await expect(store.put(randomUUID(), bytes(), 5)).rejects.toMatchObject({ code: 'unavailable' });
  expect(storage.refused).toBeGreaterThan(0);
  expect(storage.objects.size).toBe(0);
  store.close();
  storage.stop();
});

test('a bucket that is away is trouble of ours', async () => {
  const storage = await S3StandIn.start();
  const store = new S3FileStore(storage.place);
  storage.broken = true;
  await expect(store.get(randomUUID())).rejects.toMatchObject({ code: 'unavailable' });
  store.close();
  storage.stop();
}, 30_000);
