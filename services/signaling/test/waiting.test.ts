import { describe, expect, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import { PROTOCOL_VERSION, type Notification } from '@parley/proto/requests';
import { RTP_CAPABILITIES } from './support/rtp.ts';
import { useTwoInstances } from './support/running-signaling.ts';
import type { TestClient } from './support/test-client.ts';

const KNOCK = { protocol: PROTOCOL_VERSION } as const;
const JOIN = { protocol: PROTOCOL_VERSION, rtpCapabilities: RTP_CAPABILITIES };

/** Hosts and those who wait are on different instances. */
describe('waiting before the room', () => {
  const call = useTwoInstances(async () => undefined);

  /** A socket of somebody whose token needs a host. */
  const arrive = async (name: string, at = call.two): Promise<TestClient> =>
    at.connectWith({ token: await at.waitingToken(call.code, name) });
  const knock = async (name: string, at = call.two): Promise<TestClient> => {
    const client = await arrive(name, at);
    expect(await client.request('room:knock', KNOCK)).toEqual({ status: 'waiting' });
    return client;
  };
  const listed = (host: TestClient, ...names: string[]): Promise<Notification<'waiting:changed'>> =>
    host.notified(
      'waiting:changed',
      ({ waiting }) =>
        JSON.stringify(waiting.map(({ displayName }) => displayName)) === JSON.stringify(names),
    );

  test('a person who waits cannot join, is admitted by a host on another instance, and joins', async () => {
    const host = await call.one.joinAs('host', call.code, 'Hana');
    const wanda = await arrive('Wanda');
    expect(await wanda.refusal('room:join', JOIN)).toBe('not_admitted');
    expect(await wanda.request('room:knock', KNOCK)).toEqual({ status: 'waiting' });
    expect(await wanda.refusal('room:join', JOIN)).toBe('not_admitted');
    const { waiting } = await listed(host, 'Wanda');
    expect(waiting).toMatchObject([{ guest: true, connected: true }]);
    const peerIds = waiting.map(({ peerId }) => peerId);
    expect(await host.request('door:admit', { peerIds })).toEqual({ admitted: 1 });
    await wanda.notified('door:admitted');
    await wanda.join();
    expect(wanda.peerId).toBe(peerIds[0]);
    await listed(host);
    expect(await host.request('door:admit', { peerIds })).toEqual({ admitted: 0 });
  });

  test('only those who may admit see the list, and those see it who come later or become hosts', async () => {
    const participant = await call.one.joinAs('participant', call.code);
    await knock('Wanda');
    await knock('Will', call.one);
    const late = await call.one.joinAs('host', call.code, 'Late');
    await listed(late, 'Wanda', 'Will');
    await participant.settled();
    expect(participant.notifications('waiting:changed')).toEqual([]);
    expect(await participant.refusal('door:admit-all', {})).toBe('forbidden');
    await late.request('peer:set-role', { peerId: participant.peerId, role: 'host' });
    await listed(participant, 'Wanda', 'Will');
    expect(await participant.request('door:admit-all', {})).toEqual({ admitted: 2 });
  });

  test('the list survives a reload of the only host, and a room that nobody is in', async () => {
    const host = await call.one.joinAs('host', call.code);
    const wanda = await knock('Wanda');
    await listed(host, 'Wanda');
    await host.request('room:leave', {});
    await waitFor(async () => (await call.one.service.counts()).rooms === 0);
    const again = await call.two.joinAs('host', call.code);
    await listed(again, 'Wanda');
    await again.request('door:admit-all', {});
    await wanda.notified('door:admitted');
  });

  test('a person who is denied reads so, and the same token gets in no more', async () => {
    const host = await call.one.joinAs('host', call.code);
    const token = await call.two.waitingToken(call.code, 'Wanda');
    const wanda = await call.two.connectWith({ token });
    await wanda.request('room:knock', KNOCK);
    const { waiting } = await listed(host, 'Wanda');
    const peerId = waiting[0]!.peerId;
    await host.request('door:deny', { peerId });
    expect(await wanda.notified('door:denied')).toEqual({ blocked: false });
    expect(await wanda.notified('session:ended')).toEqual({ reason: 'denied' });
    await listed(host);
    const again = await call.one.connectWith({ token });
    expect(await again.refusal('room:knock', KNOCK)).toBe('denied');
    expect(await again.refusal('room:join', JOIN)).toBe('not_admitted');
    expect(await host.refusal('door:deny', { peerId })).toBe('peer_not_found');
  });

  test('a lost socket keeps the place for the grace, also on another instance', async () => {
    const host = await call.one.joinAs('host', call.code);
    const token = await call.two.waitingToken(call.code, 'Wanda');
    const wanda = await call.two.connectWith({ token });
    await wanda.request('room:knock', KNOCK);
    await knock('Will');
    await listed(host, 'Wanda', 'Will');
    wanda.cut();
    await host.notified('waiting:changed', ({ waiting }) => waiting[0]?.connected === false);
    const back = await call.one.connectWith({ token });
    expect(await back.request('room:knock', KNOCK)).toEqual({ status: 'waiting' });
    await host.notified(
      'waiting:changed',
      ({ waiting, version }) =>
        waiting[0]?.displayName === 'Wanda' && waiting[0].connected && waiting.length === 2 && version > 0,
    );
    await host.request('door:admit-all', {});
    await back.notified('door:admitted');
    await back.join();
  });

  test('a place that nobody comes back to ends', async () => {
    const host = await call.one.joinAs('host', call.code);
    const wanda = await knock('Wanda');
    await listed(host, 'Wanda');
    wanda.cut();
    await host.notified('waiting:changed', ({ waiting }) => waiting[0]?.connected === false);
    await host.notified('waiting:changed', ({ waiting }) => waiting.length === 0);
    await waitFor(async () => (await call.two.service.counts()).waiting === 0);
  });

  test('somebody who was admitted while the socket was lost is let in', async () => {
    const host = await call.one.joinAs('host', call.code);
    const token = await call.two.waitingToken(call.code, 'Wanda');
    const wanda = await call.two.connectWith({ token });
    await wanda.request('room:knock', KNOCK);
    await listed(host, 'Wanda');
    wanda.cut();
    await host.notified('waiting:changed', ({ waiting }) => waiting[0]?.connected === false);
    await host.request('door:admit-all', {});
    const back = await call.one.connectWith({ token });
    expect(await back.request('room:knock', KNOCK)).toEqual({ status: 'admitted' });
    await back.join();
  });

  test('a token that needs nobody is admitted at once', async () => {
    const client = await call.two.connect(call.code, 'Free');
    expect(await client.request('room:knock', KNOCK)).toEqual({ status: 'admitted' });
    await client.join();
  });

  test('the death of an instance takes nobody off the list who knocks again elsewhere', async () => {
    const host = await call.one.joinAs('host', call.code);
    const token = await call.two.waitingToken(call.code, 'Wanda');
    const wanda = await call.two.connectWith({ token });
    await wanda.request('room:knock', KNOCK);
    await listed(host, 'Wanda');
    await call.two.stop();
    const back = await call.one.connectWith({ token });
    await back.request('room:knock', KNOCK);
    await host.request('door:admit-all', {});
    await back.notified('door:admitted');
  });

  test('what hosts decide is in the log of the room', async () => {
    const host = await call.one.joinAs('host', call.code, 'Hana');
    await knock('Wanda');
    await listed(host, 'Wanda');
    await host.request('door:admit-all', {});
    const [act] = (await waitFor(
      async () => {
        const acts = await call.one.query<{ kind: string; by_name: string; to_name: string }>(
          'SELECT kind, by_name, to_name FROM rooms.acts WHERE room_code = $1',
          [call.code],
        );
        return acts.length > 0 && acts;
      },
      { what: 'the act' },
    )) as { kind: string; by_name: string; to_name: string }[];
    expect(act).toEqual({ kind: 'admitted', by_name: 'Hana', to_name: 'Wanda' });
  });
});
