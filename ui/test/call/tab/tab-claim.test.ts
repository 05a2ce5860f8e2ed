import { afterEach, describe, expect, test } from '@jest/globals';
import { TabClaim, type ClaimTools } from '../../../src/call/tab/tab-claim.ts';

const channels: BroadcastChannel[] = [];

function channelOfAPage(): BroadcastChannel {
  const channel = new BroadcastChannel('parley.claim.test');
  channels.push(channel);
  return channel;
}

/** What each page of such a browser has. */
const TOOLS: Record<string, ClaimTools> = {
  'with locks': { locks: () => navigator.locks, channel: () => undefined },
  'on a page that is not secure': { locks: () => undefined, channel: channelOfAPage },
  'in a browser that refuses its locks': {
    locks: () =>
      ({ request: async () => Promise.reject(new Error('SecurityError')) }) as unknown as LockManager,
    channel: channelOfAPage,
  },
};

afterEach(() => {
  for (const channel of channels.splice(0)) channel.close();
});

describe.each(Object.entries(TOOLS))('the claim of a tab, %s', (_, tools) => {
  const take = (id: string) => TabClaim.take(id, tools);

  test('is had by one page at a time', async () => {
    const id = crypto.randomUUID();
    const first = await take(id);
    expect(first).not.toBeNull();
    expect(await take(id)).toBeNull();
    first?.release();
    const next = await take(id);
    expect(next).not.toBeNull();
    next?.release();
  });

  test('of a call that begins keeps other pages out', async () => {
    const id = crypto.randomUUID();
    const first = await TabClaim.begin(id, tools);
    expect(first).not.toBeNull();
    expect(await take(id)).toBeNull();
    first?.release();
  });

  test('does not concern other calls', async () => {
    const claims = [await take(crypto.randomUUID()), await take(crypto.randomUUID())];
    expect(claims).not.toContain(null);
    for (const claim of claims) claim?.release();
  });
});

test('a page that lets go while the next one asks hands the claim over', async () => {
  const id = crypto.randomUUID();
  const tools = TOOLS['with locks'];
  const leaving = await TabClaim.take(id, tools);
  const coming = TabClaim.take(id, tools);
  leaving?.release();
  const claim = await coming;
  expect(claim).not.toBeNull();
  claim?.release();
});

test('nobody gets the claim in a browser that cannot find out whether another page has it', async () => {
  expect(await TabClaim.take('any', { locks: () => undefined, channel: () => undefined })).toBeNull();
});
