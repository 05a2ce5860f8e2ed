import { EventEmitter } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { readConfig } from '@parley/common/config';
import { OriginPolicy, RateLimiter } from '@parley/common/limits';
import { formatRoomCode, peerIdSchema, roomCodeSchema, type TraceId } from '@parley/proto/ids';
import { browserIdentity } from '@parley/proto/room';
import { SignJWT } from 'jose';
import type { Socket } from 'socket.io';
import { JoinTokens } from '../src/directory/join-tokens.ts';
import { createResumeSecret, readResumeSecret } from '../src/peer/resume-secret.ts';
import { configSchema } from '../src/config.ts';
import { newRoomCode } from '../src/directory/room-code.ts';
import { AddressCensus } from '../src/socket/limits/address-census.ts';
import { Backlog } from '../src/socket/limits/backlog.ts';
import { EXCESS, PacketLimit } from '../src/socket/limits/packet-limit.ts';

const CODE = formatRoomCode('abcdefghjkm');
const PEER = peerIdSchema.parse('peer-1');

describe('the packets of many connections of one address', () => {
  const RATES = { packetsPerSecond: 250, bytesPerSecond: 262_144 };
  const create = (rates = RATES) => {
    const excess = new RateLimiter(EXCESS, { now: () => 0 });
    return (address: string) => new PacketLimit(rates, (count) => excess.take(address, count) === 0);
  };
  /** How many of so many packets pass, until the first that does not. */
  const flood = (limit: PacketLimit, packets: number, bytes = 20): number => {
    let passed = 0;
    while (passed < packets && limit.takePacket(bytes)) passed += 1;
    return passed;
  };

  test('are limited together, beyond what each may send in any case', () => {
    const of = create();
    const passed = Array.from({ length: 100 }, () => flood(of('192.0.2.1'), 900));
    const all = passed.reduce((sum, one) => sum + one, 0);
    expect(passed[0]).toBe(900);
    // Buckets on the real clock fill a little meanwhile.
    expect(all).toBeLessThan(100 * 420 + EXCESS.burst);
    expect(all).toBeGreaterThanOrEqual(100 * 400 + EXCESS.burst - 500);
  });

  test('cut no neighbour who sends what people send, and nobody of another address', () => {
    const of = create();
    const honest = of('192.0.2.1');
    for (let guest = 0; guest < 100; guest += 1) flood(of('192.0.2.1'), 900);
    expect(flood(honest, 300)).toBe(300);
    expect(flood(of('192.0.2.2'), 900)).toBe(900);
  });

  test('count for more if they are long', () => {
    const of = create({ ...RATES, bytesPerSecond: 100_000_000 });
    const passed = Array.from({ length: 100 }, () => flood(of('192.0.2.1'), 900, 60_000));
    expect(passed.at(-1)).toBeLessThanOrEqual(420 / 15);
    expect(passed.at(-1)).toBeGreaterThan(0);
  });
});

describe('room codes', () => {
  test('are well-formed, use the whole alphabet and do not repeat', () => {
    const codes = Array.from({ length: 2_000 }, newRoomCode);
    for (const code of codes) expect(roomCodeSchema.safeParse(code).success).toBe(true);
    expect(new Set(codes).size).toBe(codes.length);
    expect(new Set(codes.join('').replaceAll('-', '')).size).toBe(32);
  });
});

describe('join tokens', () => {
  const secret = 's'.repeat(40);
  const tokens = new JoinTokens(secret, 60);
  const grant = {
    room: CODE,
    name: 'Ada',
    identity: browserIdentity('b'.repeat(22)),
    role: 'owner' as const,
    waits: false,
    passcode: null,
    addressHash: 'n'.repeat(22),
    trace: 'a'.repeat(32) as TraceId,
  };

  test('carry the peer, its name, person and role, and an expiry to the second', async () => {
    const { token, peerId, expiresAt } = await tokens.issue(grant);
    const claims = await tokens.verify(token);
    expect(claims).toMatchObject({
      sub: peerId,
      room: CODE,
      name: 'Ada',
      identity: grant.identity,
      role: 'owner',
      waits: false,
      trace: grant.trace,
    });
    expect(claims.exp * 1000).toBe(expiresAt);
    expect(claims.exp - claims.iat).toBe(60);
  });

  test('name a new peer each time', async () => {
    const [first, second] = [await tokens.issue(grant), await tokens.issue(grant)];
    expect(first.peerId).not.toBe(second.peerId);
  });

  const signed = (claims: Record<string, unknown>, key = secret, alg = 'HS256') =>
    new SignJWT(claims)
      .setProtectedHeader({ alg })
      .sign(new TextEncoder().encode(key.padEnd(64, '.').slice(0, alg === 'HS256' ? key.length : 64)));
  const now = Math.floor(Date.now() / 1000);
  const good = { ...grant, iss: 'parley', aud: 'parley-signaling', sub: 'peer-1', iat: now, exp: now + 60 };

  test('are believed when they are whole, so that the refusals below mean something', async () => {
    await expect(tokens.verify(await signed(good))).resolves.toMatchObject({ sub: 'peer-1' });
  });

  test.each<[string, () => Promise<string>, string]>([
    ['of another key', () => signed(good, 'x'.repeat(40)), 'token_invalid'],
    ['of another algorithm', () => signed(good, secret, 'HS512'), 'token_invalid'],
    ['of another issuer', () => signed({ ...good, iss: 'other' }), 'token_invalid'],
    ['for another audience', () => signed({ ...good, aud: 'other' }), 'token_invalid'],
    ['without an end', () => signed({ ...good, exp: undefined }), 'token_invalid'],
    ['without a peer', () => signed({ ...good, sub: undefined }), 'token_invalid'],
    ['for no room code', () => signed({ ...good, room: '../../etc' }), 'token_invalid'],
    ['of nobody', () => signed({ ...good, identity: 'admin' }), 'token_invalid'],
    ['with a role nobody knows', () => signed({ ...good, role: 'root' }), 'token_invalid'],
    ['whose time is over', () => signed({ ...good, iat: now - 90, exp: now - 30 }), 'token_expired'],
    ['that is none', async () => 'a.b.c', 'token_invalid'],
  ])('are refused: one %s', async (_what, make, code) => {
    await expect(tokens.verify(await make())).rejects.toMatchObject({ code });
  });
});

describe('resume secrets', () => {
  test('find their room and peer, and are kept as a hash only', () => {
    const { secret, hash } = createResumeSecret(CODE, PEER);
    expect(readResumeSecret(secret)).toEqual({ code: CODE, peerId: PEER, hash });
    expect(hash).not.toContain(secret.split('.')[2]);
    expect(createResumeSecret(CODE, PEER).secret).not.toBe(secret);
  });

  test.each([
    '',
    'x',
    'a.b.c',
    `${CODE}.${PEER}`,
    `${CODE}.${PEER}.x.y`,
    `__proto__.${PEER}.x`,
    `${CODE}.../..x`,
  ])('are not read from %j', (text) => {
    const claim = readResumeSecret(text);
    expect(claim === undefined || claim.hash !== createResumeSecret(CODE, PEER).hash).toBe(true);
    if (!text.startsWith(`${CODE}.${PEER}.`) || text.endsWith('.y')) expect(claim).toBeUndefined();
  });
});

describe('the origin policy', () => {
  const policy = new OriginPolicy({ allowedOrigins: ['https://meet.example'], allowMissing: false });

  test.each<[string, Record<string, string>, boolean]>([
    ['the own origin', { origin: 'http://localhost:8080', host: 'localhost:8080' }, true],
    [
      'the own origin on the port its scheme implies',
      { origin: 'https://a.example', host: 'a.example:443' },
      true,
    ],
    ['an origin from the list', { origin: 'https://meet.example', host: 'internal:5000' }, true],
    ['another port', { origin: 'http://localhost:9999', host: 'localhost:8080' }, false],
    [
      'the own origin, whose port a proxy dropped',
      { origin: 'https://a.example:8443', host: 'a.example' },
      true,
    ],
    ['an own address whose port a proxy dropped', { origin: 'https://[::1]:8443', host: '[::1]' }, true],
    [
      'the own origin, whose host a proxy replaced, if the browser says so',
      { origin: 'https://a.example', host: 'upstream:5000', 'sec-fetch-site': 'same-origin' },
      true,
    ],
    [
      'a neighbour behind a proxy that replaces the host',
      { origin: 'https://b.example', host: 'upstream:5000', 'sec-fetch-site': 'same-site' },
      false,
    ],
    ['the own name in capitals', { origin: 'https://a.example', host: 'A.Example' }, true],
    ['the own name with the dot of the root', { origin: 'https://a.example.', host: 'a.example.' }, true],
    [
      'a name in other letters',
      { origin: 'https://xn--mnchen-3ya.example', host: 'xn--mnchen-3ya.example' },
      true,
    ],
    ['another host without a port', { origin: 'https://evil.example:8443', host: 'a.example' }, false],
    ['another host', { origin: 'https://evil.example', host: 'a.example' }, false],
    [
      'one that only begins like an allowed one',
      { origin: 'https://meet.example.evil.example', host: 'x' },
      false,
    ],
    ['an opaque origin', { origin: 'null', host: 'a.example' }, false],
    ['nonsense', { origin: '://', host: 'a.example' }, false],
    ['a host that is nonsense', { origin: 'http://a.example', host: '///' }, false],
    ['none for a WebSocket', { host: 'a.example', upgrade: 'websocket' }, false],
    ['none of a page that polls its own origin', { host: 'a.example' }, true],
    ['none, and the browser says the same', { host: 'a.example', 'sec-fetch-site': 'same-origin' }, true],
    ["none of a stranger's page", { host: 'a.example', 'sec-fetch-site': 'cross-site' }, false],
    ["none of a neighbour's page", { host: 'a.example', 'sec-fetch-site': 'same-site' }, false],
  ])('judges %s', (_what, headers, expected) => {
    expect(policy.allows({ method: 'GET', headers })).toBe(expected);
  });

  test('refuses a POST that names none', () => {
    expect(policy.allows({ method: 'POST', headers: { host: 'a.example' } })).toBe(false);
  });

  test('lets clients without an origin in where that is configured', () => {
    const open = new OriginPolicy({ allowedOrigins: [], allowMissing: true });
    const judge = (headers: Record<string, string>) => open.allows({ method: 'POST', headers });
    expect(judge({ host: 'a.example' })).toBe(true);
    expect(judge({ origin: 'https://evil.example', host: 'a.example' })).toBe(false);
  });
});

describe('what waits for a client', () => {
  const conn = new EventEmitter();
  const stuck: string[] = [];
  const backlog = new Backlog(conn as unknown as Socket['conn'], () => stuck.push('stuck'));
  const send = (times: number, data: string) => {
    for (let time = 0; time < times; time += 1) conn.emit('packetCreate', { data });
  };

  test.each([
    ['much', 4, 'ü'.repeat(125_000)],
    ['many', 5_000, 'x'],
  ])(
    'may be %s, counts from zero after it is sent, and ends a client that does not read',
    (_what, most, data) => {
      conn.emit('flush');
      send(most, data);
      expect(backlog.bytes).toBe(most * Buffer.byteLength(data));
      conn.emit('flush');
      expect(backlog.bytes).toBe(0);
      send(most, data);
      expect(stuck.splice(0)).toEqual([]);
      send(1, data);
      expect(stuck.splice(0)).toEqual(['stuck']);
    },
  );
});

describe('the census of addresses', () => {
  test('counts present connections, and no address without one', () => {
    const census = new AddressCensus(2);
    const [first, second] = [census.enter('a'), census.enter('a')];
    expect([census.hasRoom('a'), census.hasRoom('b')]).toEqual([false, true]);
    first();
    first();
    expect([census.hasRoom('a'), census.size]).toEqual([true, 1]);
    census.enter('a')();
    second();
    expect(census.size).toBe(0);
  });

  test('counts the networks around an address of IPv6 as well', () => {
    const census = new AddressCensus(1);
    const address = (n: number) => `2001:db8:1:${n.toString(16)}::1`;
    const entered: number[] = [];
    for (let n = 0; n < 300; n += 1)
      if (census.hasRoom(address(n))) {
        census.enter(address(n));
        entered.push(n);
      }
    // Four of each /56, sixteen of the /48; here all are in the first two /56.
    expect(entered).toEqual([0, 1, 2, 3, 256, 257, 258, 259]);
    expect(census.hasRoom('2001:db8:2::1')).toBe(true);
  });
});

describe('the configuration', () => {
  const secrets = {
    SIGNALING_GRPC_SECRET: 'i'.repeat(40),
    MEDIA_GRPC_SECRET: 'm'.repeat(40),
    JOIN_TOKEN_SECRET: 'j'.repeat(40),
    DATABASE_URL: 'postgres://x/y',
  };

  test('has a default for everything but secrets and the database', () => {
    expect(readConfig(configSchema, secrets)).toMatchObject({
      SIGNALING_PORT: 5000,
      PEER_LIMIT: 100,
      RESUME_GRACE_MS: 20_000,
    });
  });

  test.each([
    [
      { REDIS_URL: 'redis://x:6379', REDIS_TLS_NAME: 'redis' },
      'REDIS_TLS_NAME: is set, but REDIS_URL begins with redis:, which has no TLS; write rediss:',
    ],
    [{ REDIS_TLS_NAME: 'redis' }, 'REDIS_TLS_NAME: is set, but REDIS_URL is not'],
    [
      { CONSUL_URL: 'http://x:8500', CONSUL_TLS_NAME: 'consul' },
      'CONSUL_TLS_NAME: is set, but CONSUL_URL begins with http:, which has no TLS; write https:',
    ],
    [{ CONSUL_TLS_NAME: 'consul' }, 'CONSUL_TLS_NAME: is set, but CONSUL_URL is not'],
    [
      { DATABASE_URL: 'postgres://x/y?sslmode=disable', DATABASE_TLS_NAME: 'postgres' },
      'DATABASE_URL: says sslmode, and DATABASE_TLS_… is set as well; keep one of them',
    ],
    [
      { REDIS_URL: 'rediss://x', REDIS_TLS_AUTHORITY: 'x' },
      'REDIS_TLS_AUTHORITY: must be a certificate in the form of PEM',
    ],
  ])('refuses half a proof of a server: %j', (env, problem) => {
    const read = () => readConfig(configSchema, { ...secrets, ...env });
    expect(read).toThrow(`The configuration is not valid:\n  - ${problem}`);
  });

  test('takes servers with a proof, and servers of somebody without TLS', () => {
    for (const env of [
      {
        REDIS_URL: 'rediss://x',
        REDIS_TLS_NAME: 'redis',
        CONSUL_URL: 'https://x',
        CONSUL_TLS_NAME: 'consul',
      },
      {
        REDIS_URL: 'redis://x',
        CONSUL_URL: 'http://x:8500',
        DATABASE_URL: 'postgres://x/y?sslmode=verify-full',
      },
      { DATABASE_TLS_NAME: 'postgres' },
    ])
      expect(readConfig(configSchema, { ...secrets, ...env })).toMatchObject(env);
  });

  test('names every problem at once', () => {
    const env = {
      PEER_LIMIT: '0',
      TRUST_PROXY_HOPS: 'many',
      ALLOWED_ORIGINS: 'ftp://x',
      TURN_URLS: 'turn:x',
    };
    expect(() => readConfig(configSchema, env)).toThrow(
      /(?=[\s\S]*SIGNALING_GRPC_SECRET)(?=[\s\S]*MEDIA_GRPC_SECRET)(?=[\s\S]*JOIN_TOKEN_SECRET)(?=[\s\S]*DATABASE_URL)(?=[\s\S]*PEER_LIMIT)(?=[\s\S]*TRUST_PROXY_HOPS)(?=[\s\S]*ALLOWED_ORIGINS)/,
    );
  });
});
