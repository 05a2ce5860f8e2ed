import { describe, expect, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import { RTP_CAPABILITIES } from './support/rtp.ts';
import { withFakeNode } from './support/running-signaling.ts';
import type { TestClient } from './support/test-client.ts';
import { untouched } from './support/two-instances.ts';

describe('the only media node, while it is silent', () => {
  let ada: TestClient;
  let bob: TestClient;
  let carl: TestClient;
  const running = withFakeNode(async ({ signaling, code }) => {
    ada = await signaling.join(code, 'Ada');
    bob = await signaling.join(code, 'Bob');
    carl = await signaling.join(code, 'Carl');
  });

  test('keeps those whom it carries still when two have lost it, because there is no other place', async () => {
    running.node.silent = true;
    const until = performance.now() + 5_500;
    await waitFor(() => performance.now() > until, { timeoutMs: 10_000 });
    const reopen = { rtpCapabilities: RTP_CAPABILITIES };
    for (const client of [ada, bob, ada])
      expect(await client.refusal('media:reopen', reopen)).toBe('media_unavailable');
    await carl.settled();
    untouched(carl);
    running.node.silent = false;
    for (const client of [ada, bob])
      await waitFor(async () => (await client.attempt('media:reopen', reopen)).ok, {
        timeoutMs: 10_000,
        intervalMs: 500,
      });
    await carl.settled();
    untouched(carl);
  });
});
