import { afterEach, describe, expect, test } from '@jest/globals';
import '../harness/jest-timeout.ts';
import { RawPeer } from '../harness/peer/raw-peer.ts';
import { callRoute } from '../harness/peer/rest-client.ts';
import { unexpectedlyRoot, userOf } from '../harness/machine/owners.ts';
import { Launcher, type LauncherOptions, type ServiceName } from '../harness/servers/launcher.ts';
import { waitFor } from '@parley/common/testing';

/** As root each service is a user of its own. Its children, as the workers of media, are the same user. */
function expectOwnUsers(launcher: Launcher, services: readonly ServiceName[]): void {
  const person = process.getuid?.();
  const users = services.map((service) => userOf(launcher.pid(service)));
  const workers = launcher.workerPids().map(userOf);
  expect(workers.length).toBeGreaterThan(0);
  expect(new Set(workers)).toEqual(new Set([users[0]]));
  if (person === 0) {
    expect(unexpectedlyRoot(launcher.processes())).toEqual([]);
    expect(new Set(users).size).toBe(services.length);
  } else expect(new Set(users)).toEqual(new Set([person]));
}

describe('npm start', () => {
  const launchers: Launcher[] = [];
  const start = async (options: LauncherOptions = {}) => {
    const launcher = await Launcher.start(options);
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
    // What set the system up has become the launcher, and takes no memory beside it.
    expect(first.processes().filter(({ command }) => command.includes('scripts/start.mjs'))).toEqual([]);
    expectOwnUsers(first, ['media', 'signaling', 'gateway', 'ui', 'logs']);
    await first.stop();
    expect(await callRoute(second.origin, 'getHealth')).toEqual({ status: 'ok' });
    await second.stop();
  });

  test('starts with variables that are meant for other programs, and on a system with other settings', async () => {
    const proxy = 'http://127.0.0.1:9';
    const env = {
      // Nothing listens there.
      http_proxy: proxy,
      HTTPS_PROXY: proxy,
      NODE_USE_ENV_PROXY: '1',
      // No system has this locale.
      LC_ALL: 'xx_YY.UTF-8',
      TZ: 'Asia/Kathmandu',
      NODE_ENV: 'production',
      HOSTNAME: 'd34db33f',
    };
    const launcher = await start({ env, within: ['/bin/sh', '-c', 'umask 077; exec "$@"', 'sh'] });
    const { code } = await callRoute(launcher.origin, 'createRoom', { body: {} });
    // More than Node takes by itself: browsers send the cookies of all programs on this host.
    const cookie = Array.from({ length: 12 }, (_, index) => `other${index}=${'x'.repeat(4000)}`).join('; ');
    for (const method of ['GET', 'HEAD'])
      for (const path of ['/', `/r/${code}`, `/api/rooms/${code}`])
        expect((await fetch(`${launcher.origin}${path}`, { method, headers: { cookie } })).status).toBe(200);
    await launcher.stop();
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
