import { describe, expect, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import type { ProducerId } from '@parley/proto/ids';
import type { Act, ActKind, PeerRecord } from '@parley/proto/room';
import { camera, microphone, screen } from './support/rtp.ts';
import { useTwoInstances } from './support/running-signaling.ts';
import type { TestClient } from './support/test-client.ts';
import { sees } from './support/two-instances.ts';

/** More than two instances on one machine differ in the clock of their store. */
const CLOCK_ERROR_MS = 50;

/** Each act is done by somebody on one instance to somebody on the other. */
describe('moderation over two instances', () => {
  let host: TestClient;
  let guest: TestClient;
  const call = useTwoInstances(
    async ({ one, two, code }) => {
      host = await one.joinAs('host', code, 'Hana');
      guest = await two.joinAs('participant', code, 'Gus');
    },
    { INSTANCE_LOST_MS: '1000' },
  );

  const actOn = async (client: TestClient, kind: ActKind): Promise<Act> =>
    (await client.notified('act:done', ({ act }) => act.kind === kind)).act;

  const produce = async (who: TestClient, what: ReturnType<typeof microphone>): Promise<ProducerId> => {
    const { producerId } = await who.request('producer:create', what);
    await sees(host, who).updated((peer) => has(peer, producerId));
    return producerId;
  };

  /** Whether the node forwards nothing of the producer, as a new consumer of it says. */
  const pausedOnNode = async (producerId: ProducerId): Promise<boolean> => {
    const { results } = await host.request('consumer:create', { producers: [{ producerId }] });
    const [result] = results;
    if (result?.status !== 'created') throw new Error('nothing was consumed');
    await host.request('consumer:close', { consumerIds: [result.consumer.consumerId] });
    return result.consumer.producerPaused;
  };

  test('peer:mute pauses the microphone on the node and says who did it, and the person may unmute', async () => {
    const producerId = await produce(guest, microphone());
    expect(await pausedOnNode(producerId)).toBe(false);
    await host.request('peer:mute', { peerId: guest.peerId });
    expect(await pausedOnNode(producerId)).toBe(true);
    expect(await actOn(guest, 'muted')).toMatchObject({ byPeerId: host.peerId, byName: 'Hana' });
    const { peer } = await sees(guest, guest).updated(({ producers }) => producers[0]?.paused === true);
    expect(peer.producers).toMatchObject([{ producerId, pauseReason: 'muted' }]);
    await guest.request('producer:resume', { producerId });
    const { peer: unmuted } = await sees(host, guest).updated(
      ({ producers, version }) => version > peer.version && producers[0]?.paused === false,
    );
    expect(unmuted.producers[0]).not.toHaveProperty('pauseReason');
    expect(await pausedOnNode(producerId)).toBe(false);
  });

  test('peer:mute reaches a person whose socket is lost, who is still muted after coming back', async () => {
    const producerId = await produce(guest, microphone());
    guest.cut();
    await sees(host, guest).updated(({ connection }) => connection === 'reconnecting');
    await host.request('peer:mute', { peerId: guest.peerId });
    expect(await pausedOnNode(producerId)).toBe(true);
    const back = await call.one.reconnect(guest);
    const { snapshot } = await back.resume();
    expect(snapshot.self.producers).toMatchObject([{ producerId, paused: true, pauseReason: 'muted' }]);
    expect(await pausedOnNode(producerId)).toBe(true);
  });

  test('peer:mute in the moment of unmuting leaves record and node in agreement', async () => {
    const producerId = await produce(guest, microphone());
    for (let round = 0; round < 20; round += 1) {
      await guest.request('producer:pause', { producerId });
      await Promise.all([
        guest.request('producer:resume', { producerId }),
        host.request('peer:mute', { peerId: guest.peerId }),
      ]);
      // The instance of the person may bring it in line after the answer.
      await waitFor(
        async () => {
          const observer = await call.one.joinAs('viewer', call.code, 'Observer');
          const record = observer.snapshot.peers.find(({ peerId }) => peerId === guest.peerId);
          await observer.request('room:leave', {});
          return record?.producers[0]?.paused === (await pausedOnNode(producerId));
        },
        { what: `record and node to agree in round ${round}` },
      );
    }
  }, 180_000);

  test('peer:ask-to-unmute asks, and unmutes nobody', async () => {
    const producerId = await produce(guest, { ...microphone(), paused: true });
    await host.request('peer:ask-to-unmute', { peerId: guest.peerId });
    expect(await actOn(guest, 'asked-to-unmute')).toMatchObject({ byName: 'Hana' });
    expect(await pausedOnNode(producerId)).toBe(true);
  });

  test.each<['camera' | 'screen', () => ReturnType<typeof microphone>]>([
    ['camera', camera],
    ['screen', screen],
  ])(
    'peer:stop ends a %s on the node and in the record, and the person may begin again',
    async (source, make) => {
      const producerId = await produce(guest, make());
      const kept = await produce(guest, microphone());
      const { results } = await host.request('consumer:create', { producers: [{ producerId }] });
      expect(results).toMatchObject([{ status: 'created' }]);
      await host.request('peer:stop', { peerId: guest.peerId, source });
      await host.notified('consumer:closed', (closed) => closed.producerId === producerId);
      await sees(host, guest).updated((peer) => has(peer, kept) && !has(peer, producerId));
      expect(await actOn(guest, 'stopped')).toMatchObject({ source, byName: 'Hana' });
      await sees(guest, guest).updated((peer) => !has(peer, producerId));
      expect(await guest.refusal('producer:pause', { producerId })).toBe('producer_not_found');
      await produce(guest, make());
    },
  );

  test('peer:lower-hand lowers one hand, room:lower-hands the others, and hands keep their order', async () => {
    const carl = await call.one.joinAs('participant', call.code, 'Carl');
    const dora = await call.two.joinAs('participant', call.code, 'Dora');
    // Instances know their common clock to a few milliseconds: hands that are raised within them have no order.
    const raise = async (client: TestClient) => {
      await client.request('peer:set-hand', { raised: true });
      const raisedAt = Date.now();
      await waitFor(() => Date.now() > raisedAt + CLOCK_ERROR_MS);
    };
    for (const client of [guest, carl, dora]) await raise(client);
    const queue = async (): Promise<string[]> => {
      const observer = await call.one.joinAs('viewer', call.code, 'Observer');
      await observer.request('room:leave', {});
      return observer.snapshot.peers
        .filter(({ handRaisedAt }) => handRaisedAt !== null)
        .toSorted((a, b) => (a.handRaisedAt ?? 0) - (b.handRaisedAt ?? 0))
        .map(({ displayName }) => displayName);
    };
    expect(await queue()).toEqual(['Gus', 'Carl', 'Dora']);
    await host.request('peer:lower-hand', { peerId: carl.peerId });
    expect(await actOn(carl, 'hand-lowered')).toMatchObject({ byName: 'Hana' });
    expect(await queue()).toEqual(['Gus', 'Dora']);
    await raise(carl);
    expect(await queue()).toEqual(['Gus', 'Dora', 'Carl']);
    await host.request('room:lower-hands', {});
    expect(await queue()).toEqual([]);
    await actOn(dora, 'hand-lowered');
  });

  test('peer:set-role changes what a person may do at once: a viewer sends nothing any more', async () => {
    const producerId = await produce(guest, microphone());
    const picture = await produce(guest, camera());
    await host.request('peer:set-role', { peerId: guest.peerId, role: 'viewer' });
    expect(await actOn(guest, 'role-changed')).toMatchObject({ role: 'viewer', byName: 'Hana' });
    await sees(host, guest).updated(({ role, producers }) => role === 'viewer' && producers.length === 0);
    const { results } = await host.request('consumer:create', {
      producers: [{ producerId }, { producerId: picture }],
    });
    expect(results.map(({ status }) => status)).toEqual(['failed', 'failed']);
    expect(await guest.refusal('producer:create', microphone())).toBe('forbidden');
    await host.request('peer:set-role', { peerId: guest.peerId, role: 'host' });
    await sees(guest, guest).updated(({ role }) => role === 'host');
    await guest.request('peer:mute', { peerId: host.peerId });
    await produce(guest, microphone());
  });

  test('room:hand-over makes the other one host, and oneself a participant', async () => {
    await host.request('room:hand-over', { peerId: guest.peerId });
    await sees(guest, guest).updated(({ role }) => role === 'host');
    await sees(guest, host).updated(({ role }) => role === 'participant');
    await sees(host, host).updated(({ role }) => role === 'participant');
    expect(await host.refusal('peer:mute', { peerId: guest.peerId })).toBe('forbidden');
    await guest.request('peer:mute', { peerId: host.peerId });
  });

  test('the last host stays one, and an owner stays owner and in the room', async () => {
    expect(await host.refusal('peer:set-role', { peerId: host.peerId, role: 'viewer' })).toBe('conflict');
    const owner = await call.two.joinAs('owner', call.code, 'Olga');
    await sees(host, owner).joined();
    for (const role of ['host', 'participant', 'viewer'] as const)
      expect(await host.refusal('peer:set-role', { peerId: owner.peerId, role })).toBe('forbidden');
    expect(await host.refusal('peer:remove', { peerId: owner.peerId })).toBe('forbidden');
    await host.request('peer:set-role', { peerId: host.peerId, role: 'participant' });
    await owner.request('room:hand-over', { peerId: guest.peerId });
    await sees(guest, guest).updated(({ role }) => role === 'host');
    const observer = await call.one.joinAs('viewer', call.code, 'Observer');
    expect(observer.snapshot.peers.find(({ peerId }) => peerId === owner.peerId)?.role).toBe('owner');
  });

  test('peer:remove ends the session with words, and the old token and secret are worth nothing', async () => {
    const token = await call.two.token(call.code, 'Rosa');
    const rosa = await (await call.two.connectWith({ token })).join();
    await host.request('peer:remove', { peerId: rosa.peerId });
    expect(await actOn(rosa, 'removed')).toMatchObject({ byName: 'Hana' });
    expect(await rosa.notified('session:ended')).toEqual({ reason: 'removed' });
    expect(await sees(guest, rosa).left()).toMatchObject({ reason: 'left' });
    await expect(call.two.reconnect(rosa)).rejects.toMatchObject({ body: { code: 'session_removed' } });
    await expect((await call.two.connectWith({ token })).join()).rejects.toThrow('token_used');
  });

  test.each([
    ['session_removed', () => host.request('peer:remove', { peerId: guest.peerId })],
    ['session_banned', () => host.request('peer:ban', { peerId: guest.peerId })],
    ['session_call_ended', () => host.request('room:end-call', {})],
  ] as const)(
    'a peer that was ended while its socket was away finds out at its resume: %s',
    async (code, end) => {
      guest.cut();
      await sees(host, guest).updated(({ connection }) => connection === 'reconnecting');
      await end();
      await expect(call.one.reconnect(guest)).rejects.toMatchObject({ body: { code } });
      await expect(call.two.reconnect(guest)).rejects.toMatchObject({ body: { code } });
    },
  );

  test('room:end-call removes everybody with words', async () => {
    const carl = await call.one.joinAs('participant', call.code, 'Carl');
    await host.request('room:end-call', {});
    for (const client of [guest, carl]) {
      expect(await actOn(client, 'call-ended')).toMatchObject({ byName: 'Hana' });
      expect(await client.notified('session:ended')).toEqual({ reason: 'call-ended' });
    }
    await waitFor(async () => (await call.one.service.counts()).peers === 0);
    await waitFor(async () => (await call.backend.media.counts()).peers === 0);
  });

  test('acts on oneself and on somebody who is not there are refused', async () => {
    for (const verb of ['peer:mute', 'peer:remove', 'peer:ask-to-unmute', 'room:hand-over'] as const) {
      expect(await host.refusal(verb, { peerId: host.peerId })).toBe('invalid_request');
      expect(await host.refusal(verb, { peerId: 'nobody' })).toBe('peer_not_found');
    }
    expect(await host.refusal('peer:set-role', { peerId: guest.peerId, role: 'owner' })).toBe(
      'invalid_request',
    );
    expect(await host.refusal('peer:stop', { peerId: guest.peerId, source: 'microphone' })).toBe(
      'invalid_request',
    );
  });

  test('all acts are in the log of the room', async () => {
    await produce(guest, microphone());
    await host.request('peer:mute', { peerId: guest.peerId });
    await host.request('peer:set-role', { peerId: guest.peerId, role: 'viewer' });
    await host.request('peer:remove', { peerId: guest.peerId });
    const acts = await waitFor(
      async () => {
        const rows = await call.one.query<{
          kind: string;
          by_name: string;
          to_name: string;
          detail: string | null;
        }>(
          'SELECT kind, by_name, to_name, detail FROM rooms.acts WHERE room_code = $1 ORDER BY done_at, kind',
          [call.code],
        );
        return rows.length === 3 && rows;
      },
      { what: 'three acts in the log' },
    );
    expect(acts).toEqual([
      { kind: 'muted', by_name: 'Hana', to_name: 'Gus', detail: null },
      { kind: 'role-changed', by_name: 'Hana', to_name: 'Gus', detail: 'viewer' },
      { kind: 'removed', by_name: 'Hana', to_name: 'Gus', detail: null },
    ]);
  });
});

function has({ producers }: PeerRecord, producerId: ProducerId): boolean {
  return producers.some((producer) => producer.producerId === producerId);
}
