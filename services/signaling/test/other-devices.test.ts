import { describe, expect, test } from '@jest/globals';
import { PROTOCOL_VERSION } from '@parley/proto/requests';
import type { Caller, RoomSettingsChange } from '@parley/proto/room';
import { toCallerMessage, toSettingsChangeMessage } from '@parley/proto/room-rpc';
import { account, guest } from './support/callers.ts';
import { microphone, RTP_CAPABILITIES } from './support/rtp.ts';
import { useTwoInstances } from './support/running-signaling.ts';

/** The devices are on different instances. */
describe('one person on two devices', () => {
  const owner = account('Olga');
  const call = useTwoInstances(async ({ one, code }) => {
    // Rooms of tests belong to nobody.
    await one.query('UPDATE rooms.rooms SET owner_identity = $2 WHERE code = $1', [code, owner.identity]);
  });

  const by = (caller: Caller) => ({ caller: toCallerMessage(caller) });
  const ask = (caller: Caller, at = call.two) =>
    at.rooms.call('authorizeJoin', { code: call.code, displayName: 'Ada', ...by(caller) });
  const change = (settings: RoomSettingsChange) =>
    call.one.rooms.call('changeRoom', {
      code: call.code,
      settings: toSettingsChangeMessage(settings),
      ...by(owner),
    });

  test.each([
    ['an account', account('Ada')],
    ['a guest', guest()],
  ])(
    'the answer to a join says that %s is in the room already, and says it to nobody else',
    async (_, ada) => {
      expect((await ask(ada)).elsewhere).toBe(false);
      const laptop = await call.one.join(call.code, 'Ada', ada);
      expect((await ask(ada)).elsewhere).toBe(true);
      expect((await ask(guest())).elsewhere).toBe(false);
      expect((await ask(account('Ada'))).elsewhere).toBe(false);
      await laptop.request('room:leave', {});
      expect((await ask(ada)).elsewhere).toBe(false);
    },
  );

  test('a peer whose socket is lost does not count: it may be the same page before it was loaded again', async () => {
    const ada = guest();
    const bob = await call.one.join(call.code, 'Bob');
    const laptop = await call.one.join(call.code, 'Ada', ada);
    laptop.cut();
    await bob.notified('peer:updated', ({ peer }) => peer.connection === 'reconnecting');
    expect((await ask(ada)).elsewhere).toBe(false);
  });

  test('both may stay', async () => {
    const ada = guest();
    const laptop = await call.one.join(call.code, 'Ada', ada);
    const phone = await call.two.join(call.code, 'Ada', ada);
    await phone.settled();
    await laptop.request('room:ping', {});
    expect(laptop.notifications('session:ended')).toEqual([]);
  });

  test('moving ends the other devices of the person and of nobody else, who read why', async () => {
    const ada = guest();
    const bob = await call.one.join(call.code, 'Bob', guest());
    const laptop = await call.one.join(call.code, 'Ada', ada);
    const tablet = await call.two.join(call.code, 'Ada', ada);
    const phone = await call.two.join(call.code, 'Ada', ada);
    expect(await phone.request('room:move-here', {})).toEqual({ moved: 2, microphoneOn: false });
    expect(await laptop.notified('session:ended')).toEqual({ reason: 'moved' });
    expect(await tablet.notified('session:ended')).toEqual({ reason: 'moved' });
    await bob.notified('peer:left', ({ peerId }) => peerId === laptop.peerId);
    await bob.request('room:ping', {});
    expect(await bob.request('room:move-here', {})).toEqual({ moved: 0, microphoneOn: false });
    await phone.request('room:ping', {});
    expect(phone.notifications('session:ended')).toEqual([]);
    expect(bob.notifications('act:done')).toEqual([]);
  });

  test('moving needs no place of others: a full room takes one more device of somebody in it, and nobody else', async () => {
    const [ada, bob] = [guest(), guest()];
    await call.one.join(call.code, 'Ada', ada);
    await call.one.join(call.code, 'Bob', bob);
    await change({ capacity: 2 });
    await expect(ask(guest())).rejects.toMatchObject({ code: 'room_full' });
    // Both ask before one of them takes the place.
    const [phone, other] = [
      await call.two.connect(call.code, 'Ada', ada),
      await call.two.connect(call.code, 'Bob', bob),
    ];
    await phone.join();
    expect(
      await other.refusal('room:join', { protocol: PROTOCOL_VERSION, rtpCapabilities: RTP_CAPABILITIES }),
    ).toBe('room_full');
    await expect(ask(bob)).rejects.toMatchObject({ code: 'room_full' });
    expect(await phone.request('room:move-here', {})).toEqual({ moved: 1, microphoneOn: false });
    await expect(ask(guest())).rejects.toMatchObject({ code: 'room_full' });
    expect((await ask(bob)).elsewhere).toBe(true);
  });

  test('of two devices that move at once, one stays', async () => {
    const ada = guest();
    const laptop = await call.one.join(call.code, 'Ada', ada);
    const phone = await call.two.join(call.code, 'Ada', ada);
    const answers = await Promise.all([laptop, phone].map((device) => device.attempt('room:move-here', {})));
    expect(answers.at(-1)).toEqual({ ok: true, data: { moved: 1, microphoneOn: false } });
    await laptop.notified('session:ended');
    await phone.request('room:ping', {});
  });

  test.each([
    ['was heard', false, true],
    ['was muted', true, false],
  ])('moving answers whether the person %s', async (_, paused, microphoneOn) => {
    const ada = guest();
    const laptop = await call.one.join(call.code, 'Ada', ada);
    await laptop.request('producer:create', { ...microphone(), paused });
    const phone = await call.two.join(call.code, 'Ada', ada);
    expect(await phone.request('room:move-here', {})).toEqual({ moved: 1, microphoneOn });
  });

  test('moving is refused before the join, with a payload and again and again', async () => {
    const client = await call.one.connect(call.code, 'Ada');
    expect(await client.refusal('room:move-here', {})).toBe('not_joined');
    await client.join();
    expect(await client.refusal('room:move-here', { peerId: client.peerId })).toBe('invalid_request');
    const refusals = new Set<string>();
    for (let i = 0; i < 8; i += 1)
      refusals.add(await client.refusal('room:move-here', {}).catch(() => 'none'));
    expect(refusals).toContain('rate_limited');
  });

  test('a person who is in the room passes lock, passcode and waiting room with another device, and keeps the role', async () => {
    const ada = guest();
    const laptop = await call.one.join(call.code, 'Ada', ada);
    const host = await call.one.joinAs('host', call.code);
    await change({ waitingRoom: true, passcode: 'sesame' });
    expect(await ask(ada)).toMatchObject({ waits: false, role: 'participant' });
    await host.request('peer:set-role', { peerId: laptop.peerId, role: 'viewer' });
    await change({ locked: true });
    expect(await ask(ada)).toMatchObject({ waits: false, role: 'viewer' });
    await expect(ask(guest())).rejects.toMatchObject({ code: 'room_locked' });
    await laptop.request('room:leave', {});
    await expect(ask(ada)).rejects.toMatchObject({ code: 'room_locked' });
  });
});
