import { describe, expect, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import type { RoomCode } from '@parley/proto/ids';
import type { Caller } from '@parley/proto/room';
import { account, guest } from './support/callers.ts';
import { microphone } from './support/rtp.ts';
import { useTwoInstances } from './support/running-signaling.ts';
import type { TestClient } from './support/test-client.ts';
import type { TestSignaling } from './support/test-signaling.ts';
import { sees } from './support/two-instances.ts';

/** What holds for a person, and not only for a peer, over two instances. */
describe('a person in a call', () => {
  let one: TestSignaling;
  let two: TestSignaling;
  let code: RoomCode;
  let host: TestClient;

  useTwoInstances(async (call) => {
    ({ one, two, code } = call);
    host = await one.joinAs('host', code, 'Hana');
  });

  const refusedAtDoor = (caller: Caller): Promise<unknown> =>
    two.token(code, 'Again', caller).then(
      () => 'let in',
      (error: unknown) => (error as { code: string }).code,
    );
  const join = async (caller: Caller, name = 'Gus'): Promise<TestClient> => {
    const client = await two.join(code, name, caller);
    await sees(host, client).joined();
    return client;
  };
  const acts = (kind: string) =>
    one.query<{ by_name: string; to_name: string | null; detail: string | null }>(
      'SELECT by_name, to_name, detail FROM rooms.acts WHERE room_code = $1 AND kind = $2',
      [code, kind],
    );

  test('who is banned leaves with every device, and comes in neither by browser nor by network', async () => {
    const gus = guest('home');
    const [tab, other] = [await join(gus), await join(gus)];
    const spare = await two.token(code, 'Spare', gus);
    await host.request('peer:ban', { peerId: tab.peerId });
    for (const client of [tab, other]) {
      expect((await client.notified('act:done')).act).toMatchObject({ kind: 'banned', byName: 'Hana' });
      expect(await client.notified('session:ended')).toEqual({ reason: 'banned' });
    }
    expect(await refusedAtDoor(gus)).toBe('banned');
    expect(await refusedAtDoor({ ...gus, addressHash: 'elsewhere' })).toBe('banned');
    expect(await refusedAtDoor(guest('home'))).toBe('banned');
    expect(await refusedAtDoor(guest('elsewhere'))).toBe('let in');
    expect(await refusedAtDoor(account('Ann', 'home'))).toBe('let in');
    // The token was made before the ban.
    await expect((await two.connectWith({ token: spare })).join()).rejects.toThrow('banned');
    await waitFor(async () => (await acts('banned')).length === 1);
    expect(await acts('banned')).toEqual([{ by_name: 'Hana', to_name: 'Gus', detail: null }]);
  });

  test('with an account is banned until somebody lifts it', async () => {
    const ann = account('Ann', 'home');
    await host.request('peer:ban', { peerId: (await join(ann, 'Ann')).peerId });
    expect(await refusedAtDoor({ ...ann, addressHash: 'elsewhere' })).toBe('banned');
    expect(await refusedAtDoor(guest('home'))).toBe('let in');
    const [ban] = await one.query<{ ban_id: string; ends_at: Date | null; banned_by: string }>(
      'SELECT ban_id, ends_at, banned_by FROM rooms.bans WHERE room_code = $1',
      [code],
    );
    expect(ban).toMatchObject({ ends_at: null, banned_by: 'Hana' });
  });

  test('who owns the room is not banned, and nobody bans another device of their own', async () => {
    const owner = await two.joinAs('owner', code);
    expect(await host.refusal('peer:ban', { peerId: owner.peerId })).toBe('forbidden');
    expect(await host.refusal('peer:ban', { peerId: host.peerId })).toBe('invalid_request');
    const gus = guest();
    const [tab, other] = [await join(gus), await join(gus)];
    await host.request('peer:set-role', { peerId: tab.peerId, role: 'host' });
    await sees(tab, tab).updated(({ role }) => role === 'host');
    expect(await tab.refusal('peer:ban', { peerId: other.peerId })).toBe('invalid_request');
    expect(await one.query('SELECT * FROM rooms.bans')).toEqual([]);
  });

  test.each(['host', 'viewer'] as const)(
    'who was made %s is it on every device, and again after coming back',
    async (role) => {
      const gus = guest();
      const [tab, other] = [await join(gus), await join(gus)];
      await host.request('peer:set-role', { peerId: tab.peerId, role });
      await sees(other, other).updated((peer) => peer.role === role);
      await tab.request('room:leave', {});
      await other.request('room:leave', {});
      const back = await join(gus);
      expect(back.snapshot.self.role).toBe(role);
      await host.request('peer:set-role', { peerId: back.peerId, role: 'participant' });
      await sees(back, back).updated((peer) => peer.role === 'participant');
      await back.request('room:leave', {});
      expect((await join(gus)).snapshot.self.role).toBe('participant');
    },
  );

  test('who was removed as a host comes back as a participant, and who was removed as a viewer as a viewer', async () => {
    for (const [given, kept] of [
      ['host', 'participant'],
      ['viewer', 'viewer'],
    ] as const) {
      const gus = guest();
      const client = await join(gus);
      await host.request('peer:set-role', { peerId: client.peerId, role: given });
      await host.request('peer:remove', { peerId: client.peerId });
      expect((await join(gus)).snapshot.self.role).toBe(kept);
    }
  });

  test('who was given a role in an earlier call has it no more', async () => {
    const gus = guest();
    const client = await join(gus);
    await host.request('peer:set-role', { peerId: client.peerId, role: 'host' });
    await host.request('room:end-call', {});
    await waitFor(async () => (await one.service.counts()).peers === 0);
    expect((await two.join(code, 'Gus', gus)).snapshot.self.role).toBe('participant');
  });

  test('is muted with all others so that only a host can let them speak', async () => {
    const gus = await join(guest());
    const { producerId } = await gus.request('producer:create', microphone());
    expect(await host.request('room:mute-all', { stayMuted: true })).toMatchObject({
      muted: expect.any(Number),
    });
    await sees(gus, gus).updated(({ producers }) => producers[0]?.paused === true);
    expect(await gus.refusal('producer:resume', { producerId })).toBe('forbidden');
    const late = await join(guest(), 'Late');
    expect(late.snapshot.room.settings.whoMayUnmute).toBe('hosts');
    expect(await late.refusal('producer:create', microphone())).toBe('forbidden');
    await gus.request('peer:set-hand', { raised: true });
    await host.request('peer:ask-to-unmute', { peerId: gus.peerId });
    await sees(gus, gus).updated(({ mayUnmute }) => mayUnmute === true);
    await gus.request('producer:resume', { producerId });
  });

  test('who leads the call locks the room and changes its settings, and the log never says the passcode', async () => {
    const gus = await join(guest());
    const spare = await two.token(code, 'Spare', guest());
    await host.request('room:change-settings', {
      settings: { locked: true, whoMayChat: 'hosts', passcode: 'open sesame' },
    });
    const { room } = await gus.notified('room:updated', (event) => event.room.settings.locked);
    expect(room.settings).toMatchObject({ whoMayChat: 'hosts', hasPasscode: true });
    expect(await refusedAtDoor(guest())).toBe('room_locked');
    await expect((await two.connectWith({ token: spare })).join()).rejects.toThrow('room_locked');
    expect(await gus.refusal('chat:type', { toPeerId: null, typing: true })).toBe('forbidden');
    await waitFor(async () => (await acts('settings-changed')).length === 1);
    expect(await acts('settings-changed')).toEqual([
      { by_name: 'Hana', to_name: null, detail: 'whoMayChat passcode' },
    ]);
    expect(await acts('locked')).toHaveLength(1);
    await host.request('room:change-settings', { settings: { locked: false, passcode: null } });
    expect(await refusedAtDoor(guest())).toBe('let in');
  });
});
