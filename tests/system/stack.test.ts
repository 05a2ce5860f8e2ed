import { execFileSync } from 'node:child_process';
import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { runDoctor } from '../harness/servers/doctor.ts';
import { unexpectedlyRoot } from '../harness/machine/owners.ts';
import { Stack } from '../harness/servers/stack.ts';
import '../harness/jest-timeout.ts';
import { RawPeer } from '../harness/peer/raw-peer.ts';
import { callRoute } from '../harness/peer/rest-client.ts';

const NFT = '/usr/sbin/nft';
const testAsRoot = process.getuid?.() === 0 ? test : test.skip;
const SMALL = ['--signaling', '1', '--media', '1'];

describe('npm run stack', () => {
  const stacks: Stack[] = [];
  const start = async (env: Record<string, string>, args: readonly string[]) => {
    const stack = await Stack.start(env, args);
    stacks.push(stack);
    return stack;
  };

  afterEach(async () => {
    for (const stack of stacks.splice(0)) await stack.kill();
  });

  test('runs twice on one machine, with as many instances as its arguments say, and leaves nothing behind on Ctrl-C', async () => {
    const first = await start({ MEDIA_WORKERS: '1' }, SMALL);
    const second = await start({ MEDIA_WORKERS: '1' }, SMALL);
    expect(() => first.variable('signaling-2', 'SIGNALING_PORT')).toThrow();
    expect(first.url('consul')).not.toBe(second.url('consul'));
    for (const stack of [first, second]) {
      const { code } = await callRoute(stack.url('edge'), 'createRoom', { body: {} });
      const peer = await RawPeer.join(stack.url('edge'), code, 'Ada');
      await peer.produce('microphone');
      await peer.leave();
    }
    // Root's stack leaves nothing with root: not nginx and not Consul either.
    if (process.getuid?.() === 0) expect(unexpectedlyRoot(first.processes())).toEqual([]);
    // The doctor examines the system of the data directory, with each of its services.
    const { findings } = await runDoctor({ dataDir: first.dataDir });
    expect(findings).toEqual([]);
    await first.stop();
    expect(await callRoute(second.url('edge'), 'getHealth')).toEqual({ status: 'ok' });
    await second.stop();
  });

  testAsRoot('keeps its relays to the media ports while it runs', async () => {
    const stack = await start({ MEDIA_WORKERS: '2' }, SMALL);
    expect(stack.variable('turn', 'TURN_ALLOWED_PEERS')).not.toBe('');
    const first = Number(stack.variable('media-1', 'MEDIA_RTC_PORT_BASE'));
    const table = ['list', 'table', 'inet', `parley_turn_${stack.variable('turn', 'TURN_PORT')}`];
    const relayIp = stack.variable('turn', 'TURN_RELAY_IP');
    const rules = execFileSync(NFT, table, { encoding: 'utf8' });
    expect(rules).toContain(
      `ip saddr ${relayIp} udp sport 61000-64999 udp dport != ${first}-${first + 1} counter`,
    );
    await stack.stop();
    expect(() => execFileSync(NFT, table, { stdio: 'pipe' })).toThrow(/No such file/);
  });

  test('prints which public port is in use, and ends', async () => {
    const busy = createServer();
    await once(busy.listen(0, '127.0.0.1'), 'listening');
    const { port } = busy.address() as AddressInfo;
    const started = start({ PROMETHEUS_PORT: String(port) }, SMALL);
    await expect(started).rejects.toThrow(`Port ${port} is in use by another program`);
    await expect(started).rejects.toThrow('PROMETHEUS_PORT');
    busy.close();
  });

  test('refuses wrong and unknown arguments, and prints why', async () => {
    await expect(start({}, ['--media', 'many'])).rejects.toThrow(
      '--media must be a number from 1 to 16, not "many"',
    );
    await expect(start({ MEDIA_RTC_LISTEN_IP: '0.0.0.0' }, SMALL)).rejects.toThrow(
      'MEDIA_RTC_LISTEN_IP must be addresses of this machine for the stack, IPv4 among them, not "0.0.0.0"',
    );
    await expect(start({}, ['--medai', '2'])).rejects.toThrow('npm run stack -- [--signaling N] [--media N]');
  });
});
