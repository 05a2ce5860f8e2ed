import { createHmac } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { answersAsTurn } from '@parley/common/ice';
import { waitFor } from '@parley/common/testing';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { TurnClient, type TurnCredentials } from '../harness/peer/turn-client.ts';
import { TurnServer } from '../harness/servers/turn-server.ts';

const SECRET = 'a-turn-secret-of-these-tests';
const FORBIDDEN = 403;
const UNAUTHORIZED = 401;
const WRONG_FAMILY = 443;
const FAMILY_UNSUPPORTED = 440;
const QUOTA_REACHED = 486;

/** An address of this machine that is not loopback. A media node has such an address. */
const nodeAddress = Object.values(networkInterfaces())
  .flat()
  .find((one) => one?.family === 'IPv4' && !one.internal)?.address;

let turn: TurnServer;
let clients: TurnClient[] = [];

beforeAll(async () => {
  if (nodeAddress === undefined) throw new Error('this machine has no address but loopback');
  turn = await TurnServer.start({
    listenIp: nodeAddress,
    secret: SECRET,
    env: {
      TURN_LISTEN_IP: `${nodeAddress} ::1`,
      TURN_RELAY_IP: nodeAddress,
      // A list for media and TURN has the IPv6 addresses as well.
      TURN_ALLOWED_PEERS: `${nodeAddress} 2001:db8::7`,
      TURN_USER_QUOTA: '5',
    },
  });
});

afterAll(() => turn?.stop());

afterEach(() => {
  for (const client of clients) client.close();
  clients = [];
});

/** Makes credentials as services/common/src/ice/ice-servers.ts does. */
function credentials(name: string, expiresInS = 3600): TurnCredentials {
  const username = `${Math.floor(Date.now() / 1000) + expiresInS}:${name}`;
  return { username, credential: createHmac('sha1', SECRET).update(username).digest('base64') };
}

function client(given: TurnCredentials): TurnClient {
  const made = new TurnClient(nodeAddress ?? '', turn.port, given);
  clients.push(made);
  return made;
}

async function allocated(name: string): Promise<TurnClient> {
  const made = client(credentials(name));
  expect(await made.allocate()).toBe(0);
  return made;
}

describe('coturn', () => {
  test('gives a relay to a client with valid credentials', async () => {
    await allocated('ada');
  });

  test.each(['udp', 'tcp'] as const)('answers people who have only IPv6, over %s', async (transport) => {
    expect(await answersAsTurn({ host: '::1', port: turn.port, transport }, 5_000)).toBe(true);
  });

  test('refuses a wrong password', async () => {
    const { username } = credentials('bela');
    expect(await client({ username, credential: 'guessed' }).allocate()).toBe(UNAUTHORIZED);
  });

  test('refuses expired credentials', async () => {
    expect(await client(credentials('chen', -60)).allocate()).toBe(UNAUTHORIZED);
  });

  test('refuses credentials whose time of expiry was changed', async () => {
    const { credential } = credentials('dora', -60);
    expect(await client({ username: credentials('dora').username, credential }).allocate()).toBe(
      UNAUTHORIZED,
    );
  });

  test('counts the relays of a name, also over credentials that were renewed, and of each name alone', async () => {
    for (let count = 1; count <= 5; count += 1)
      expect(await client(credentials('eve', 60 * count)).allocate()).toBe(0);
    expect(await client(credentials('eve', 600)).allocate()).toBe(QUOTA_REACHED);
    await allocated('somebody-else');
  });

  test('keeps a relay whose credentials have ended, so that a long call goes on, and makes no other with them', async () => {
    const given = credentials('gina', 2);
    const relayed = client(given);
    expect(await relayed.allocate()).toBe(0);
    // coturn reads the clock now and then, later on a busy machine.
    await waitFor(async () => (await client(given).allocate()) === UNAUTHORIZED, { intervalMs: 500 });
    expect(await relayed.refresh(600)).toBe(0);
  });

  test('refuses a relay with an IPv6 address', async () => {
    expect(await client(credentials('finn')).allocate('IPv6')).toBe(FAMILY_UNSUPPORTED);
  });
});

describe('a relay', () => {
  let peer: Socket;

  beforeAll(async () => {
    peer = createSocket('udp4').bind(0, nodeAddress);
    await once(peer, 'listening');
  });

  afterAll(() => void peer.close());

  test('leads to the address of the media nodes', async () => {
    const ada = await allocated('ada-at-the-node');
    const { port } = peer.address();
    expect(await ada.permit(nodeAddress ?? '')).toBe(0);
    const received = once(peer, 'message') as Promise<[Buffer]>;
    ada.send(nodeAddress ?? '', port, 'through the relay');
    expect((await received)[0].toString()).toBe('through the relay');
    expect(await ada.bindChannel(nodeAddress ?? '', port)).toBe(0);
  });

  test.each([
    '1.1.1.1',
    '8.8.8.8',
    '127.0.0.1',
    '127.255.255.255',
    '128.0.0.0',
    '0.0.0.0',
    '10.0.0.1',
    '100.64.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.254',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
  ])('not to %s', async (address) => {
    const ada = await allocated(`ada-${address.replaceAll(':', '-')}`);
    expect(await ada.permit(address)).toBe(FORBIDDEN);
    expect(await ada.bindChannel(address, 80)).toBe(FORBIDDEN);
  });

  test.each([
    '::1',
    '2001:4860:4860::8888',
    '2001:db8::7',
    'fd00::1',
    'fe80::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '::ffff:169.254.169.254',
    '64:ff9b::a00:1',
  ])('not to %s', async (address) => {
    const ada = await allocated(`ada-${address.replaceAll(':', '-')}`);
    expect([FORBIDDEN, WRONG_FAMILY]).toContain(await ada.permit(address));
    expect([FORBIDDEN, WRONG_FAMILY]).toContain(await ada.bindChannel(address, 80));
  });
});

describe('a relay of a coturn that has only the lines for', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-turn-lines-'));

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** coturn 4.6.1 refuses IPv4 because of a line for IPv6, which later versions do not. */
  test('IPv4 leads to no other IPv4 address', async () => {
    const original = join(ROOT, 'deploy', 'coturn');
    const lines = readFileSync(join(original, 'turnserver.conf'), 'utf8').split('\n');
    const kept = lines.filter((line) => !/^denied-peer-ip=.*:/.test(line));
    expect(lines.length - kept.length).toBe(2);
    writeFileSync(join(folder, 'turnserver.conf'), kept.join('\n'));
    copyFileSync(join(original, 'run.sh'), join(folder, 'run.sh'));
    const listenIp = nodeAddress ?? '';
    const env = { TURN_ALLOWED_PEERS: listenIp };
    const server = await TurnServer.start({ listenIp, secret: SECRET, env, folder });
    const guest = new TurnClient(listenIp, server.port, credentials('guest'));
    try {
      expect(await guest.allocate()).toBe(0);
      expect(await guest.permit(listenIp)).toBe(0);
      for (const address of ['1.0.0.0', '8.8.8.8', '10.0.0.1', '126.1.1.1', '128.0.0.0', '223.255.255.255'])
        expect([address, await guest.permit(address)]).toEqual([address, FORBIDDEN]);
    } finally {
      guest.close();
      await server.stop();
    }
  });
});

test.each(['TURN_USER_QUOTA', 'TURN_TOTAL_QUOTA', 'TURN_MAX_BPS'])(
  '%s has no value that means "no limit"',
  async (name) => {
    const started = TurnServer.start({ listenIp: '127.0.0.1', secret: SECRET, env: { [name]: '0' } });
    await expect(started).rejects.toThrow(`${name}: "0" is not a number from 1`);
  },
);

test('a name of a media node without an address stops the start, and is in the message', async () => {
  // Too long for a name, so that no name server is asked.
  const nowhere = `${'x'.repeat(64)}.example`;
  const env = { TURN_ALLOWED_PEERS: nowhere };
  await expect(TurnServer.start({ listenIp: '127.0.0.1', secret: SECRET, env })).rejects.toThrow(nowhere);
});

test('the secret is on no command line, in no environment and in no line of the log', () => {
  for (const file of ['cmdline', 'environ']) {
    expect(readFileSync(`/proc/${turn.pid}/${file}`, 'utf8')).not.toContain(SECRET);
  }
  expect(turn.output).not.toContain(SECRET);
  expect(turn.output).not.toContain(credentials('ada').credential);
});
