import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RoomCode } from '@parley/proto/ids';
import { waitFor } from '@parley/common/testing';
import { PROTOCOL_VERSION } from '@parley/proto/requests';
import { camera, microphone, RTP_CAPABILITIES } from './support/rtp.ts';
import { TestBackend, type TestSignaling } from './support/test-signaling.ts';

const ROUNDS = 5;
const PEERS_PER_ROUND = 10;

describe('after everybody has left', () => {
  let backend: TestBackend;
  let signaling: TestSignaling;

  beforeAll(async () => {
    backend = await TestBackend.start();
    signaling = await backend.signaling({ RESUME_GRACE_MS: '200' });
  }, 180_000);
  afterAll(async () => {
    await signaling.stop();
    await backend.stop();
  });

  const state = async () => ({
    service: await signaling.service.counts(),
    media: await backend.media.counts(),
    timers: activeTimers(),
  });

  /** Ten people come, produce and consume; half of them leave, the others are cut off. */
  const round = async (code: RoomCode): Promise<void> => {
    const clients = await Promise.all(
      Array.from({ length: PEERS_PER_ROUND }, (_, index) => signaling.join(code, `Peer ${index}`)),
    );
    const made = await Promise.all(
      clients.map((client, index) => client.request('producer:create', index % 2 ? microphone() : camera())),
    );
    await Promise.all(
      clients.map(async (client, index) => {
        const producers = made.filter((_, other) => other !== index);
        const { results } = await client.request('consumer:create', { producers });
        const consumerIds = results.flatMap((result) =>
          result.status === 'created' ? [result.consumer.consumerId] : [],
        );
        expect(consumerIds).toHaveLength(PEERS_PER_ROUND - 1);
        await client.request('consumer:resume', { consumerIds });
      }),
    );
    const inLobby = await signaling.connect(code, 'Never joins');
    const wish = { protocol: PROTOCOL_VERSION, rtpCapabilities: RTP_CAPABILITIES } as const;
    expect((await inLobby.request('lobby:open', wish)).media).not.toBeNull();
    await inLobby.request('lobby:watch', { protocol: PROTOCOL_VERSION });
    expect(await signaling.service.counts()).toMatchObject({ lobby: 1, watching: 1 });
    inLobby.cut();
    await Promise.all(
      clients.map((client, index) =>
        index % 2 ? Promise.resolve(client.cut()) : client.request('room:leave', {}),
      ),
    );
    await waitFor(async () => (await signaling.service.counts()).peers === 0);
    await waitFor(async () => (await backend.media.counts()).rooms === 0);
    await waitFor(async () => {
      const { sockets, pendingReleases } = await signaling.service.counts();
      return sockets + pendingReleases === 0;
    });
  };

  test('fifty joins, half of them ended abruptly, leave nothing: no socket, entry, transport or timer', async () => {
    const code = await signaling.createRoom();
    // The first round fills what is filled once: connections of pools, the channel to the node.
    await round(code);
    const before = await state();
    for (let index = 1; index < ROUNDS; index += 1) await round(code);
    expect(before).toMatchObject({
      service: {
        rooms: 0,
        peers: 0,
        sockets: 0,
        localRooms: 0,
        pendingReleases: 0,
        addresses: 0,
        queued: 0,
        lobby: 0,
      },
      media: { rooms: 0, peers: 0, transports: 0, producers: 0, consumers: 0 },
    });
    await waitFor(async () => (await state()).timers <= before.timers, {
      what: 'timers are back to where they were',
    });
    expect((await state()).service).toEqual(before.service);
    expect((await state()).media).toEqual(before.media);
    const rows = await waitFor(async () => {
      const [row] = await signaling.query<{ all: string; open: string }>(
        `SELECT count(*) AS all, count(*) FILTER (WHERE left_at IS NULL) AS open FROM rooms.call_sessions`,
      );
      return row?.open === '0' && row;
    });
    expect(rows.all).toBe(String(ROUNDS * PEERS_PER_ROUND));
  }, 120_000);

  test('the metrics say so too', async () => {
    const text = await signaling.metrics();
    for (const what of ['rooms', 'peers', 'sockets', 'pending_releases']) {
      expect(text).toMatch(new RegExp(`parley_signaling_${what}\\{[^}]*\\} 0\n`));
    }
    expect(text).toMatch(/parley_signaling_joins_total\{outcome="ok"[^}]*\} 50\n/);
    expect(text).toMatch(/parley_signaling_peers_left_total\{reason="timed-out"[^}]*\} 25\n/);
    const consumed = text
      .split('\n')
      .find((line) => /request_seconds_count.*"consumer:create".*code="ok"/.test(line));
    expect(consumed?.split(' ').at(-1)).toBe('50');
    expect(text).not.toContain(await signaling.createRoom());
  });
});

function activeTimers(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
}
