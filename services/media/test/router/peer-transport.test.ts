import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { checkOverTcp, checkOverUdp } from '@parley/common/ice';
import { waitFor } from '@parley/common/testing';
import type { PeerId } from '@parley/proto/ids';
import type { rtp } from '@parley/proto/media-rpc';
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
  if (transport === undefined) throw new Error('no transport to send on');
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

test('a node that listens on several addresses offers each and answers at each, over UDP and TCP', async () => {
  const addresses = ['127.0.0.2', '127.0.0.1', '::1'];
  const several = await TestNode.create({ pool: { listenIps: addresses, announced: () => addresses } });
  try {
    const { sendTransport } = await several.peer('addresses', 'alice').open();
    const offered = sendTransport?.iceCandidates ?? [];
    expect(offered.map(({ protocol, address }) => `${protocol} ${address}`)).toEqual(
      ['udp', 'tcp'].flatMap((protocol) => addresses.map((address) => `${protocol} ${address}`)),
    );
    const { usernameFragment = '', password = '' } = sendTransport?.iceParameters ?? {};
    for (const { protocol, address, port } of offered) {
      const check = protocol === 'tcp' ? checkOverTcp : checkOverUdp;
      expect(await check({ address, port, usernameFragment, password }, { timeoutMs: 5_000 })).toBe(
        'success',
      );
    }
  } finally {
    await several.close();
  }
});

test('all addresses of IPv4 and of IPv6 are listened on beside each other', async () => {
  const every = await TestNode.create({
    pool: { listenIps: ['0.0.0.0', '::'], announced: () => ['127.0.0.1', '::1'] },
  });
  try {
    const { sendTransport } = await every.peer('every', 'alice').open();
    const { usernameFragment = '', password = '' } = sendTransport?.iceParameters ?? {};
    for (const { address, port } of sendTransport?.iceCandidates ?? []) {
      const answer = checkOverUdp({ address, port, usernameFragment, password }, { timeoutMs: 5_000 });
      expect(await answer).toBe('success');
    }
  } finally {
    await every.close();
  }
});

test('a transport has the addresses that are announced when it is made', async () => {
  let address = '198.51.100.7';
  const moving = await TestNode.create({ pool: { announced: () => [address] } });
  const opened = async (peerId: string) => {
    const { sendTransport } = await moving.peer('moving', peerId).open();
    return sendTransport?.iceCandidates.map((candidate) => candidate.address);
  };
  try {
    expect(await opened('alice')).toEqual([address, address]);
    address = '198.51.100.8';
    expect(await opened('bob')).toEqual([address, address]);
  } finally {
    await moving.close();
  }
});
