import { describe, expect, test } from '@jest/globals';
import { PROTOCOL_VERSION, type Notification } from '@parley/proto/requests';
import type { Caller } from '@parley/proto/room';
import { toCallerMessage } from '@parley/proto/room-rpc';
import { guest } from './support/callers.ts';
import { useTwoInstances } from './support/running-signaling.ts';
import type { TestClient } from './support/test-client.ts';

const KNOCK = { protocol: PROTOCOL_VERSION } as const;

/** Hosts and those who wait are on different instances. */
describe('people who come to a room with a waiting room', () => {
  const call = useTwoInstances(async ({ one, code }) => {
    await one.query(
      `UPDATE rooms.rooms SET settings = settings || '{"waitingRoom": true}', revision = revision + 1 WHERE code = $1`,
      [code],
    );
  });

  const listed = (host: TestClient, ...names: string[]): Promise<Notification<'waiting:changed'>> =>
    host.notified(
      'waiting:changed',
      ({ waiting }) =>
        JSON.stringify(waiting.map(({ displayName }) => displayName)) === JSON.stringify(names),
    );

  test('a person who is blocked is banned as well, and nobody does that without the permission', async () => {
    const host = await call.one.joinAs('host', call.code, 'Hana');
    const participant = await call.one.connectWith({
      token: await call.one.waitingToken(call.code, 'Peter'),
    });
    await participant.request('room:knock', KNOCK);
    await listed(host, 'Peter');
    await host.request('door:admit-all', {});
    await participant.notified('door:admitted');
    await participant.join();
    const caller = guest();
    const { token } = await call.two.rooms.call('authorizeJoin', {
      code: call.code,
      displayName: 'Wanda',
      caller: toCallerMessage(caller),
    });
    const wanda = await call.two.connectWith({ token });
    await wanda.request('room:knock', KNOCK);
    const { waiting } = await listed(host, 'Wanda');
    const deny = { peerId: waiting[0]!.peerId, block: true };
    expect(await participant.refusal('door:deny', deny)).toBe('forbidden');
    expect(await host.refusal('door:deny', { ...deny, block: 'yes' })).toBe('invalid_request');
    await host.request('door:deny', deny);
    expect(await wanda.notified('door:denied')).toEqual({ blocked: true });
    await listed(host);
    expect(await host.refusal('door:deny', deny)).toBe('peer_not_found');
    const refused = { code: 'banned' };
    const again = (by: Caller) =>
      call.one.rooms.call('authorizeJoin', {
        code: call.code,
        displayName: 'W',
        caller: toCallerMessage(by),
      });
    await expect(again(caller)).rejects.toMatchObject(refused);
    // Another browser of the same network.
    await expect(again(guest())).rejects.toMatchObject(refused);
    expect((await again(guest('elsewhere'))).waits).toBe(true);
    const bans = await call.one.query<{ display_name: string; banned_by: string; hours: number }>(
      `SELECT display_name, banned_by, round(extract(epoch FROM ends_at - banned_at) / 3600)::int AS hours
       FROM rooms.bans WHERE room_code = $1`,
      [call.code],
    );
    expect(bans).toEqual([{ display_name: 'Wanda', banned_by: 'Hana', hours: 24 }]);
  });

  test('a person who was admitted while the socket was lost is let in with a new token as well', async () => {
    const host = await call.one.joinAs('host', call.code);
    const caller = toCallerMessage(guest());
    const ask = () => call.two.rooms.call('authorizeJoin', { code: call.code, displayName: 'Wanda', caller });
    const wanda = await call.two.connectWith({ token: (await ask()).token });
    await wanda.request('room:knock', KNOCK);
    wanda.cut();
    await host.notified('waiting:changed', ({ waiting }) => waiting[0]?.connected === false);
    await host.request('door:admit-all', {});
    const back = await call.two.connectWith({ token: (await ask()).token });
    expect(await back.request('room:knock', KNOCK)).toEqual({ status: 'admitted' });
    await back.join();
  });
});
