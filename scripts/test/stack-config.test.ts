import { describe, expect, test } from '@jest/globals';
import { PortBook } from '../launcher/base/ports.ts';
import { mediaNodes, pipePorts } from '../launcher/stack/instances.ts';
import { readStackConfig } from '../launcher/stack/stack-config.ts';
import { turnEnv } from '../launcher/stack/public-side.ts';

const one = (address: string, internal = false) =>
  [{ address, internal, family: 'IPv4', netmask: '', mac: '', cidr: null, scopeid: 0 }] as never;

const ALONE = { lo: one('127.0.0.1', true) };
const CONNECTED = { ...ALONE, docker0: one('172.17.0.1'), wlan0: one('192.168.1.5') };

function read(env: Record<string, string>, interfaces: typeof ALONE) {
  const config = readStackConfig(
    { CONSUL_BIN: '/consul', MEDIASOUP_WORKER_BIN: '/worker', ...env },
    [],
    interfaces,
  );
  const { TURN_ADDRESSES, TURN_URLS } = turnEnv(config, { turn: 3478, https: 8443 }, 'secret');
  return {
    listens: config.rtcListenIps.join(' '),
    announced: config.rtcAnnounced.join(' '),
    relay: config.relayIp,
    turn: TURN_ADDRESSES,
    besideHttps: TURN_URLS,
  };
}

const BESIDE_HTTPS = 'turn:127.0.0.1:8443?transport=tcp';

test.each([
  [
    'in a network listen at the address that Firefox uses besides loopback, and relay from it',
    {},
    CONNECTED,
    {
      listens: '127.0.0.1 192.168.1.5',
      announced: '127.0.0.1 192.168.1.5',
      relay: '192.168.1.5',
      turn: '192.168.1.5',
      besideHttps: BESIDE_HTTPS,
    },
  ],
  [
    'on a machine without a network stay on loopback',
    {},
    ALONE,
    {
      listens: '127.0.0.1',
      announced: '127.0.0.1',
      relay: '127.0.0.1',
      turn: '127.0.0.1',
      besideHttps: BESIDE_HTTPS,
    },
  ],
  [
    'take the addresses that are given, and offer no TURN at the port of https where the edge does not listen',
    { MEDIA_RTC_LISTEN_IP: '10.0.0.7,::1', MEDIA_RTC_ANNOUNCED_ADDRESSES: '198.51.100.7' },
    CONNECTED,
    {
      listens: '10.0.0.7 ::1',
      announced: '198.51.100.7',
      relay: '10.0.0.7',
      turn: '198.51.100.7',
      besideHttps: '',
    },
  ],
  [
    'offer other TURN servers too',
    { TURN_URLS: 'turn:turn.example:3478' },
    ALONE,
    {
      listens: '127.0.0.1',
      announced: '127.0.0.1',
      relay: '127.0.0.1',
      turn: '127.0.0.1',
      besideHttps: `turn:turn.example:3478,${BESIDE_HTTPS}`,
    },
  ],
])('media and TURN of the stack %s', (_what, env, interfaces, expected) => {
  expect(read(env, interfaces)).toEqual(expected);
});

describe('the regions of the stack', () => {
  const PROGRAMS = { CONSUL_BIN: '/consul', MEDIASOUP_WORKER_BIN: '/worker' };
  const configOf = (...args: string[]) => readStackConfig(PROGRAMS, args, ALONE);
  /** What the media nodes get besides what every service gets. */
  const media = async (...args: string[]) => {
    const book = new PortBook();
    const facts = {
      workplace: { program: String, root: '/', envOf: () => ({}), identityOf: () => undefined },
      certificates: new Map([['media', { authorityPath: '', certificatePath: '', keyPath: '' }]]),
      secrets: { logKey: '' },
      env: {},
    };
    const nodes = await mediaNodes(facts as never, configOf(...args), book, { first: 40_000, last: 40_015 });
    book.close();
    return nodes.map(({ env }) => ({
      region: env?.['REGION'],
      port: env?.['MEDIA_PROBE_PORT'],
      links: env?.['MEDIA_PIPE_PORTS'] ?? '',
    }));
  };

  test('go to its media nodes in turn, which share one port for probes', async () => {
    const nodes = await media('--media', '3', '--region', 'eu-west, us-east');
    expect(nodes.map(({ region }) => region)).toEqual(['eu-west', 'us-east', 'eu-west']);
    expect(new Set(nodes.map(({ port }) => port)).size).toBe(1);
  });

  test('have a port for probes that is none for links, however many nodes there are', async () => {
    const nodes = await media('--media', '16', '--region', 'eu-west,us-east');
    const last = Math.max(...nodes.map(({ links }) => Number(links.split('-')[1])));
    expect(last).toBe(40_015 + 16 * 200);
    for (const { port } of nodes) expect(Number(port)).toBeGreaterThan(last);
  });

  test('are none unless they are given', async () => {
    expect(configOf().regions).toEqual([]);
    expect(await media('--media', '1')).toMatchObject([{ region: undefined, port: undefined }]);
  });

  test.each(['', 'EU', 'eu,', 'eu us', 'x'.repeat(33)])('are refused as %j', (region) => {
    expect(() => configOf('--region', region)).toThrow(`--region must be names such as eu-west,us-east`);
  });
});

test.each([
  [{ first: 40_000, last: 40_003 }, 2, ['40004-40203', '40204-40403']],
  [{ first: 65_500, last: 65_501 }, 2, ['65100-65299', '65300-65499']],
])('media nodes with the media ports %j have ports of their own for links', (ports, nodes, expected) => {
  expect(expected.map((_, index) => pipePorts(ports, nodes, index))).toEqual(expected);
});
