import { randomBytes, randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { FileStore } from '../../src/files/file-store.ts';

type Place = {
  store: FileStore;
  /** How many files there are, whole or not. */
  count: () => Promise<number>;
  stop: () => Promise<void>;
};

async function* parts(...chunks: (Uint8Array | Error)[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) {
    if (chunk instanceof Error) throw chunk;
    yield chunk;
  }
}

/** What every place for files does. */
export function describeFileStore(name: string, open: () => Promise<Place>): void {
  describe(name, () => {
    let place: Place;

    beforeEach(async () => {
      place = await open();
    });
    afterEach(async () => {
      place.store.close();
      await place.stop();
    });

    test('gives back the bytes that it was given, until they are deleted', async () => {
      const fileId = randomUUID();
      const bytes = randomBytes(1_000_000);
      await place.store.put(fileId, parts(bytes.subarray(0, 300_000), bytes.subarray(300_000)), 1_000_000);
      expect(await place.count()).toBe(1);
      expect((await buffer(await place.store.get(fileId))).equals(bytes)).toBe(true);
      await place.store.delete(fileId);
      expect(await place.count()).toBe(0);
      await expect(place.store.get(fileId)).rejects.toMatchObject({ code: 'not_found' });
      await place.store.delete(fileId);
    });

    test('keeps nothing of a file whose sender is cut off, and says what the sender said', async () => {
      const cut = new Error('cut');
      await expect(place.store.put(randomUUID(), parts(randomBytes(70_000), cut), 100_000)).rejects.toBe(cut);
      expect(await place.count()).toBe(0);
    });

    test('lists every file with its size', async () => {
      const sizes = new Map([1, 20, 300, 4_000, 50_000].map((size) => [randomUUID(), size]));
      for (const [fileId, size] of sizes) await place.store.put(fileId, parts(randomBytes(size)), size);
      const listed = new Map<string, number>();
      for await (const { fileId, size } of place.store.list()) listed.set(fileId, size);
      expect(listed).toEqual(new Map(sizes));
    });

    test('does not know a file that nobody gave it', async () => {
      await expect(place.store.get(randomUUID())).rejects.toMatchObject({ code: 'not_found' });
    });
  });
}
