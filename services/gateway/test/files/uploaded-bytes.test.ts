import { describe, expect, test } from '@jest/globals';
import { UploadedBytes } from '../../src/files/uploaded-bytes.ts';

/** Reads a file that arrives in parts, with a pause before each. */
async function receive(parts: number, partBytes: number, pauseMs: number): Promise<number> {
  let now = 0;
  let received = 0;
  async function* arriving(): AsyncGenerator<Uint8Array> {
    for (let part = 0; part < parts; part += 1) {
      now += pauseMs;
      yield new Uint8Array(partBytes);
    }
  }
  for await (const chunk of new UploadedBytes(arriving(), parts * partBytes, () => now))
    received += chunk.byteLength;
  return received;
}

describe('the bytes of an upload', () => {
  test('are taken over a slow uplink', async () => {
    expect(await receive(200, 100_000, 2_700)).toBe(20_000_000);
  });

  test.each([
    ['a small file', 8, 1],
    ['a large file', 20, 1_000_000],
  ])('of %s that trickles in are refused when its time is over', async (_what, parts, partBytes) => {
    const refused = { code: 'timeout' };
    await expect(receive(parts, partBytes, 14_000 + partBytes / 30)).rejects.toMatchObject(refused);
  });
});
