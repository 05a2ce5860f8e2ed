import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { errorBodySchema } from '@parley/proto/error-body';
import { PROTOCOL_VERSION, type RequestName, REQUESTS } from '@parley/proto/requests';
import type { PeerRecord } from '@parley/proto/room';
import { ROUTER_RTP_CAPABILITIES } from '@parley/proto/router-rtp-capabilities';
import type { Socket } from 'socket.io-client';
import '../harness/jest-timeout.ts';
import { claimsOf, signToken } from '../harness/peer/join-token.ts';
import { openSocket, RawPeer } from '../harness/peer/raw-peer.ts';
import { callRoute } from '../harness/peer/rest-client.ts';
import { Launcher } from '../harness/servers/launcher.ts';
import { TalkingPair } from '../harness/peer/talking-pair.ts';
import { dtlsParameters, opusParameters, simulcastParameters, waitFor } from '@parley/common/testing';

const FAR_FUTURE = Math.floor(Date.now() / 1000) + 3600;

describe('the socket edge, given bad input', () => {
  let launcher: Launcher;
  let pair: TalkingPair;
  let code: string;
  let pids: number[];
  const sockets: Socket[] = [];

  const join = async (name: string, room = code): Promise<RawPeer> => {
    const peer = await RawPeer.join(launcher.origin, room, name);
    sockets.push(peer.socket);
    return peer;
  };

  const connect = async (name: string): Promise<RawPeer> => {
    const peer = await RawPeer.connect(launcher.origin, code, name);
    sockets.push(peer.socket);
    return peer;
  };

  beforeAll(async () => {
    launcher = await Launcher.start({
      env: { ROOM_PEERS_PER_ADDRESS: '100', MEDIA_CONNECT_TIMEOUT_MS: '600000' },
    });
    pair = await TalkingPair.create(launcher.origin);
    ({ code } = await callRoute(launcher.origin, 'createRoom', { body: {} }));
    pids = launcher.servicePids();
  });

  afterAll(async () => {
    for (const socket of sockets) socket.close();
    await pair?.leave();
    await launcher?.stop();
  });

  describe('as credentials', () => {
    const ticket = () => callRoute(launcher.origin, 'joinRoom', { code, body: { displayName: 'Eve' } });
    const claims = async () => claimsOf((await ticket()).token);

    const refusedWith = async (auth: unknown): Promise<string> => {
      const error = await openSocket(launcher.origin, auth).then(
        () => undefined,
        (refusal: Error & { data?: unknown }) => refusal,
      );
      if (!error) throw new Error('the socket was accepted');
      return errorBodySchema.parse(error.data).code;
    };

    test('accepts a token that the gateway issued, so that the refusals below have the stated cause', async () => {
      const socket = await openSocket(launcher.origin, { token: (await ticket()).token });
      expect(socket.connected).toBe(true);
      socket.close();
    });

    test('refuses a token signed with another key', async () => {
      expect(await refusedWith({ token: signToken(await claims(), 'x'.repeat(43)) })).toBe('token_invalid');
    });

    test('refuses a token that says it needs no signature', async () => {
      const token = signToken(await claims(), '', { alg: 'none', typ: 'JWT' });
      expect(await refusedWith({ token })).toBe('token_invalid');
    });

    test('refuses a token whose claims were changed', async () => {
      const [header, , signature] = (await ticket()).token.split('.');
      const changed = Buffer.from(JSON.stringify({ ...(await claims()), name: 'Admin' })).toString(
        'base64url',
      );
      expect(await refusedWith({ token: `${header}.${changed}.${signature}` })).toBe('token_invalid');
    });

    test('refuses an expired token with a valid signature', async () => {
      const past = Math.floor(Date.now() / 1000) - 60;
      const token = signToken(
        { ...(await claims()), iat: past - 60, exp: past },
        launcher.secrets.joinTokenSecret,
      );
      expect(await refusedWith({ token })).toBe('token_expired');
    });

    test('refuses a token with a valid signature for another audience, without a peer or with a wrong room', async () => {
      const good = { ...(await claims()), exp: FAR_FUTURE };
      const { joinTokenSecret } = launcher.secrets;
      const accepted = await openSocket(launcher.origin, { token: signToken(good, joinTokenSecret) });
      accepted.close();
      expect(await refusedWith({ token: signToken({ ...good, aud: 'elsewhere' }, joinTokenSecret) })).toBe(
        'token_invalid',
      );
      expect(await refusedWith({ token: signToken({ ...good, sub: undefined }, joinTokenSecret) })).toBe(
        'token_invalid',
      );
      expect(await refusedWith({ token: signToken({ ...good, room: '../x' }, joinTokenSecret) })).toBe(
        'token_invalid',
      );
    });

    test('refuses credentials of the wrong shape', async () => {
      const { token } = await ticket();
      for (const auth of [
        {},
        { token: '' },
        { token: 7 },
        { token, admin: true },
        { token: 'x'.repeat(5000) },
      ]) {
        expect(await refusedWith(auth)).toBe('unauthenticated');
      }
    });

    test('refuses a resume secret that the server never issued', async () => {
      const peerId = pair.talker.peerId;
      expect(await refusedWith({ resumeSecret: `${code}.${peerId}.${'A'.repeat(43)}` })).toBe(
        'resume_rejected',
      );
      expect(await refusedWith({ resumeSecret: 'A'.repeat(64) })).toBe('resume_rejected');
    });

    test('refuses a connection from a page of another origin', async () => {
      const { token } = await ticket();
      const response = await fetch(`${launcher.origin}/socket.io/?EIO=4&transport=polling`, {
        headers: { origin: 'http://evil.example' },
      });
      expect(response.status).toBe(403);
      await expect(
        openSocket(launcher.origin, { token }, { origin: 'http://evil.example' }),
      ).rejects.toThrow();
    });
  });

  describe('before joining', () => {
    const verbs = (Object.keys(REQUESTS) as RequestName[]).filter(
      (name) => REQUESTS[name].phase === 'joined',
    );

    test('refuses every verb that needs a room', async () => {
      const peer = await connect('Early');
      for (const verb of verbs) expect([verb, await peer.refusal(verb, {})]).toEqual([verb, 'not_joined']);
    });

    test('refuses a malformed join, and accepts a correct one on the same socket afterwards', async () => {
      const peer = await connect('Early');
      expect(
        await peer.refusal('room:join', { protocol: 999, rtpCapabilities: ROUTER_RTP_CAPABILITIES }),
      ).toBe('invalid_request');
      const codecs = Array.from({ length: 400 }, () => ({
        kind: 'video',
        mimeType: 'video/x',
        preferredPayloadType: 96,
        clockRate: 1,
      }));
      const manyCodecs = { protocol: PROTOCOL_VERSION, rtpCapabilities: { codecs, headerExtensions: [] } };
      expect(await peer.refusal('room:join', manyCodecs)).toBe('invalid_request');
      const unknownField = {
        protocol: PROTOCOL_VERSION,
        rtpCapabilities: ROUTER_RTP_CAPABILITIES,
        peerId: pair.talker.peerId,
      };
      expect(await peer.refusal('room:join', unknownField)).toBe('invalid_request');
      const { snapshot } = await peer.join();
      expect(snapshot.self.peerId).toBe(peer.peerId);
    });
  });

  describe('from a peer in the room', () => {
    test('refuses an unknown verb, and a second join', async () => {
      const peer = await join('Odd');
      const answer: unknown = await peer.socket.timeout(10_000).emitWithAck('room:destroy', {});
      expect(answer).toMatchObject({ ok: false, error: { code: 'invalid_request' } });
      const again = { protocol: PROTOCOL_VERSION, rtpCapabilities: ROUTER_RTP_CAPABILITIES };
      expect(await peer.refusal('room:join', again)).toBe('already_joined');
    });

    test('survives events without an ack, with null, with too many arguments and with __proto__ keys', async () => {
      const peer = await join('Odd');
      const poison: unknown = JSON.parse(
        '{"raised":true,"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
      );
      for (const verb of ['peer:set-hand', 'room:destroy', '__proto__', 'constructor', 'toString']) {
        peer.socket.emit(verb);
        peer.socket.emit(verb, null);
        peer.socket.emit(verb, poison);
        peer.socket.emit(verb, 1, [2], { three: 3 }, 'four');
        peer.socket.emit(verb, Buffer.from('binary'));
      }
      const hand = await join('Fresh');
      expect(await hand.refusal('peer:set-hand', poison)).toBe('invalid_request');
      expect(await hand.refusal('peer:set-hand', null)).toBe('invalid_request');
      expect(await hand.refusal('peer:set-hand', [])).toBe('invalid_request');
      expect(await hand.refusal('peer:set-hand', { raised: 'yes' })).toBe('invalid_request');
      expect(await hand.refusal('peer:set-hand', { raised: true, peerId: peer.peerId })).toBe(
        'invalid_request',
      );
      await hand.request('peer:set-hand', { raised: true });
    });

    test('ends only the socket that sends a frame of more than 64 KB', async () => {
      const peer = await join('Heavy');
      const other = await join('Light');
      peer.socket.emit('chat:send', { text: 'x'.repeat(100_000) });
      await waitFor(() => !peer.socket.connected, { what: 'the heavy socket to be ended' });
      await other.request('peer:set-hand', { raised: true });
    });

    test('ends only the socket that sends a malformed Socket.io packet', async () => {
      const peer = await join('Noise');
      const other = await join('Calm');
      const { transport } = peer.socket.io.engine as unknown as {
        transport: { ws: { send(data: string): void } };
      };
      transport.ws.send('42["room:leave",{"a":');
      await waitFor(() => !peer.socket.connected, { what: 'the noisy socket to be ended' });
      await other.request('peer:set-hand', { raised: true });
    });
  });

  describe('as ids of somebody else', () => {
    test('refuses transports, producers and consumers of another peer of the room', async () => {
      const owner = await join('Owner');
      const thief = await join('Thief');
      const producerId = await owner.produce('microphone');
      const listener = await join('Listener');
      const [consumer] = await listener.consume([producerId]);
      const { transportId } = owner.joined.transports.send;
      const connect = { transportId, dtlsParameters: dtlsParameters() };
      expect(await thief.refusal('transport:connect', connect)).toBe('transport_not_found');
      expect(await thief.refusal('transport:restart-ice', { transportId })).toBe('transport_not_found');
      for (const verb of ['producer:pause', 'producer:resume', 'producer:close'] as const) {
        expect([verb, await thief.refusal(verb, { producerId })]).toEqual([verb, 'producer_not_found']);
      }
      const consumerIds = [consumer!.consumerId];
      for (const verb of ['consumer:pause', 'consumer:resume', 'consumer:request-key-frame'] as const) {
        expect([verb, await thief.refusal(verb, { consumerIds })]).toEqual([verb, 'consumer_not_found']);
      }
      const layers = [{ consumerId: consumerIds[0]!, preferredLayers: { spatialLayer: 0 } }];
      expect(await thief.refusal('consumer:set-layers', { layers })).toBe('consumer_not_found');
      // Producer and consumer still exist and still belong to their owners.
      await listener.request('consumer:resume', { consumerIds });
      await owner.request('producer:pause', { producerId });
    });

    test('refuses producers and peers of another room', async () => {
      const peer = await join('Stranger');
      const foreign = pair.listener.joined.snapshot.peers[0]!;
      const [producer] = pair.listener.notifications<{ peer: PeerRecord }>('peer:updated').at(-1)!
        .peer.producers;
      const { results } = await peer.request('consumer:create', {
        producers: [{ producerId: producer!.producerId }],
      });
      expect(results).toMatchObject([{ status: 'failed', error: { code: 'producer_not_found' } }]);
      const message = { clientMessageId: crypto.randomUUID(), toPeerId: foreign.peerId, text: 'psst' };
      expect(await peer.refusal('chat:send', message)).toBe('peer_not_found');
    });
  });

  describe('as malformed media parameters', () => {
    test('refuses DTLS parameters without, with too many and with false fingerprints', async () => {
      const peer = await join('Dtls');
      const { transportId } = peer.joined.transports.send;
      const [good] = dtlsParameters().fingerprints;
      const broken = [
        [],
        Array.from({ length: 300 }, () => good),
        [{ algorithm: 'sha-256', value: '' }],
        [{ algorithm: 'sha-512', value: good!.value }],
        [{ algorithm: 'md5', value: good!.value }],
        [{ ...good, extra: 1 }],
      ];
      for (const fingerprints of broken) {
        const connect = { transportId, dtlsParameters: { role: 'client', fingerprints } };
        expect(await peer.refusal('transport:connect', connect)).toBe('invalid_request');
      }
      await peer.connectTransports();
    });

    const opus = opusParameters();
    const vp8 = simulcastParameters();
    const nonsense: [string, unknown][] = [
      ['no codecs', { ...opus, codecs: [] }],
      ['hundreds of codecs', { ...opus, codecs: Array.from({ length: 300 }, () => opus.codecs[0]) }],
      ['a codec nobody knows', { ...opus, codecs: [{ ...opus.codecs[0], mimeType: 'audio/nonsense' }] }],
      ['a codec of the other kind', { ...opus, codecs: [vp8.codecs[0]] }],
      ['a clock rate that opus has not', { ...opus, codecs: [{ ...opus.codecs[0], clockRate: 1 }] }],
      ['retransmission of nothing', { ...vp8, codecs: [vp8.codecs[1]] }],
      [
        'retransmission of a payload type that is not there',
        { ...vp8, codecs: [vp8.codecs[0], { ...vp8.codecs[1], parameters: { apt: 5 } }] },
      ],
      ['a payload type out of range', { ...opus, codecs: [{ ...opus.codecs[0], payloadType: 4096 }] }],
      [
        'the same header extension twice',
        { ...opus, headerExtensions: [opus.headerExtensions![0], opus.headerExtensions![0]] },
      ],
      ['an encoding that cannot be recognised', { ...opus, mid: undefined, encodings: [{}] }],
      ['two layers with the same name', { ...vp8, encodings: [{ rid: 'r0' }, { rid: 'r0' }] }],
      ['too many layers', { ...vp8, encodings: Array.from({ length: 100 }, (_, n) => ({ rid: `r${n}` })) }],
      ['an unknown field', { ...opus, __comment: 'x' }],
      ['no parameters at all', null],
    ];

    test.each(nonsense)('refuses to produce with %s', async (_what, rtpParameters) => {
      const peer = await join('Nonsense');
      const isVideo =
        JSON.stringify(rtpParameters)?.includes('rid') || JSON.stringify(rtpParameters)?.includes('rtx');
      const kind = isVideo ? { source: 'camera', kind: 'video' } : { source: 'microphone', kind: 'audio' };
      expect(await peer.refusal('producer:create', { ...kind, rtpParameters, paused: false })).toBe(
        'invalid_request',
      );
      // The refused request did not occupy the source.
      await peer.produce(isVideo ? 'camera' : 'microphone');
    });

    test('refuses a kind that does not fit the source', async () => {
      const peer = await join('Mixed');
      const request = { source: 'camera', kind: 'audio', rtpParameters: opus, paused: false };
      expect(await peer.refusal('producer:create', request)).toBe('invalid_request');
    });
  });

  test('affects no other peer and restarts no process', async () => {
    await pair.expectUndisturbed();
    expect(launcher.servicePids()).toEqual(pids);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    for (const service of ['media', 'signaling', 'gateway']) {
      expect(launcher.log(service).filter(({ level }) => level === 'error' || level === 'fatal')).toEqual([]);
    }
  });
});
