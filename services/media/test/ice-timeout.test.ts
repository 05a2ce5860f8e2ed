import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import { cleanup } from 'node-datachannel';
import { opusParameters } from './support/rtp.ts';
import { TestNode } from './support/test-node.ts';
import { WebRtcEnd } from './support/webrtc-end.ts';

const ICE_TIMEOUT_MS = 300;
/** The worker takes no less, and libdatachannel renews its consent only every 15 s. */
const ICE_CONSENT_TIMEOUT_S = 10;

let testNode: TestNode;
const ends: WebRtcEnd[] = [];

beforeAll(async () => {
  testNode = await TestNode.create({
    room: { iceTimeoutMs: ICE_TIMEOUT_MS, iceConsentTimeoutS: ICE_CONSENT_TIMEOUT_S },
  });
});

afterEach(() => {
  for (const end of ends.splice(0)) end.close();
});

afterAll(async () => {
  await testNode.close();
  cleanup();
});

async function connect(roomId: string, peerId: string): Promise<WebRtcEnd> {
  const peer = testNode.peer(roomId, peerId);
  const { sendTransport } = await peer.open();
  const end = new WebRtcEnd('send', opusParameters());
  ends.push(end);
  await peer.connect(sendTransport?.transportId ?? '', await end.answer(sendTransport));
  await waitFor(() => end.open);
  return end;
}

test('a peer that closes its connection and says nothing else is given up', async () => {
  const watch = testNode.watch('closed');
  const end = await connect('closed', 'alice');
  await watch.first('transportStateChanged', (event) => event.dtlsState === 'connected');
  end.close();
  expect(await watch.first('peerClosed')).toEqual({ peerId: 'alice', reason: 'ICE_TIMED_OUT' });
  await waitFor(() => testNode.node.roomCount === 0);
  expect(await testNode.metric('parley_media_peers_closed_total{cause="ice_timed_out"')).toBe(1);
  watch.close();
});

test('a peer that is not heard any more is given up, one that has no media yet is not', async () => {
  const watch = testNode.watch('silent');
  await testNode.peer('silent', 'quiet').open();
  await connect('silent', 'alice');
  await watch.first('transportStateChanged', (event) => event.iceState === 'disconnected', 20_000);
  expect(await watch.first('peerClosed')).toEqual({ peerId: 'alice', reason: 'ICE_TIMED_OUT' });
  expect(testNode.node.room('silent' as never).peerCount).toBe(1);
  watch.close();
});
