import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import '../harness/jest-timeout.ts';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { NetworkNamespace } from '../harness/machine/network-namespace.ts';
import { HeldPort } from '../harness/servers/held-port.ts';

const SCRIPT = join(ROOT, 'deploy', 'edge', 'connections.sh');
const PORT = 8443;
const OTHER_PORT = 8444;
const MOST = 5;
const RULES = `parley_test_edge_${process.pid}`;

const name = 'the rule for connections of one address';
const describeAsRoot = NetworkNamespace.isPossible
  ? describe.each([name])
  : describe.skip.each([`${name} (skipped: only root can make a network namespace)`]);

describeAsRoot('%s', () => {
  const undo: (() => void)[] = [];

  afterEach(() => {
    for (const step of undo.splice(0).toReversed()) step();
  });

  /** Another machine with both ports open, reached over its cable. */
  async function machine(family: 'IPv4' | 'IPv6'): Promise<NetworkNamespace> {
    const network = NetworkNamespace.create(family);
    undo.push(() => network.close());
    const ports = await HeldPort.open([PORT, OTHER_PORT], network.within);
    undo.push(() => ports.close());
    return network;
  }

  function setRules(network: NetworkNamespace, env: Record<string, string>, ...args: string[]): void {
    const [program = '', ...rest] = [...network.within, SCRIPT, ...args];
    execFileSync(program, rest, {
      env: { PATH: process.env.PATH, EDGE_RULES: RULES, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  function dropped(network: NetworkNamespace): number {
    const list = ['/usr/sbin/nft', 'list', 'table', 'inet', RULES];
    const [program = '', ...args] = network.within;
    const rules = execFileSync(program, [...args, ...list], { encoding: 'utf8' });
    return [...rules.matchAll(/counter packets (\d+)/g)].reduce((sum, [, count]) => sum + Number(count), 0);
  }

  function dial(host: string, port = PORT, localAddress?: string): Socket {
    const socket = connect({ host, port, ...(localAddress !== undefined && { localAddress }) });
    socket.on('error', () => socket.destroy());
    undo.push(() => socket.destroy());
    return socket;
  }

  async function fill(host: string, localAddress?: string): Promise<Socket[]> {
    const sockets = Array.from({ length: MOST }, () => dial(host, PORT, localAddress));
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    return sockets;
  }

  test('lets in so many at once, the next when one of them has ended, and does not count other ports', async () => {
    const network = await machine('IPv4');
    setRules(network, {}, `${PORT}`, String(MOST));
    const [first] = await fill(network.address);
    const waiting = dial(network.address);
    await waitFor(() => dropped(network) > 0);
    expect(waiting.connecting).toBe(true);
    await once(dial(network.address, OTHER_PORT), 'connect');
    first?.destroy();
    await once(waiting, 'connect');
  });

  test('takes all addresses of a /64 for one', async () => {
    const network = await machine('IPv6');
    const neighbour = network.hostAddress.replace(/1$/, '3');
    execFileSync('/usr/sbin/ip', ['address', 'add', `${neighbour}/64`, 'dev', network.cable, 'nodad']);
    setRules(network, {}, `${PORT},${OTHER_PORT}`, String(MOST));
    await fill(network.address, network.hostAddress);
    const waiting = dial(network.address, PORT, neighbour);
    await waitFor(() => dropped(network) > 0);
    expect(waiting.connecting).toBe(true);
  });

  test('does not count a proxy that is listed, and is gone after its removal', async () => {
    const network = await machine('IPv4');
    setRules(network, { EDGE_TRUSTED_PROXIES: `192.0.2.1, ${network.hostAddress}` }, `${PORT}`, String(MOST));
    await fill(network.address);
    await fill(network.address);
    setRules(network, {}, `${PORT}`, String(MOST));
    // New rules count what comes from now on.
    await fill(network.address);
    dial(network.address);
    await waitFor(() => dropped(network) > 0);
    setRules(network, {}, 'remove');
    await fill(network.address);
  });
});

describe('connections.sh', () => {
  test.each([
    [['all'], '"all" are not ports'],
    [[], '"" are not ports'],
    [['443; flush ruleset'], 'are not ports'],
    [['443', 'many'], '"many" is not a number of connections'],
  ])('refuses %j by name', (args, message) => {
    expect(() => execFileSync(SCRIPT, args, { stdio: 'pipe' })).toThrow(message);
  });

  test('refuses a proxy that is no address', () => {
    const env = { PATH: process.env.PATH, EDGE_TRUSTED_PROXIES: 'gateway' };
    expect(() => execFileSync(SCRIPT, ['443'], { env, stdio: 'pipe' })).toThrow(
      'EDGE_TRUSTED_PROXIES: "gateway" is not an address or a network',
    );
  });
});
