import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import type { IceServer } from '@parley/proto/rtp';
import { RTP_CAPABILITIES } from './support/rtp.ts';
import { TestBackend, type TestSignaling } from './support/test-signaling.ts';

const SECRET = 'a TURN secret of these tests';
const LIFETIME_S = 3;

describe('the ICE servers of a peer', () => {
  let backend: TestBackend;
  let signaling: TestSignaling;

  beforeAll(async () => {
    backend = await TestBackend.start();
  }, 180_000);
  afterAll(() => backend.stop());
  afterEach(async () => {
    const { malformed } = signaling;
    await signaling.stop();
    expect(malformed).toEqual([]);
  });

  async function start(env: Record<string, string> = {}): Promise<void> {
    signaling = await backend.signaling({
      TURN_URLS: 'turn:turn.example:3478',
      TURN_SECRET: SECRET,
      TURN_CREDENTIAL_LIFETIME_S: String(LIFETIME_S),
      ...env,
    });
  }

  function read([server]: readonly IceServer[]): { expiresAt: number; name: string } {
    const [expiry, name = ''] = server?.username?.split(':') ?? [];
    const credential = createHmac('sha1', SECRET)
      .update(server?.username ?? '')
      .digest('base64');
    expect(server?.credential).toBe(credential);
    return { expiresAt: Number(expiry) * 1000, name };
  }

  test('are renewed while it stays, under the same name, before the last credentials end', async () => {
    await start();
    const ada = await signaling.join(await signaling.createRoom());
    const first = read(ada.snapshot.iceServers);
    const renewals = () => ada.notifications('ice-servers:renewed').map(({ iceServers }) => read(iceServers));
    await waitFor(() => renewals().some(({ expiresAt }) => expiresAt > first.expiresAt));
    expect(Date.now()).toBeLessThan(first.expiresAt);
    await waitFor(() => Date.now() > first.expiresAt);
    await waitFor(() => (renewals().at(-1)?.expiresAt ?? 0) > Date.now());
    expect(new Set(renewals().map(({ name }) => name))).toEqual(new Set([first.name]));
    const { iceServers } = await ada.request('media:reopen', { rtpCapabilities: RTP_CAPABILITIES });
    expect(read(iceServers).name).toBe(first.name);
  });

  test('are renewed for nobody who left or lost the socket, and come with the resume', async () => {
    await start();
    const code = await signaling.createRoom();
    const [ada, bob] = [await signaling.join(code), await signaling.join(code)];
    const renewed = (client: typeof ada) => client.notifications('ice-servers:renewed').length;
    await waitFor(() => renewed(ada) > 0);
    ada.cut();
    await bob.notified('peer:updated', ({ peer }) => peer.connection === 'reconnecting');
    const atLoss = renewed(ada);
    const again = await signaling.reconnect(ada);
    const { snapshot } = await again.resume();
    expect(read(snapshot.iceServers).expiresAt).toBeGreaterThan(Date.now());
    await again.request('room:leave', {});
    const before = [renewed(ada), renewed(again)];
    const atBob = renewed(bob);
    await waitFor(() => renewed(bob) > atBob + 1);
    expect([renewed(ada), renewed(again)]).toEqual([atLoss, before[1]]);
  });

  test('are under few names for one address, however many rooms it is in, and under others for another address', async () => {
    await start({ TURN_CREDENTIAL_LIFETIME_S: '600', ROOMS_PER_ADDRESS: '100' });
    const nameOf = async (address: string, code = '') => {
      const room = code === '' ? await signaling.createRoom() : code;
      const token = await signaling.token(room as never);
      const client = await signaling.connectWith({ token }, { 'x-forwarded-for': address });
      await client.join();
      return read(client.snapshot.iceServers).name;
    };
    const names: string[] = [];
    for (let room = 0; room < 30; room += 1) names.push(await nameOf('192.0.2.7'));
    expect(new Set(names).size).toBeLessThanOrEqual(4);
    expect(new Set(names).size).toBeGreaterThan(1);
    expect(names).not.toContain(await nameOf('192.0.2.8'));
    const code = await signaling.createRoom();
    expect(await nameOf('192.0.2.7', code)).toBe(await nameOf('192.0.2.7', code));
    expect(await nameOf('2001:db8:1:2::1', code)).toBe(await nameOf('2001:db8:1:3::1', code));
    expect(await nameOf('2001:db8:1:2::1', code)).not.toBe(await nameOf('2001:db8:2:2::1', code));
  });

  test('are not renewed where there is no TURN server', async () => {
    await start({ TURN_URLS: '', STUN_URLS: 'stun:stun.example:3478' });
    const ada = await signaling.join(await signaling.createRoom());
    const until = Date.now() + LIFETIME_S * 1000;
    await waitFor(() => Date.now() > until);
    await ada.settled();
    expect(ada.notifications('ice-servers:renewed')).toEqual([]);
  });
});
