import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { UdpRelay, opusParameters, waitFor } from '@parley/common/testing';
import type { PeerId } from '@parley/proto/ids';
import { cleanup } from 'node-datachannel';
import type { RoomId } from '../../src/room/ids.ts';
import { Conducts } from '../../src/limits/conducts.ts';
import { TestNode } from '../support/test-node.ts';
import { WebRtcEnd } from '../support/webrtc-end.ts';

const ICE_TIMEOUT_MS = 300;
/** The worker accepts no shorter time. */
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

async function connect(roomId: string, peerId: string, relayPort?: number): Promise<WebRtcEnd> {
  const peer = testNode.peer(roomId, peerId);
  const { sendTransport } = await peer.open();
  const end = new WebRtcEnd('send', opusParameters());
  ends.push(end);
  await peer.connect(
    sendTransport?.transportId ?? '',
    await end.answer(sendTransport, relayPort === undefined ? {} : { relayPort }),
  );
  await waitFor(() => end.open);
  return end;
}

test('a peer whose packets stop arriving is closed; a connected peer and one without media yet are not', async () => {
  const relay = await UdpRelay.create(testNode.pool.workers[0]?.rtcPort ?? 0);
  const watch = testNode.watch('room');
  await testNode.peer('room', 'quiet').open();
  await connect('room', 'lively');
  await connect('room', 'gone', relay.port);
  const { sendTransport } = testNode.node.room('room' as RoomId).peer('gone' as PeerId);
  await waitFor(() => sendTransport?.dtlsState === 'connected');

  relay.cut();

  const disconnects = () => testNode.metric('parley_media_ice_disconnects_total');
  await waitFor(async () => (await disconnects()) > 0, { timeoutMs: 20_000 });
  expect(await watch.first('peerClosed')).toEqual({
    peerId: 'gone',
    reason: 'PEER_CLOSE_REASON_ICE_TIMED_OUT',
  });
  const room = testNode.node.room('room' as RoomId);
  expect(['quiet', 'lively', 'gone'].map((id) => room.hasPeer(id as PeerId))).toEqual([true, true, false]);
  expect(await testNode.metric('parley_media_peers_closed_total{cause="ice_timed_out"')).toBe(1);
  expect(await testNode.metric('parley_media_networks_in_trouble{trouble="ice_timed_out"')).toBe(1);
  watch.close();
  relay.close();
});

test('a peer that closes its connection without a request is closed on the node too', async () => {
  const watch = testNode.watch('other');
  const end = await connect('other', 'closing');
  end.close();
  expect(await watch.first('peerClosed', () => true, 20_000)).toEqual({
    peerId: 'closing',
    reason: 'PEER_CLOSE_REASON_ICE_TIMED_OUT',
  });
  watch.close();
});

test('a peer that waited in the lobby while a neighbour sent too much is held like one that comes then', async () => {
  const conducts = new Conducts({ holdMs: 60_000 });
  const waiting = testNode.peer('third', 'waiting');
  const talking = testNode.peer('third', 'talking');
  for (const peer of [waiting, talking]) await peer.open(undefined, 'home');
  await talking.produce('microphone', opusParameters());
  const room = testNode.node.room('third' as RoomId);
  const peers = ['waiting', 'talking'].map((id) => room.peer(id as PeerId));
  const mayRun = () => peers.map((peer) => conducts.mayRun(peer, 'camera'));
  conducts.strike({ id: 'flooding' as PeerId, origin: 'home', openedAtMs: performance.now() }, 'camera');
  expect(mayRun()).toEqual([true, true]);
  // The join. Somebody who sends was there before.
  for (const peer of [waiting, talking]) await peer.open(undefined, 'home');
  expect(mayRun()).toEqual([false, true]);
});
