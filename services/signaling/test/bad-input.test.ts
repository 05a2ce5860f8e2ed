import type { Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { RoomCode } from '@parley/proto/ids';
import { PROTOCOL_VERSION, REQUESTS, type RequestName } from '@parley/proto/requests';
import { waitFor } from '@parley/common/testing';
import {
  camera,
  dtlsParameters,
  microphone,
  opusParameters,
  RTP_CAPABILITIES,
  simulcastParameters,
} from './support/rtp.ts';
import { TestClient, type Refusal } from './support/test-client.ts';
import { TestBackend, type TestSignaling } from './support/test-signaling.ts';

const VERBS = Object.keys(REQUESTS) as RequestName[];
const POISON: unknown = JSON.parse(
  '{"raised":true,"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"toString":1}',
);

describe('bad input', () => {
  let backend: TestBackend;
  let signaling: TestSignaling;
  let code: RoomCode;
  let bystander: TestClient;
  let workerPid: number;

  beforeAll(async () => {
    backend = await TestBackend.start();
    signaling = await backend.signaling({ CONNECTIONS_PER_ADDRESS: '120', ROOM_PEERS_PER_ADDRESS: '100' });
    code = await signaling.createRoom();
    bystander = await signaling.join(code, 'Bystander');
    await bystander.request('producer:create', microphone());
    workerPid = (await backend.media.status()).workers[0]?.pid ?? 0;
  }, 180_000);
  afterAll(async () => {
    expect(signaling.malformed).toEqual([]);
    await signaling.stop();
    await backend.stop();
  });
  afterEach(async () => {
    // No other client is disturbed: the worker and the socket are the same, and the socket answers.
    expect((await backend.media.status()).workers[0]?.pid).toBe(workerPid);
    expect(bystander.socket.connected).toBe(true);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    await bystander.attempt('chat:list', { limit: 1 });
    expect(bystander.notifications('media:reset')).toEqual([]);
  });

  const joined = (name = 'Odd') => signaling.join(code, name);

  describe('of every verb', () => {
    test.each(VERBS)('%s with an unknown field, null, a list or nothing is malformed', async (verb) => {
      const connect = REQUESTS[verb].phase === 'joined' ? joined : () => signaling.connect(code);
      const client = await connect();
      expect(await client.refusal(verb, { ...validPayload(verb), extra: 1 })).toBe('invalid_request');
      expect(await client.refusal(verb, null)).toBe('invalid_request');
      expect(await client.refusal(verb, [])).toBe('invalid_request');
      const fresh = await connect();
      expect(await fresh.refusal(verb, POISON)).toBe('invalid_request');
      const bare: unknown = await fresh.socket.timeout(5_000).emitWithAck(verb);
      expect(bare).toMatchObject({ ok: false, error: { code: 'invalid_request' } });
      const many: unknown = await fresh.socket.timeout(5_000).emitWithAck(verb, {}, {}, 3);
      expect(many).toMatchObject({ ok: false, error: { code: 'invalid_request' } });
      client.close();
      fresh.close();
    });

    test('says what is wrong and where, with the trace id of the join', async () => {
      const client = await joined();
      const reply = await client.attempt('peer:set-hand', { raised: 'yes' });
      expect(reply).toMatchObject({
        ok: false,
        error: { code: 'invalid_request', traceId: expect.stringMatching(/^[0-9a-f]{32}$/) },
      });
      expect(JSON.stringify(reply)).toContain('raised');
    });
  });

  test('events without an acknowledgement, with null, binary, or names of Object.prototype end nothing', async () => {
    const client = await joined();
    for (const name of [...VERBS, 'room:destroy', '__proto__', 'constructor', 'toString', 'error', '']) {
      client.socket.emit(name);
      client.socket.emit(name, null);
      client.socket.emit(name, POISON);
      client.socket.emit(name, 1, [2], { three: 3 });
      client.socket.emit(name, Buffer.from('binary'));
    }
    await client.settled();
    expect(
      (await signaling.join(code)).snapshot.peers.find(({ peerId }) => peerId === client.peerId),
    ).toBeDefined();
  });

  test.each(['room:destroy', '__proto__', 'constructor', 'hasOwnProperty', 'error', ''])(
    'an unknown request %j is malformed',
    async (name) => {
      const client = await joined();
      const reply: unknown = await client.socket.timeout(5_000).emitWithAck(name, {});
      expect(reply).toMatchObject({ ok: false, error: { code: 'invalid_request' } });
      client.close();
    },
  );

  test('a frame of more than 64 KiB, or one that is no Socket.io, ends that socket only', async () => {
    const sends: ((client: TestClient) => void)[] = [
      (client) => client.socket.emit('chat:send', { text: 'x'.repeat(70_000) }),
      (client) => rawTransport(client).send('42["room:leave",{"a":'),
      (client) => rawTransport(client).send('9999999'),
      (client) => rawTransport(client).send('42[null,{}]'),
      (client) => rawTransport(client).send(`45${'1'.repeat(12)}-["room:leave"]`),
      // A thousand attachments, which would have to be kept until the last one comes.
      (client) => rawTransport(client).send('451000-["room:leave",{"_placeholder":true,"num":0}]'),
    ];
    for (const send of sends) {
      const client = await joined();
      send(client);
      await waitFor(() => !client.socket.connected, { what: 'the socket is ended' });
    }
  });

  test('a socket that asks too often is refused, and one that floods is ended', async () => {
    const client = await joined();
    const replies = await Promise.all(
      Array.from({ length: 30 }, () => client.attempt('peer:react', { reaction: 'clap' })),
    );
    const codes = replies.map((reply) => (reply.ok ? 'ok' : reply.error.code));
    expect(codes.filter((outcome) => outcome === 'ok').length).toBeGreaterThanOrEqual(10);
    expect(codes.filter((outcome) => outcome === 'ok').length).toBeLessThan(20);
    expect(new Set(codes)).toEqual(new Set(['ok', 'rate_limited']));
    // Another verb has a rate of its own.
    await client.request('peer:set-hand', { raised: true });
    for (let index = 0; index < 1_000; index += 1) client.socket.emit('noise', index);
    await waitFor(() => !client.socket.connected, { what: 'the flood is ended' });
  });

  test('a peer whose requests wait behind a slow one is refused more than a hundred', async () => {
    const client = await joined();
    const refused: string[] = [];
    const ask = async (verb: RequestName, payload: object = {}) => {
      const reply = await client.attempt(verb, payload);
      if (!reply.ok && reply.error.code === 'rate_limited') refused.push(verb);
    };
    const asked: Promise<void>[] = [];
    await signaling.whileChatIsLocked(async () => {
      asked.push(ask('chat:list', { limit: 1 }));
      // Each verb alone keeps to its rate.
      for (let times = 0; times < 55; times += 1) asked.push(ask('producer:pause'), ask('consumer:pause'));
      await waitFor(() => refused.length === 11);
    });
    await Promise.all(asked);
    expect(refused).toHaveLength(11);
    await client.request('peer:set-hand', { raised: true });
    client.close();
  });

  describe('when joining', () => {
    test.each<[string, object]>([
      ['another protocol', { protocol: 999 }],
      [
        'a hundred codecs',
        {
          rtpCapabilities: {
            ...RTP_CAPABILITIES,
            codecs: Array.from({ length: 100 }, () => RTP_CAPABILITIES.codecs[0]),
          },
        },
      ],
      ['no capabilities', { rtpCapabilities: null }],
      [
        'a header extension nobody knows',
        {
          rtpCapabilities: {
            codecs: [],
            headerExtensions: [{ kind: 'audio', uri: 'urn:x', preferredId: 1 }],
          },
        },
      ],
      ['an identity of its own choice', { peerId: 'somebody' }],
    ])('%s is refused, and the same socket may join properly after it', async (_what, change) => {
      const client = await signaling.connect(code, 'Early');
      const request = { protocol: PROTOCOL_VERSION, rtpCapabilities: RTP_CAPABILITIES, ...change };
      expect(await client.refusal('room:join', request)).toBe('invalid_request');
      await client.join();
      client.close();
    });

    test('twice at once on one socket, one is answered and the other refused', async () => {
      const client = await signaling.connect(code, 'Hasty');
      const request = { protocol: PROTOCOL_VERSION, rtpCapabilities: RTP_CAPABILITIES };
      const replies = await Promise.all([
        client.attempt('room:join', request),
        client.attempt('room:join', request),
      ]);
      expect(replies).toMatchObject([{ ok: true }, { ok: false, error: { code: 'already_joined' } }]);
      client.close();
    });

    test('a room that was deleted meanwhile is not found', async () => {
      const gone = await signaling.createRoom();
      const client = await signaling.connect(gone);
      await signaling.query('DELETE FROM rooms.rooms WHERE code = $1', [gone]);
      expect(
        await client.refusal('room:join', { protocol: PROTOCOL_VERSION, rtpCapabilities: RTP_CAPABILITIES }),
      ).toBe('room_not_found');
      client.close();
    });
  });

  describe('as media parameters', () => {
    const [fingerprint] = dtlsParameters().fingerprints;
    test.each<[string, unknown]>([
      ['none', []],
      ['thousands', Array.from({ length: 500 }, () => fingerprint)],
      ['an empty one', [{ algorithm: 'sha-256', value: '' }]],
      ['one of another length', [{ algorithm: 'sha-512', value: fingerprint?.value }]],
      ['one of an algorithm nobody knows', [{ algorithm: 'md5', value: fingerprint?.value }]],
    ])('fingerprints: %s are refused, and the transport connects after it', async (_what, fingerprints) => {
      const client = await joined();
      const { transportId } = client.transports.send;
      expect(
        await client.refusal('transport:connect', {
          transportId,
          dtlsParameters: { role: 'client', fingerprints },
        }),
      ).toBe('invalid_request');
      await client.request('transport:connect', { transportId, dtlsParameters: dtlsParameters() });
      client.close();
    });

    const opus = opusParameters();
    const video = simulcastParameters();
    test.each<[string, unknown]>([
      ['no codecs', { ...opus, codecs: [] }],
      ['hundreds of codecs', { ...opus, codecs: Array.from({ length: 300 }, () => opus.codecs[0]) }],
      ['a codec nobody knows', { ...opus, codecs: [{ ...opus.codecs[0], mimeType: 'audio/nonsense' }] }],
      ['a codec of the other kind', { ...opus, codecs: [video.codecs[0]] }],
      ['an encoding that nothing tells apart', { ...opus, mid: undefined, encodings: [{}] }],
      [
        'too many encodings',
        { ...video, encodings: Array.from({ length: 50 }, (_, index) => ({ rid: `r${index}` })) },
      ],
      ['an unknown field', { ...opus, comment: 'x' }],
      ['nothing', null],
    ])('RTP parameters with %s are refused, and the source is still free', async (_what, rtpParameters) => {
      const client = await joined();
      const request = { source: 'microphone', kind: 'audio', rtpParameters, paused: false };
      expect(await client.refusal('producer:create', request)).toBe('invalid_request');
      await client.request('producer:create', microphone());
      await client.request('producer:create', camera());
      client.close();
    });
  });

  describe('at the door', () => {
    test.each<[string, object]>([
      ['no credentials', {}],
      ['an empty token', { token: '' }],
      ['a number', { token: 7 }],
      ['more than is asked for', { token: 'x', admin: true }],
      ['a token that is too long', { token: 'x'.repeat(5000) }],
      ['a poisoned object', POISON as object],
    ])('%s are refused with a body that says so', async (_what, auth) => {
      const refusal = await TestClient.connect(signaling.url, auth).catch((error: unknown) => error);
      expect((refusal as Refusal).body).toMatchObject({
        code: 'unauthenticated',
        message: expect.any(String),
      });
    });

    test('a page of another origin gets neither a WebSocket nor polling', async () => {
      const token = await signaling.token(code);
      const headers = { origin: 'https://evil.example' };
      await expect(TestClient.connect(signaling.url, { token }, headers)).rejects.toThrow();
      const polling = await fetch(`${signaling.url}/socket.io/?EIO=4&transport=polling`, { headers });
      expect(polling.status).toBe(403);
      const unnamed = { 'sec-fetch-site': 'cross-site' };
      const none = await fetch(`${signaling.url}/socket.io/?EIO=4&transport=polling`, { headers: unnamed });
      expect(none.status).toBe(403);
      expect(await signaling.metrics()).toMatch(/connections_refused_total\{reason="origin"[^}]*\} [3-9]/);
    });

    test('a page of another origin cannot go on with a session of ours, by polling or by a WebSocket', async () => {
      const polling = `${signaling.url}/socket.io/?EIO=4&transport=polling`;
      const opened = await fetch(polling, { headers: { origin: signaling.url } });
      const { sid } = JSON.parse((await opened.text()).slice(1)) as { sid: string };
      const send = (headers: Record<string, string>) =>
        fetch(`${polling}&sid=${sid}`, { method: 'POST', body: '40', headers });
      expect((await send({ origin: 'https://evil.example' })).status).toBe(400);
      expect((await send({})).status).toBe(400);
      const poll = (headers: Record<string, string>) => fetch(`${polling}&sid=${sid}`, { headers });
      expect((await poll({ origin: 'https://evil.example' })).status).toBe(400);
      expect((await poll({ 'sec-fetch-site': 'cross-site' })).status).toBe(400);
      const upgrade = `${signaling.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket&sid=${sid}`;
      const socket = new WebSocket(upgrade);
      expect(
        await new Promise((resolve) => {
          socket.addEventListener('open', () => resolve('open'));
          socket.addEventListener('error', () => resolve('refused'));
        }),
      ).toBe('refused');
      expect((await send({ origin: signaling.url })).status).toBe(200);
    });

    test.each(['j=0', 'j=', '%6a=0', 'j=0&j=1'])('polling by JSONP is refused: %s', async (query) => {
      const headers = { origin: signaling.url };
      const url = `${signaling.url}/socket.io/?EIO=4&transport=polling&${query}`;
      const response = await fetch(url, { headers });
      expect(response.status).toBe(400);
      expect(response.headers.get('content-type')).toBe('application/json');
    });

    test('an allowed origin is let in', async () => {
      const open = await backend.signaling({ ALLOWED_ORIGINS: 'https://meet.example' });
      const room = await open.createRoom();
      const client = await open.connectWith(
        { token: await open.token(room) },
        { origin: 'https://meet.example' },
      );
      expect(client.socket.connected).toBe(true);
      await open.stop();
    });

    test.each(['', 'sid=', 'sid=x', 'a?sid=x', 'sid=x&sid='])(
      'one address begins a limited number of connections, also by pretending with "%s" to be known',
      async (query) => {
        const tight = await backend.signaling({ HANDSHAKES_PER_ADDRESS: '1' });
        const ask = async (address: string) =>
          fetch(`${tight.url}/socket.io/?EIO=4&transport=polling&${query}`, {
            headers: { origin: tight.url, 'x-forwarded-for': address },
          });
        const answers = await Promise.all(Array.from({ length: 20 }, () => ask('198.51.100.9')));
        const refused = answers.filter(({ status }) => status === 429);
        expect(refused.length).toBeGreaterThanOrEqual(10);
        expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
        expect(await refused[0]?.json()).toMatchObject({ error: { code: 'rate_limited' } });
        expect((await ask('198.51.100.10')).status).not.toBe(429);
        expect(await tight.metrics()).toMatch(/connections_refused_total\{reason="handshakes"[^}]*\} 1\d/);
        await tight.stop();
      },
    );

    test('nobody gets around a stop by pretending to be known', async () => {
      const closing = await backend.signaling();
      const open = (query: string) =>
        fetch(`${closing.url}/socket.io/?EIO=4&transport=polling${query}`, {
          headers: { origin: closing.url },
        });
      expect((await open('')).status).toBe(200);
      await closing.stop();
      await expect(open('&sid=')).rejects.toThrow();
    });

    test('one address has a limited number of sockets, and others have their own', async () => {
      const tight = await backend.signaling({ CONNECTIONS_PER_ADDRESS: '3' });
      const room = await tight.createRoom();
      const connect = async (address: string) =>
        tight.connectWith({ token: await tight.token(room) }, { 'x-forwarded-for': address });
      const clients = [
        await connect('198.51.100.1'),
        await connect('198.51.100.1'),
        await connect('198.51.100.1'),
      ];
      await expect(connect('198.51.100.1')).rejects.toMatchObject({ body: { code: 'rate_limited' } });
      await expect(connect('203.0.113.9, 198.51.100.1')).rejects.toMatchObject({
        body: { code: 'rate_limited' },
      });
      await connect('198.51.100.2');
      clients[0]?.close();
      await waitFor(async () => (await tight.service.counts()).sockets === 3);
      await connect('198.51.100.1');
      await tight.stop();
    });
  });
});

/** Well-formed as far as it goes; what matters is the field too many. */
function validPayload(verb: RequestName): object {
  const join = { protocol: PROTOCOL_VERSION, rtpCapabilities: RTP_CAPABILITIES };
  const payloads: Partial<Record<RequestName, object>> = {
    'room:join': join,
    'room:resume': { protocol: PROTOCOL_VERSION },
    'media:reopen': { rtpCapabilities: RTP_CAPABILITIES },
    'producer:create': microphone(),
    'chat:send': { clientMessageId: crypto.randomUUID(), toPeerId: null, text: 'x' },
    'chat:list': { limit: 1 },
    'peer:set-hand': { raised: true },
    'peer:set-profile': { displayName: 'x' },
    'peer:react': { reaction: 'clap' },
  };
  return payloads[verb] ?? {};
}

type RawTransport = { send: (text: string) => void; _socket: Socket };

function rawTransport(client: TestClient): RawTransport {
  const { transport } = client.socket.io.engine as unknown as {
    transport: { ws: RawTransport };
  };
  return transport.ws;
}
