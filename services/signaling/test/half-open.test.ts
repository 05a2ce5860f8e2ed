import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import { ParleyError } from '@parley/proto/errors';
import { PROTOCOL_VERSION } from '@parley/proto/requests';
import { JOIN_TIMEOUT_MS } from '../src/socket/socket-server.ts';
import { FakeMediaNode } from './support/fake-media-node.ts';
import { RTP_CAPABILITIES } from './support/rtp.ts';
import { useSignaling } from './support/running-signaling.ts';
import { SilentWebSocket } from './support/silent-web-socket.ts';
import type { TestClient } from './support/test-client.ts';
import { MEDIA_GRPC_SECRET } from './support/test-signaling.ts';

const WISH = { protocol: PROTOCOL_VERSION, rtpCapabilities: RTP_CAPABILITIES } as const;

describe('a socket whose join is under way', () => {
  let node: FakeMediaNode;
  beforeEach(async () => {
    node = await FakeMediaNode.start(MEDIA_GRPC_SECRET);
  });
  const on = useSignaling(
    async () => {},
    () => ({ MEDIA_ADDRESSES: node.address, HALF_OPEN_PER_ADDRESS: '2' }),
  );
  afterEach(() => node.stop());

  /** A client, and what ends its time to join now. */
  const arrive = async (): Promise<{ client: TestClient; timeIsOver: () => void }> => {
    const timers = jest.spyOn(globalThis, 'setInterval');
    const client = await on.signaling.connect(on.code, 'Late');
    const [found] = timers.mock.calls.findLast(([, ms]) => ms === JOIN_TIMEOUT_MS) ?? [];
    timers.mockRestore();
    if (found === undefined) throw new Error('the socket has no time to join');
    return { client, timeIsOver: found };
  };

  test('stays when its address has too many, and another one goes', async () => {
    const { client } = await arrive();
    let others: TestClient[] = [];
    node.meanwhile.set('openPeer', async () => {
      others = [await on.signaling.connect(on.code), await on.signaling.connect(on.code)];
      await waitFor(() => others[0]?.socket.connected === false, {
        what: 'the oldest of the others is ended',
      });
    });
    await client.join();
    expect([client, ...others].map(({ socket }) => socket.connected)).toEqual([true, false, true]);
  });

  test('stays when its time to join is over, and is in the room', async () => {
    const { client, timeIsOver } = await arrive();
    node.meanwhile.set('openPeer', timeIsOver);
    await client.join();
    timeIsOver();
    await client.request('room:ping', {});
  });

  test('is closed after the refusal when its time to join is over, and begins nothing more', async () => {
    const { client, timeIsOver } = await arrive();
    let second: Promise<unknown> = Promise.resolve();
    node.meanwhile.set('openPeer', () => {
      timeIsOver();
      second = client.refusal('lobby:open', WISH).catch(() => 'lost');
      throw new ParleyError('at_capacity');
    });
    expect(await client.refusal('room:join', WISH)).toBe('at_capacity');
    await waitFor(() => !client.socket.connected, { what: 'the end of the socket' });
    expect(['closed', 'lost']).toContain(await second);
  });

  test('is closed at once when its time to join is over and nothing is under way', async () => {
    const { client, timeIsOver } = await arrive();
    timeIsOver();
    await waitFor(() => !client.socket.connected, { what: 'the end of the socket' });
  });
});

describe('a connection that was refused', () => {
  const on = useSignaling(async () => {}, { HALF_OPEN_PER_ADDRESS: '2' });

  test('counts until it is closed, so that an address has no more of them than it may', async () => {
    const url = `${on.signaling.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
    const refused: SilentWebSocket[] = [];
    for (let opened = 1; opened <= 5; opened += 1) {
      const client = await SilentWebSocket.open(url);
      refused.push(client);
      client.send('40{"token":"none"}');
      await waitFor(() => client.received.includes('44{'), { what: 'the refusal' });
      expect(refused.filter(({ closed }) => !closed).length).toBeLessThanOrEqual(2);
    }
    await waitFor(() => refused.every(({ closed }) => closed), { what: 'the end of all' });
    await waitFor(async () => (await on.signaling.service.counts()).halfOpen === 0, { what: 'none counted' });
  });
});
