import { describe, expect, test } from '@jest/globals';
import type { RoomCode } from '@parley/proto/ids';
import type { Goodbye } from '@parley/proto/room';
import { pageClosed } from '../src/peer/peer-changes.ts';
import { useSignaling, useTwoInstances } from './support/running-signaling.ts';
import { livePeer } from './support/live-room-store-contract.ts';
import type { TestClient } from './support/test-client.ts';
import type { TestSignaling } from './support/test-signaling.ts';
import { sees } from './support/two-instances.ts';

/** So long that only the grace of a closed page can end before a test does. */
const GRACES = { RESUME_GRACE_MS: '120000', CLOSED_GRACE_MS: '300' };

type Place = { readonly code: RoomCode; readonly home: TestSignaling; readonly other: TestSignaling };

/** Ada's socket is at `home`. Her page says goodbye at `other`, and Bob watches from there. */
function describeGoodbyes(name: string, use: (prepare: (place: Place) => Promise<void>) => void): void {
  describe(name, () => {
    let place: Place;
    let ada: TestClient;
    let bob: TestClient;

    use(async (made) => {
      place = made;
      [ada, bob] = [await place.home.join(place.code, 'Ada'), await place.other.join(place.code, 'Bob')];
    });

    const say = async (verb: string, resumeSecret = ada.resumeSecret, code: string = place.code) => {
      await place.other.rooms.call('sayGoodbye', { code, resumeSecret, verb });
    };
    const refusalOf = async (...given: Parameters<typeof say>): Promise<string> => {
      try {
        await say(...given);
        return 'taken';
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    const seenReconnecting = () => sees(bob, ada).updated(({ connection }) => connection === 'reconnecting');
    const leaves = (whom = ada) => bob.notified('peer:left', ({ peerId }) => peerId === whom.peerId);
    /** Somebody whose short grace began later has left. */
    const shortGracePassed = async (): Promise<void> => {
      const carl = await place.home.join(place.code, 'Carl');
      await say('room:suspend', carl.resumeSecret);
      expect(await leaves(carl)).toMatchObject({ reason: 'timed-out' });
    };
    const expectStays = async (client: TestClient): Promise<void> => {
      await shortGracePassed();
      expect(bob.notifications('peer:left').map(({ peerId }) => peerId)).not.toContain(ada.peerId);
      expect(client.notifications('session:ended')).toEqual([]);
      await client.settled();
    };

    test.each<[string, () => Promise<unknown>]>([
      ['over REST alone', () => say('room:suspend')],
      ['over REST, and the socket is lost after it', () => say('room:suspend').then(() => ada.cut())],
      [
        'over REST, after the loss of the socket',
        async () => {
          ada.cut();
          await seenReconnecting();
          await say('room:suspend');
        },
      ],
      [
        'over REST, and then over the socket',
        () => say('room:suspend').then(() => ada.request('room:suspend', {})),
      ],
      [
        'over the socket, and then over REST',
        () => ada.request('room:suspend', {}).then(() => say('room:suspend')),
      ],
      ['over REST twice', () => say('room:suspend').then(() => say('room:suspend'))],
    ])('a page that goes away says so %s: its peer leaves after the short grace', async (_how, goodbye) => {
      await goodbye();
      await seenReconnecting();
      expect(await leaves()).toEqual({ peerId: ada.peerId, reason: 'timed-out' });
      // It may come late.
      expect(await refusalOf('room:suspend')).toBe('taken');
    });

    test('a page that comes back has the whole grace again, also if its former socket is still open', async () => {
      await say('room:suspend');
      const again = await place.home.reconnect(ada);
      await again.resume();
      await sees(bob, ada).updated(({ connection }) => connection === 'connected');
      again.cut();
      await shortGracePassed();
      expect(bob.notifications('peer:left').map(({ peerId }) => peerId)).not.toContain(ada.peerId);
    });

    test.each<Goodbye>(['room:suspend', 'room:leave'])(
      '%s comes late, when another page goes on with the peer: it changes nothing',
      async (verb) => {
        const late = ada.resumeSecret;
        const next = await place.home.reconnect(ada);
        await next.resume();
        await say(verb, late);
        await expectStays(next);
        const third = await place.home.reconnect(next);
        await third.resume();
        // Used up by now. As the secret of a socket it would end the peer.
        await say(verb, late);
        await expectStays(third);
      },
    );

    test.each<[string, () => Promise<unknown>]>([
      ['over REST alone', () => say('room:leave')],
      [
        'over REST, after the loss of the socket',
        async () => {
          ada.cut();
          await seenReconnecting();
          await say('room:leave');
        },
      ],
      [
        'over the socket, and then over REST',
        () => ada.request('room:leave', {}).then(() => say('room:leave')),
      ],
      [
        'over REST, and then over the socket',
        () => say('room:leave').then(() => ada.attempt('room:leave', {})),
      ],
    ])('a page leaves %s: its peer is gone at once', async (_how, goodbye) => {
      await goodbye();
      expect(await leaves()).toEqual({ peerId: ada.peerId, reason: 'left' });
      expect(await refusalOf('room:leave')).toBe('taken');
    });

    test('nobody says it for another peer', async () => {
      const other = await place.home.createRoom();
      const secret = ada.resumeSecret;
      const forged = secret.slice(0, -4) + (secret.endsWith('AAAA') ? 'BBBB' : 'AAAA');
      const ofAda = bob.resumeSecret.split('.').with(1, ada.peerId).join('.');
      for (const verb of ['room:suspend', 'room:leave']) {
        for (const wrong of [forged, ofAda, 'nonsense', '', secret.replace(place.code, other)])
          expect(await refusalOf(verb, wrong)).toBe('resume_rejected');
        expect(await refusalOf(verb, secret, other)).toBe('resume_rejected');
        expect(await refusalOf(verb, secret, 'nonsense')).toBe('resume_rejected');
      }
      expect(await refusalOf('room:join')).toBe('invalid_request');
      await expectStays(ada);
    });
  });
}

describeGoodbyes('a goodbye to an instance that has its rooms in memory', (prepare) => {
  useSignaling(({ signaling, code }) => prepare({ code, home: signaling, other: signaling }), GRACES);
});

describeGoodbyes('a goodbye to another instance than that of the peer', (prepare) => {
  useTwoInstances(({ one, two, code }) => prepare({ code, home: one, other: two }), GRACES);
});

test('a closed page never lengthens the time that a peer has', () => {
  const lost = livePeer('ada', { expiresAt: 1_000 });
  expect(pageClosed(2_000)(lost).expiresAt).toBe(1_000);
  expect(pageClosed(500)(lost).expiresAt).toBe(500);
  expect(pageClosed(500)(livePeer('ada')).expiresAt).toBe(500);
});
