import { afterEach, describe, expect, test } from '@jest/globals';
import { dtlsParameters, opusParameters, waitFor } from '@parley/common/testing';
import { cleanup } from 'node-datachannel';
import { TestNode, type TestNodeOptions } from '../support/test-node.ts';
import { WebRtcEnd } from '../support/webrtc-end.ts';

let testNode: TestNode;
const ends: WebRtcEnd[] = [];

afterEach(async () => {
  for (const end of ends.splice(0)) end.close();
  await testNode.close();
  cleanup();
});

const begin = async (options: TestNodeOptions): Promise<void> => {
  testNode = await TestNode.create(options);
};

/** A peer with a real connection. */
async function connect(roomId: string, peerId: string): Promise<void> {
  const peer = testNode.peer(roomId, peerId);
  const { sendTransport } = await peer.open();
  const end = new WebRtcEnd('send', opusParameters());
  ends.push(end);
  await peer.connect(sendTransport?.transportId ?? '', await end.answer(sendTransport));
  await waitFor(() => end.open);
}

describe('a peer that never connects', () => {
  const closed = { reason: 'PEER_CLOSE_REASON_NEVER_CONNECTED' };

  test('is let go some time after it was to connect', async () => {
    await begin({ room: { connectTimeoutMs: 50 } });
    const watch = testNode.watch('room');
    const peer = testNode.peer('room', 'silent');
    const { sendTransport } = await peer.open();
    await peer.connect(sendTransport?.transportId ?? '', dtlsParameters());
    expect(await watch.first('peerClosed')).toEqual({ peerId: 'silent', ...closed });
    expect(testNode.node.peerCount).toBe(0);
    expect(await testNode.metric('parley_media_peers_closed_total{cause="never_connected"')).toBe(1);
    watch.close();
  });

  test('is let go some time after there is something to receive, before or after it came', async () => {
    await begin({ room: { connectTimeoutMs: 300 } });
    const watch = testNode.watch('room');
    await testNode.peer('room', 'before').open();
    await connect('room', 'talker');
    await testNode.peer('room', 'talker').produce('microphone', opusParameters());
    await testNode.peer('room', 'after').open();
    const gone: string[] = [];
    for (const peerId of ['before', 'after'])
      gone.push((await watch.first('peerClosed', (event) => event.peerId === peerId)).reason);
    expect(gone).toEqual([closed.reason, closed.reason]);
    expect(testNode.node.peerCount).toBe(1);
    watch.close();
  });

  test('has its time from the last request to open it on, which may be the join after the lobby', async () => {
    await begin({ room: { connectTimeoutMs: 4_000 } });
    const watch = testNode.watch('room');
    await connect('room', 'talker');
    await testNode.peer('room', 'talker').produce('microphone', opusParameters());
    await testNode.peer('room', 'late').open();
    await testNode.peer('room', 'other').open();
    await testNode.peer('room', 'late').open();
    await watch.first('peerClosed', ({ peerId }) => peerId === 'late', 30_000);
    expect(watch.all('peerClosed').map(({ peerId }) => peerId)).toEqual(['other', 'late']);
    watch.close();
  });

  test('stays while nobody sends anything and it has not begun to connect', async () => {
    await begin({ room: { connectTimeoutMs: 50 } });
    const watch = testNode.watch('room');
    await testNode.peer('room', 'muted').open();
    // A second peer that is let go shows that the time is over.
    const second = testNode.peer('room', 'silent');
    const { sendTransport } = await second.open();
    await second.connect(sendTransport?.transportId ?? '', dtlsParameters());
    expect(await watch.first('peerClosed')).toMatchObject({ peerId: 'silent' });
    expect(testNode.node.peerCount).toBe(1);
    watch.close();
  });
});

describe('a room in which nobody ever sent or received', () => {
  test('is closed after its time, and its peers are let go', async () => {
    await begin({ room: { unusedTimeoutMs: 50 } });
    const watch = testNode.watch('room');
    await testNode.peer('room', 'waiting').open();
    expect(await watch.first('peerClosed')).toEqual({
      peerId: 'waiting',
      reason: 'PEER_CLOSE_REASON_UNUSED',
    });
    expect([testNode.node.roomCount, testNode.node.peerCount]).toEqual([0, 0]);
    expect(await testNode.metric('parley_media_rooms_closed_total{cause="unused"')).toBe(1);
    watch.close();
  });

  test('gives its place to a new room, and a room in use does not', async () => {
    await begin({ limits: { rooms: 2 }, room: { idleMinMs: 0 } });
    await connect('used', 'ada');
    await testNode.peer('idle', 'bob').open();
    expect(testNode.node.accepting).toBe(true);
    await testNode.peer('new', 'carl').open();
    expect(() => testNode.node.room('idle' as never)).toThrow();
    expect(testNode.node.room('used' as never).peerCount).toBe(1);
    expect(testNode.node.room('new' as never).peerCount).toBe(1);
  });

  test('keeps its place for a while', async () => {
    await begin({ limits: { rooms: 1 }, room: { idleMinMs: 600_000 } });
    await testNode.peer('idle', 'bob').open();
    expect(testNode.node.accepting).toBe(false);
    await expect(testNode.peer('new', 'carl').open()).rejects.toMatchObject({ code: 'at_capacity' });
  });

  test('is in use for good once somebody was connected', async () => {
    await begin({ room: { unusedTimeoutMs: 400, iceTimeoutMs: 600_000 } });
    const idle = testNode.watch('idle');
    await connect('used', 'ada');
    ends.splice(0).forEach((end) => end.close());
    await testNode.peer('idle', 'bob').open();
    await idle.first('peerClosed');
    expect(testNode.node.room('used' as never).peerCount).toBe(1);
    idle.close();
  });
});
