import { describe, expect, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import type { ProducerId } from '@parley/proto/ids';
import type { PeerRecord } from '@parley/proto/room';
import { microphone } from './support/rtp.ts';
import { withFakeNode } from './support/running-signaling.ts';
import { sees } from './support/two-instances.ts';
import type { TestClient } from './support/test-client.ts';

describe('somebody whose open microphone is away with its media', () => {
  let host: TestClient;
  let ada: TestClient;
  const on = withFakeNode(async ({ signaling, code }) => {
    host = await signaling.joinAs('host', code, 'Hana');
    ada = await signaling.joinAs('participant', code, 'Ada');
    await waitFor(() => on.node.watchers === 1);
  });

  /** As the host has it. */
  const record = (): PeerRecord | undefined =>
    host.notifications('peer:updated').findLast(({ peer }) => peer.peerId === ada.peerId)?.peer;
  const produce = async (): Promise<ProducerId> => {
    const { producerId } = await ada.request('producer:create', microphone());
    await sees(host, ada).updated(({ producers }) => producers[0]?.producerId === producerId);
    return producerId;
  };
  const isSilent = (producerId: ProducerId) => on.node.isPaused(ada.peerId, producerId);
  const loseMedia = async (): Promise<void> => {
    on.node.report({ peerClosed: { peerId: ada.peerId, reason: 'PEER_CLOSE_REASON_WORKER_DIED' } });
    await waitFor(() => record()?.connection === 'reconnecting', { what: 'the loss' });
  };
  const muteAda = () => host.request('peer:mute', { peerId: ada.peerId });
  const muteAll = async (): Promise<void> => {
    expect(await host.request('room:mute-all', {})).toEqual({ muted: 1 });
  };

  test.each<[string, () => Promise<unknown>]>([
    ['peer:mute', muteAda],
    ['room:mute-all', muteAll],
  ])('comes back muted after %s, reads who did it, and may unmute', async (_verb, mute) => {
    await produce();
    await loseMedia();
    await mute();
    expect(await ada.notified('act:done')).toMatchObject({ act: { kind: 'muted', byName: 'Hana' } });
    await ada.reopen();
    const producerId = await produce();
    expect(record()?.producers).toMatchObject([{ paused: true, pauseReason: 'muted' }]);
    expect(isSilent(producerId)).toBe(true);
    await ada.request('producer:resume', { producerId });
    expect(isSilent(producerId)).toBe(false);
    // Once.
    await ada.request('producer:close', { producerId });
    expect(isSilent(await produce())).toBe(false);
  });

  test('comes back muted also if that happens when the media is there again, and the microphone not yet', async () => {
    await produce();
    await loseMedia();
    await ada.reopen();
    await muteAll();
    await ada.notified('act:done');
    expect(isSilent(await produce())).toBe(true);
  });

  test('comes back muted on another socket too', async () => {
    await produce();
    await loseMedia();
    ada.cut();
    await muteAda();
    const back = await on.signaling.reconnect(ada);
    await back.resume();
    ada = back;
    await ada.reopen();
    expect(isSilent(await produce())).toBe(true);
  });

  test('comes back muted after media was lost a second time', async () => {
    await produce();
    await loseMedia();
    await muteAda();
    await ada.reopen();
    await waitFor(() => record()?.connection === 'connected');
    await loseMedia();
    await ada.reopen();
    expect(isSilent(await produce())).toBe(true);
  });

  test('is not muted by it where the microphone was muted before: to turn it on is up to the person', async () => {
    const producerId = await produce();
    await ada.request('producer:pause', { producerId });
    await loseMedia();
    expect(await host.request('room:mute-all', {})).toEqual({ muted: 0 });
    await ada.reopen();
    expect(isSilent(await produce())).toBe(false);
    expect(ada.notifications('act:done')).toEqual([]);
  });

  test('is silenced again where the node forwards a muted microphone, also if the node does not do so at first', async () => {
    const producerId = await produce();
    await muteAda();
    on.node.forwardAgain(ada.peerId, producerId);
    on.node.failNext('setProducerPaused');
    on.node.endWatches();
    await waitFor(() => isSilent(producerId) === true, { timeoutMs: 10_000 });
    expect(on.node.meanwhile.size).toBe(0);
  });

  test('comes back open if nobody mutes them', async () => {
    await produce();
    await loseMedia();
    await ada.reopen();
    expect(isSilent(await produce())).toBe(false);
  });
});
