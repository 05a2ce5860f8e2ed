import { describe, expect, test } from '@jest/globals';
import type { RoomCode } from '@parley/proto/ids';
import { PROTOCOL_VERSION } from '@parley/proto/requests';
import type { Caller, RoomSettingsChange } from '@parley/proto/room';
import { toCallerMessage, toSettingsChangeMessage } from '@parley/proto/room-rpc';
import { account, guest } from './support/callers.ts';
import { microphone, RTP_CAPABILITIES } from './support/rtp.ts';
import { useSignaling } from './support/running-signaling.ts';
import type { TestClient } from './support/test-client.ts';

const WISH = { protocol: PROTOCOL_VERSION, rtpCapabilities: RTP_CAPABILITIES } as const;

/** The person has a join token and a socket, and has not joined, when the owner changes the room. */
describe('a person in the lobby, when the rules of the door change', () => {
  let code: RoomCode;
  let owner: Caller;
  const on = useSignaling(async ({ signaling }) => {
    owner = account('Ada');
    const { room } = await signaling.rooms.call('createRoom', { caller: toCallerMessage(owner) });
    code = room?.code as RoomCode;
  });
  const change = (settings: RoomSettingsChange) =>
    on.signaling.rooms.call('changeRoom', {
      code,
      caller: toCallerMessage(owner),
      settings: toSettingsChangeMessage(settings),
    });
  const token = async (person: Caller, passcode?: string) => {
    const wish = { code, displayName: 'Late', caller: toCallerMessage(person) };
    const answer = await on.signaling.rooms.call('authorizeJoin', {
      ...wish,
      ...(passcode !== undefined && { passcode }),
    });
    return answer.token;
  };
  const arrive = async (person = guest(), passcode?: string): Promise<TestClient> =>
    on.signaling.connectWith({ token: await token(person, passcode) });
  const begin = async (): Promise<TestClient> => {
    const ada = await on.signaling.join(code, 'Ada', owner);
    await ada.request('producer:create', microphone());
    return ada;
  };

  test.each<[string, RoomSettingsChange]>([
    ['not_admitted', { waitingRoom: true }],
    ['passcode_needed', { passcode: 'open sesame' }],
    ['guests_refused', { guestsAllowed: false }],
    ['room_locked', { locked: true }],
    ['room_not_open', { opensAt: Date.now() + 3_600_000 }],
    ['room_closed', { closesAt: Date.now() - 1_000 }],
  ])('is answered %s, in a call and in an empty room', async (refusal, settings) => {
    const first = await arrive();
    await change(settings);
    expect(await first.refusal('room:join', WISH)).toBe(refusal);
    await change({
      waitingRoom: false,
      passcode: null,
      guestsAllowed: true,
      locked: false,
      opensAt: null,
      closesAt: null,
    });
    const ada = await begin();
    const late = await arrive();
    await late.request('lobby:open', WISH);
    await change(settings);
    expect(await late.refusal('lobby:open', WISH)).toBe(refusal);
    expect(await late.refusal('room:join', WISH)).toBe(refusal);
    await ada.settled();
    expect(ada.notifications('peer:joined')).toEqual([]);
  });

  test('knocks in vain with the token that does not wait, and waits with another one', async () => {
    await begin();
    const gus = guest();
    const late = await arrive(gus);
    await change({ waitingRoom: true });
    const knock = { protocol: PROTOCOL_VERSION } as const;
    expect(await late.refusal('room:knock', knock)).toBe('unavailable');
    expect(await (await arrive(gus)).request('room:knock', knock)).toEqual({ status: 'waiting' });
  });

  test('comes in with the passcode that they gave, until there is another one', async () => {
    await change({ passcode: 'open sesame' });
    await begin();
    const [late, later] = [await arrive(guest(), 'open sesame'), await arrive(guest(), 'open sesame')];
    await late.join();
    await change({ passcode: 'another one' });
    expect(await later.refusal('room:join', WISH)).toBe('passcode_needed');
    await (await arrive(guest(), 'another one')).join();
  });

  test('comes in all the same with another device, or as the owner', async () => {
    await begin();
    const gus = guest();
    const [first, second] = [await arrive(gus), await arrive(gus)];
    const ofOwner = await arrive(owner);
    await first.join();
    await change({ waitingRoom: true, locked: true, passcode: 'open sesame' });
    await second.join();
    await ofOwner.join();
  });
});
