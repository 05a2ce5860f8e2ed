import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../scripts/lib/paths.mjs';
import '../harness/jest-timeout.ts';
import { Microphone } from '../harness/peer/microphone.ts';
import { RawPeer } from '../harness/peer/raw-peer.ts';
import { releaseEndpoints } from '../harness/peer/rtp-endpoint.ts';
import { Launcher } from '../harness/servers/launcher.ts';
import { ProtocolClient } from '../protocol-client/protocol-client.ts';

/** The only packages that the client may import, besides what Node has. */
const ALLOWED = ['node-datachannel', 'socket.io-client'];

describe('a client that was written from docs/protocol.md alone', () => {
  let launcher: Launcher;

  beforeAll(async () => {
    launcher = await Launcher.start();
  });

  afterAll(async () => {
    await launcher?.stop();
    releaseEndpoints();
  });

  test('imports nothing of Parley and no media library', () => {
    const text = readFileSync(join(ROOT, 'tests', 'protocol-client', 'protocol-client.ts'), 'utf8');
    const imported = [...text.matchAll(/from '([^']+)'/g)].map(([, name]) => name);
    expect(new Set(imported)).toEqual(new Set(ALLOWED));
  });

  test('creates a room, joins it and receives the sound of a peer who joins later', async () => {
    const code = await ProtocolClient.createRoom(launcher.origin);
    const client = await ProtocolClient.join(launcher.origin, code, 'Client');
    expect(client.peers.size).toBe(0);
    const speaker = await RawPeer.join(launcher.origin, code, 'Speaker');
    const microphone = await Microphone.open(speaker);
    const { producerId } = await waitFor(() => client.microphoneOf('Speaker'), {
      what: 'the record of the microphone',
    });
    await client.receive(producerId);
    await waitFor(() => client.receivedPackets >= 10, { what: 'ten packets of sound' });
    microphone.close();
    await speaker.leave();
    await waitFor(() => client.peers.size === 0, { what: 'the client to remove the speaker' });
    await client.leave();
  });

  test('finds a peer who was there before in the snapshot, and receives the sound of that peer', async () => {
    const code = await ProtocolClient.createRoom(launcher.origin);
    const speaker = await RawPeer.join(launcher.origin, code, 'Speaker');
    const microphone = await Microphone.open(speaker);
    const client = await ProtocolClient.join(launcher.origin, code, 'Client');
    const producer = client.microphoneOf('Speaker');
    expect(producer).toMatchObject({ kind: 'audio', paused: false });
    await client.receive(producer?.producerId ?? '');
    await waitFor(() => client.receivedPackets >= 10, { what: 'ten packets of sound' });
    await client.leave();
    microphone.close();
    await speaker.leave();
  });
});
