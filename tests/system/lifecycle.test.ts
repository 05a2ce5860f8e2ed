import { afterEach, describe, expect, test } from '@jest/globals';
import '../harness/jest-timeout.ts';
import { RawPeer } from '../harness/peer/raw-peer.ts';
import { callRoute } from '../harness/peer/rest-client.ts';
import { Launcher } from '../harness/servers/launcher.ts';
import { waitFor } from '@parley/common/testing';

describe('npm start', () => {
  const launchers: Launcher[] = [];
  const start = async () => {
    const launcher = await Launcher.start();
    launchers.push(launcher);
    return launcher;
  };

  afterEach(async () => {
    for (const launcher of launchers.splice(0)) await launcher.kill();
  });

  test('runs twice on one machine, and each system leaves nothing behind on Ctrl-C', async () => {
    const [first, second] = await Promise.all([start(), start()]);
    const rooms = await Promise.all(
      [first, second].map(({ origin }) => callRoute(origin, 'createRoom', { body: {} })),
    );
    expect(rooms[0]?.code).not.toBe(rooms[1]?.code);
    await first.stop();
    expect(await callRoute(second.origin, 'getHealth')).toEqual({ status: 'ok' });
    await second.stop();
  });

  test('starts a killed service again, prints that, and calls work afterwards', async () => {
    const launcher = await start();
    for (const service of ['gateway', 'signaling', 'media'] as const) {
      const killed = launcher.pid(service);
      process.kill(killed, 'SIGKILL');
      await waitFor(() => new RegExp(`${service} +ready again`).test(launcher.output), {
        what: `${service} to be said to be ready again`,
      });
      expect(launcher.pid(service)).not.toBe(killed);
    }
    const { code } = await waitFor(
      () => callRoute(launcher.origin, 'createRoom', { body: {} }).catch(() => undefined),
      { what: 'a room to be made' },
    );
    const peer = await waitFor(() => RawPeer.join(launcher.origin, code, 'Ada').catch(() => undefined), {
      what: 'a person to get in',
    });
    await peer.produce('microphone');
    await peer.leave();
    await launcher.stop();
  });
});
