import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { checkOverTcp, checkOverUdp } from '@parley/common/ice';
import type { rtp } from '@parley/proto/grpc';
import { TestNode } from './support/test-node.ts';

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
  const watch = testNode.watch(roomId);
  const peer = testNode.peer(roomId, 'alice');
  const { sendTransport } = await peer.open();
  if (!sendTransport?.iceParameters) throw new Error('no ICE parameters');
  return { watch, peer, transportId: sendTransport.transportId, ice: sendTransport.iceParameters };
}

test('a peer whose UDP is blocked reaches its transport over TCP, on the same port', async () => {
  const { watch, transportId, ice } = await openAlice('tcp');
  expect(await checkOverTcp(target(ice), NOMINATING)).toBe('success');
  await watch.first(
    'transportStateChanged',
    (event) => event.transportId === transportId && event.iceState === 'completed',
  );
  // The path that it came by is gone with its socket.
  await watch.first('transportStateChanged', (event) => event.iceState === 'disconnected');
  watch.close();
});

test('after an ICE restart the new credentials are good, the old password is not, and a late old packet is no harm', async () => {
  const { watch, peer, transportId, ice } = await openAlice('restart');
  expect(await checkOverUdp(target(ice), NOMINATING)).toBe('success');
  await watch.first('transportStateChanged', (event) => event.iceState === 'completed');

  const { iceParameters } = await peer.client.call('restartIce', { ...peer.of, transportId });
  if (!iceParameters) throw new Error('no ICE parameters');
  expect(iceParameters).not.toEqual(ice);
  expect(await checkOverUdp(target(ice), NOMINATING)).toBe('success');
  expect(await checkOverUdp(target(iceParameters), NOMINATING)).toBe('success');
  const mixed = { ...iceParameters, password: ice.password };
  expect(await checkOverUdp(target(mixed), NOMINATING)).toBe('error');
  watch.close();
});
