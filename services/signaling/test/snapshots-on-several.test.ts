import { describe, expect, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import { microphone } from './support/rtp.ts';
import { useTwoInstances } from './support/running-signaling.ts';
import type { TestClient } from './support/test-client.ts';

describe('a snapshot that an instance makes of what it has been notified of', () => {
  const running = useTwoInstances(async () => undefined);
  const namesIn = ({ snapshot }: TestClient) => snapshot.peers.map(({ displayName }) => displayName);

  test('has everybody, as they are now and in the order of joining, whichever instance they are on', async () => {
    const { one, two, code } = running;
    const ada = await one.join(code, 'Ada');
    const bob = await two.join(code, 'Bob');
    expect(namesIn(bob)).toEqual(['Ada']);
    const carl = await one.join(code, 'Carl');
    await ada.request('producer:create', microphone());
    await carl.request('peer:set-hand', { raised: true });
    await bob.notified('peer:updated', ({ peer }) => peer.handRaisedAt !== null);
    await bob.notified('peer:updated', ({ peer }) => peer.producers.length === 1);
    const [late, later] = [await two.join(code, 'Late'), await one.join(code, 'Later')];
    expect(namesIn(late)).toEqual(['Ada', 'Bob', 'Carl']);
    expect(namesIn(later)).toEqual(['Ada', 'Bob', 'Carl', 'Late']);
    expect(late.snapshot.peers[0]?.producers).toHaveLength(1);
    expect(late.snapshot.peers[2]?.handRaisedAt).toEqual(expect.any(Number));
    await ada.request('room:leave', {});
    await bob.notified('peer:left');
    expect(namesIn(await two.join(code, 'Last'))).toEqual(['Bob', 'Carl', 'Late', 'Later']);
  });

  test('misses nobody whose event is on its way: it comes as a notification', async () => {
    const { one, two, code } = running;
    await one.join(code, 'Ada');
    await two.join(code, 'Bob');
    const names = Array.from({ length: 8 }, (_, index) => `Guest ${index}`);
    const guests = await Promise.all(
      names.map((name, index) => (index % 2 === 0 ? one : two).join(code, name)),
    );
    for (const guest of guests) {
      const known = () =>
        new Set([
          ...namesIn(guest),
          ...guest.notifications('peer:joined').map(({ peer }) => peer.displayName),
        ]);
      await waitFor(() => known().size === names.length + 1, { what: 'the guest knows everybody else' });
    }
  });
});
