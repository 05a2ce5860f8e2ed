import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { NetworkNamespace } from '../harness/machine/network-namespace.ts';
import { runDoctor } from '../harness/servers/doctor.ts';
import { Launcher } from '../harness/servers/launcher.ts';
import '../harness/jest-timeout.ts';

const name = 'a server with several addresses';
const describeAsRoot = NetworkNamespace.isPossible
  ? describe.each([name])
  : describe.skip.each([`${name} (skipped: only root can make a network namespace)`]);

describeAsRoot('%s', () => {
  /** Behind the router of the server: its public address does not lead back inside. */
  let inside: NetworkNamespace;
  let outside: NetworkNamespace;
  let withIpv6Only: NetworkNamespace;
  let launcher: Launcher;

  beforeAll(async () => {
    inside = NetworkNamespace.create();
    outside = NetworkNamespace.create();
    withIpv6Only = NetworkNamespace.create('IPv6');
    const everywhere = [outside, inside, withIpv6Only];
    launcher = await Launcher.start({
      env: {
        MEDIA_RTC_LISTEN_IP: '0.0.0.0, ::',
        MEDIA_RTC_ANNOUNCED_ADDRESSES: everywhere.map(({ hostAddress }) => hostAddress).join(', '),
      },
    });
    for (const network of everywhere) await network.forward(launcher.ports.PORT);
  });

  afterAll(async () => {
    await launcher?.stop();
    for (const network of [inside, outside, withIpv6Only]) network?.close();
  });

  /** What is wrong for a client there that joins, and sends an ICE check to every address that it is offered. */
  async function faults(network: NetworkNamespace): Promise<string[]> {
    const within = [network.program('/usr/bin/env')];
    // Where there is only IPv6, `localhost` does not lead to 127.0.0.1.
    const origin = `http://127.0.0.1:${launcher.ports.PORT}`;
    return (await runDoctor({ args: ['--url', origin], within })).codes;
  }

  async function expectMediaAtOwnAddressOnly(network: NetworkNamespace): Promise<void> {
    expect(await faults(network)).toEqual([]);
    const family = network.hostAddress.includes(':') ? 'ip6' : 'ip';
    network.drop(`${family} daddr ${network.hostAddress}`);
    expect(await faults(network)).toEqual(['announced-address']);
  }

  test('has media for a person outside, at its public address', () => expectMediaAtOwnAddressOnly(outside));

  test('has media for a person behind the same router, at its private address', () =>
    expectMediaAtOwnAddressOnly(inside));

  test('has media for a person who has only IPv6', () => expectMediaAtOwnAddressOnly(withIpv6Only));
});
