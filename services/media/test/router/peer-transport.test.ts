import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { checkOverTcp, checkOverUdp } from '@parley/common/ice';
import { waitFor } from '@parley/common/testing';
import type { PeerId } from '@parley/proto';
import type { rtp } from '@parley/proto/grpc';
import type { RoomId } from '../../src/room/ids.ts';
import { TestNode } from '../support/test-node.ts';

const NOMINATING = { timeoutMs: 5_000, nominate: true };

let testNode: TestNode;
let rtcPort: number;

beforeAll(async () => {
  testNode = await TestNode.create();
  rtcPort = testNode.pool.workers[0]?.rtcPort ?? 0;
});

afterAll(() => testNode.close());

const target = ({ usernameFragment, password }: rtp.IceParameters) => ({
  address: '127.0.0.1',
  port: rtcPort,
  usernameFragment,
  password,
});

async function openAlice(roomId: string) {
  const peer = testNode.peer(roomId, 'alice');
  const { sendTransport } = await peer.open();
  if (!sendTransport?.iceParameters) throw new Error('no ICE parameters');
  const transport = testNode.node.room(roomId as RoomId).peer('alice' as PeerId).sendTransport;
  return { peer, transport, ice: sendTransport.iceParameters };
}

test('a peer whose UDP is blocked reaches its transport over TCP, on the same port', async () => {
  const { transport, ice } = await openAlice('tcp');
  const iceStates: string[] = [];
  transport.on('state-changed', () => iceStates.push(transport.iceState));
  expect(await checkOverTcp(target(ice), NOMINATING)).toBe('success');
  await waitFor(() => iceStates.includes('completed'));
  // The path is gone with its socket.
  await waitFor(() => transport.iceState === 'disconnected');
});

test('after an ICE restart the new credentials are good, the old password is not, and a late old packet is no harm', async () => {
  const { peer, transport, ice } = await openAlice('restart');
  expect(await checkOverUdp(target(ice), NOMINATING)).toBe('success');
  await waitFor(() => transport.iceState === 'completed');

  const restart = { ...peer.of, transportId: transport.id };
  const { iceParameters } = await peer.client.call('restartIce', restart);
  if (!iceParameters) throw new Error('no ICE parameters');
  expect(iceParameters).not.toEqual(ice);
  expect(await checkOverUdp(target(ice), NOMINATING)).toBe('success');
  expect(await checkOverUdp(target(iceParameters), NOMINATING)).toBe('success');
  const mixed = { ...iceParameters, password: ice.password };
  expect(await checkOverUdp(target(mixed), NOMINATING)).toBe('error');
});
