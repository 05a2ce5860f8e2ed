import { afterEach, describe, expect, test } from '@jest/globals';
import type { RoomCode } from '@parley/proto/ids';
import { dtlsParameters } from './support/rtp.ts';
import { TestBackend, type TestSignaling } from './support/test-signaling.ts';

describe('whoever takes a place and uses nothing', () => {
  let backend: TestBackend;
  let signaling: TestSignaling;
  let code: RoomCode;

  const begin = async (mediaEnv: Record<string, string>): Promise<void> => {
    backend = await TestBackend.start(mediaEnv);
    signaling = await backend.signaling();
    code = await signaling.createRoom();
  };

  afterEach(async () => {
    const { malformed } = signaling;
    await signaling.stop();
    await backend.stop();
    expect(malformed).toEqual([]);
  });

  test('leaves when no media ever comes through, and reads why', async () => {
    await begin({ MEDIA_CONNECT_TIMEOUT_MS: '300' });
    const [ada, bob] = [await signaling.join(code, 'Ada'), await signaling.join(code, 'Bob')];
    const { transportId } = bob.transports.send;
    await bob.request('transport:connect', { transportId, dtlsParameters: dtlsParameters() });
    expect(await bob.notified('session:ended')).toEqual({ reason: 'unreachable' });
    expect(await ada.notified('peer:left')).toEqual({ peerId: bob.peerId, reason: 'left' });
    expect(bob.notifications('media:reset')).toEqual([]);
    // Nobody sends anything, and Ada was not to connect.
    expect(ada.notifications('session:ended')).toEqual([]);
    expect(await signaling.metrics()).toMatch(/peers_left_total\{reason="unreachable"[^}]*\} 1\n/);
  });

  test('leaves a room in which nobody ever sent or received, and may come back', async () => {
    await begin({ MEDIA_UNUSED_ROOM_TIMEOUT_MS: '500' });
    const ada = await signaling.join(code, 'Ada');
    expect(await ada.notified('session:ended')).toEqual({ reason: 'timed-out' });
    expect(await signaling.metrics()).toMatch(/peers_left_total\{reason="unused"[^}]*\} 1\n/);
    await (await signaling.join(code, 'Ada')).settled();
  });
});
