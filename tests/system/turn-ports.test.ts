import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { NetworkNamespace } from '../harness/machine/network-namespace.ts';
import { answeringPorts } from '../harness/peer/relay-scan.ts';
import { TurnClient } from '../harness/peer/turn-client.ts';
import { EchoPorts } from '../harness/servers/echo-ports.ts';
import { TurnServer } from '../harness/servers/turn-server.ts';

const SECRET = 'a-turn-secret-of-these-tests';
const SCRIPT = join(ROOT, 'deploy', 'coturn', 'relay-ports.sh');
const MEDIA = '40000-40003';
const MEDIA_PORTS = [40_000, 40_001, 40_002, 40_003];
const OTHER_PORTS = [53, 1024, 5000, 6379, 39_999, 40_004, 50_051, 65_535];
const ALL = [...MEDIA_PORTS, ...OTHER_PORTS];

const name = 'a relay';
const describeAsRoot = NetworkNamespace.isPossible
  ? describe.each([name])
  : describe.skip.each([`${name} (skipped: only root can make a network namespace)`]);

describeAsRoot('%s', () => {
  let network: NetworkNamespace;
  let turn: TurnServer;
  let ports: EchoPorts;
  let relay: TurnClient;
  const undo: (() => void)[] = [];

  beforeEach(() => {
    network = NetworkNamespace.create();
    undo.push(() => network.close());
  });

  afterEach(() => {
    for (const step of undo.splice(0).toReversed()) step();
  });

  /** A relay of a coturn on the other machine that may lead to `peer`. */
  async function open(peer: string): Promise<void> {
    const { address: listenIp, within } = network;
    turn = await TurnServer.start({ listenIp, secret: SECRET, within, env: { TURN_ALLOWED_PEERS: peer } });
    undo.push(() => void turn.stop());
    relay = await another(peer);
  }

  async function another(peer: string): Promise<TurnClient> {
    const username = `${Math.floor(Date.now() / 1000) + 60}:guest`;
    const credential = createHmac('sha1', SECRET).update(username).digest('base64');
    const client = new TurnClient(network.address, turn.port, { username, credential });
    undo.push(() => client.close());
    expect(await client.allocate()).toBe(0);
    expect(await client.permit(peer)).toBe(0);
    return client;
  }

  function setRules(within: readonly string[], ...args: string[]): void {
    const [first, last] = turn.relayPorts;
    const env = {
      PATH: process.env.PATH,
      TURN_RULES: `parley_test_${process.pid}`,
      TURN_MIN_PORT: String(first),
      TURN_MAX_PORT: String(last),
    };
    const [program = '', ...rest] = [...within, SCRIPT, ...args];
    execFileSync(program, rest, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  test('of a coturn beside the media nodes leads to the media ports and to no other', async () => {
    ports = await EchoPorts.open(ALL, network.within);
    undo.push(() => ports.close());
    await open(network.address);
    expect(await answeringPorts(relay, network.address, ALL, 40_000)).toEqual(ALL);
    setRules(network.within, MEDIA);
    expect(await answeringPorts(relay, network.address, ALL, 40_000)).toEqual(MEDIA_PORTS);
    setRules(network.within, 'remove');
    expect(await answeringPorts(relay, network.address, ALL, 40_000)).toEqual(ALL);
  });

  test('of a coturn on a machine of its own leads to the media ports and to no other', async () => {
    ports = await EchoPorts.open(ALL);
    undo.push(() => ports.close());
    await open(network.hostAddress);
    expect(await answeringPorts(relay, network.hostAddress, ALL, 40_000)).toEqual(ALL);
    setRules(['env', 'TURN_UID=0', ...network.within], MEDIA);
    expect(await answeringPorts(relay, network.hostAddress, MEDIA_PORTS, 40_000)).toEqual(MEDIA_PORTS);
    // coturn ends a relay whose packets are refused.
    for (const port of OTHER_PORTS) relay.send(network.hostAddress, port, 'too far');
    await answeringPorts(await another(network.hostAddress), network.hostAddress, MEDIA_PORTS, 40_000);
    expect(relay.received.filter(({ data }) => data === 'too far')).toEqual([]);
  });

  test('of a coturn in a container leads to the media ports and to no other', async () => {
    ports = await EchoPorts.open(ALL);
    undo.push(() => ports.close());
    await open(network.hostAddress);
    expect(await answeringPorts(relay, network.hostAddress, ALL, 40_000)).toEqual(ALL);
    undo.push(() => setRules([], 'remove'));
    setRules([], MEDIA, network.cable);
    expect(await answeringPorts(relay, network.hostAddress, ALL, 40_000)).toEqual(MEDIA_PORTS);
  });

  test('leads to no port of IPv6, and is not itself at an IPv6 address', async () => {
    const inside = '2001:db8::2';
    execFileSync('ip', ['-n', network.cable, 'address', 'add', `${inside}/64`, 'dev', 'eth0', 'nodad']);
    ports = await EchoPorts.open(ALL, network.within);
    undo.push(() => ports.close());
    await open(network.address);
    const targets = [inside, '::1', `::ffff:${network.address}`];
    for (const target of targets) {
      expect(await relay.permit(target)).not.toBe(0);
      for (const port of ALL) relay.send(target, port, 'over IPv6');
    }
    expect(await answeringPorts(relay, network.address, ALL, 40_000)).toEqual(ALL);
    expect(relay.received.filter(({ data }) => data === 'over IPv6')).toEqual([]);
    const other = new TurnClient(network.address, turn.port, relay.credentials);
    undo.push(() => other.close());
    expect(await other.allocate('IPv6')).not.toBe(0);
  });
});

describe('relay-ports.sh', () => {
  test.each([
    [['all'], '"all" are not ports'],
    [[], '"" are not ports'],
    [['40000; flush ruleset'], 'are not ports'],
    [['40000', 'eth0" accept'], 'is not a network interface'],
  ])('refuses %j by name', (args, message) => {
    expect(() => execFileSync(SCRIPT, args, { stdio: 'pipe' })).toThrow(message);
  });
});
