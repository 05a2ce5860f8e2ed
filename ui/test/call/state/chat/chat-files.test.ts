import { FILE_MAX_BYTES } from '@parley/proto/edge';
import { fileIdSchema } from '@parley/proto/ids';
import type { ChatFile } from '@parley/proto/room';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { CallFailure } from '../../../../src/call/base/call-failure.ts';
import { ChatFiles, isPicture } from '../../../../src/call/state/chat/chat-files.ts';
import { waitFor } from '../../../support/wait-for.ts';

let files: ChatFiles;
let sent: string[];
let offered: string[];
let failure: CallFailure | null;

beforeEach(() => {
  sent = [];
  offered = [];
  failure = null;
  files = new ChatFiles({
    offer: async ({ name, size }) => {
      offered.push(`${name} ${size}`);
      if (failure !== null) throw failure;
      return { fileId: fileIdSchema.parse(`id${offered.length}`), uploadPass: 'pass' };
    },
    link: async () => {
      throw new CallFailure('not_found');
    },
    upload: async ({ onProgress }) => onProgress(0.5),
    download: async () => new Blob(),
    onUploaded: ({ fileId, name, size }) => void sent.push(`${fileId} ${name} ${size}`),
    onChanged: () => {},
  });
});

describe('files of the chat', () => {
  test('are sent one after the other, under names without a path', async () => {
    files.send([new File(['abc'], 'a.txt'), new File(['abcd'], '..\\b/c.txt')], null);
    await waitFor('both files', () => sent.length === 2);
    expect(sent).toEqual(['id1 a.txt 3', 'id2 _b_c.txt 4']);
    expect(files.uploads).toEqual([]);
  });

  test('are not offered if they are empty or too large', () => {
    const large = new File([], 'large');
    Object.defineProperty(large, 'size', { value: FILE_MAX_BYTES + 1 });
    files.send([new File([], 'empty'), large], null);
    expect(files.uploads.map(({ failure: why }) => why)).toEqual(['empty', 'too-large']);
    expect(offered).toEqual([]);
    for (const { id } of files.uploads) files.cancel(id);
    expect(files.uploads).toEqual([]);
  });

  test('that do not fit say so, and can be sent again', async () => {
    failure = new CallFailure('files_full');
    files.send([new File(['abc'], 'a.txt')], null);
    await waitFor('the refusal', () => files.uploads[0]?.failure === 'full');
    failure = null;
    files.retry(files.uploads[0]?.id ?? '');
    await waitFor('the file', () => sent.length === 1);
  });

  test('beyond twenty at once say so, and can be sent again', async () => {
    files.send(
      Array.from({ length: 25 }, (_, at) => new File(['abc'], `${at}.txt`)),
      null,
    );
    expect(files.uploads.filter(({ failure: why }) => why === 'too-many').length).toBe(5);
    await waitFor('twenty files', () => sent.length === 20);
    for (const { id } of files.uploads) files.retry(id);
    await waitFor('the others', () => sent.length === 25);
  });

  test('are none after the end', () => {
    files.close();
    files.send([new File(['abc'], 'a.txt')], null);
    expect(files.uploads).toEqual([]);
  });

  test.each([
    ['image/png', 1_000, true],
    ['image/png', 6_000_000, false],
    ['image/svg+xml', 1_000, false],
    ['text/html', 1_000, false],
    ['application/octet-stream', 1_000, false],
  ])('of the type %s and %i bytes are shown as a picture: %s', (type, size, shown) => {
    expect(isPicture({ fileId: 'f', name: 'n', type, size } as unknown as ChatFile)).toBe(shown);
  });
});
