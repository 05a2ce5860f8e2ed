import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ErrorCode } from '@parley/proto/errors';
import type { ConsumerId, MessageId, PeerId, ProducerId, RoomCode } from '@parley/proto/ids';
import {
  PROTOCOL_VERSION,
  REQUESTS,
  ROLE_PERMISSIONS,
  VERB_RULES,
  type Notification,
  type Permission,
  type RequestName,
  type Snapshot,
  type VerbRule,
} from '@parley/proto/requests';
import { roleSchema } from '@parley/proto/room';
import { SOURCE_KINDS, sourceSchema } from '@parley/proto/rtp';
import { SignJWT } from 'jose';
import { camera, dtlsParameters, microphone, RTP_CAPABILITIES } from './support/rtp.ts';
import { Refusal, TestClient } from './support/test-client.ts';
import { JOIN_TOKEN_SECRET, TestBackend, type TestSignaling } from './support/test-signaling.ts';

/** Somebody in a room, with something of everything, and the ids of it all. */
type Victim = {
  client: TestClient;
  listener: TestClient;
  producerId: ProducerId;
  consumerId: ConsumerId;
  peerId: PeerId;
};

type Case = {
  /** Well-formed, about what the victim has. */
  payload: (victim: Victim) => unknown;
  /** The reply to a joined peer of another room: a code, or 'own' for a verb that names nothing and reaches its own room only. */
  fromOtherRoom: ErrorCode | 'own';
};

/** The message that the victim has sent. */
const sent = new Map<TestClient, MessageId>();
const messageOf = (client: TestClient) => sent.get(client);
/** After these the peer has no socket. */
const LEAVING: readonly RequestName[] = ['room:leave', 'room:suspend', 'room:end-call'];

type Need = { verb: RequestName; needed: Permission; payload: () => unknown };

const consumers = ({ consumerId }: Victim) => ({ consumerIds: [consumerId] });

/** One line for each verb of the contract: a new verb without one does not compile. */
const CASES: Record<RequestName, Case> = {
  'room:join': {
    payload: () => ({ protocol: PROTOCOL_VERSION, rtpCapabilities: RTP_CAPABILITIES }),
    fromOtherRoom: 'already_joined',
  },
  'room:knock': { payload: () => ({ protocol: PROTOCOL_VERSION }), fromOtherRoom: 'already_joined' },
  'lobby:open': {
    payload: () => ({ protocol: PROTOCOL_VERSION, rtpCapabilities: RTP_CAPABILITIES }),
    fromOtherRoom: 'already_joined',
  },
  'lobby:connect': {
    payload: ({ client }) => ({
      transportId: client.transports.send.transportId,
      dtlsParameters: dtlsParameters(),
    }),
    fromOtherRoom: 'already_joined',
  },
  'lobby:watch': { payload: () => ({ protocol: PROTOCOL_VERSION }), fromOtherRoom: 'already_joined' },
  'room:resume': { payload: () => ({ protocol: PROTOCOL_VERSION }), fromOtherRoom: 'already_joined' },
  'room:leave': { payload: () => ({}), fromOtherRoom: 'own' },
  'room:suspend': { payload: () => ({}), fromOtherRoom: 'own' },
  'room:move-here': { payload: () => ({}), fromOtherRoom: 'own' },
  'room:ping': { payload: () => ({}), fromOtherRoom: 'own' },
  'media:reopen': { payload: () => ({ rtpCapabilities: RTP_CAPABILITIES }), fromOtherRoom: 'own' },
  'transport:connect': {
    payload: ({ client }) => ({
      transportId: client.transports.send.transportId,
      dtlsParameters: dtlsParameters(),
    }),
    fromOtherRoom: 'transport_not_found',
  },
  'transport:restart-ice': {
    payload: ({ client }) => ({ transportId: client.transports.send.transportId }),
    fromOtherRoom: 'transport_not_found',
  },
  'transport:open-send': { payload: () => ({}), fromOtherRoom: 'own' },
  'producer:create': { payload: () => microphone(), fromOtherRoom: 'own' },
  'producer:pause': { payload: ({ producerId }) => ({ producerId }), fromOtherRoom: 'producer_not_found' },
  'producer:resume': { payload: ({ producerId }) => ({ producerId }), fromOtherRoom: 'producer_not_found' },
  'producer:close': { payload: ({ producerId }) => ({ producerId }), fromOtherRoom: 'producer_not_found' },
  'consumer:create': {
    payload: ({ producerId }) => ({ producers: [{ producerId }] }),
    fromOtherRoom: 'producer_not_found',
  },
  'consumer:pause': { payload: consumers, fromOtherRoom: 'consumer_not_found' },
  'consumer:resume': { payload: consumers, fromOtherRoom: 'consumer_not_found' },
  // Closing what is closed is no error; that the victim's consumer still lives is asserted for every verb.
  'consumer:close': { payload: consumers, fromOtherRoom: 'own' },
  'consumer:set-layers': {
    payload: ({ consumerId }) => ({ layers: [{ consumerId, preferredLayers: { spatialLayer: 0 } }] }),
    fromOtherRoom: 'consumer_not_found',
  },
  'consumer:request-key-frame': { payload: consumers, fromOtherRoom: 'consumer_not_found' },
  'chat:send': {
    payload: ({ peerId }) => ({ clientMessageId: randomUUID(), toPeerId: peerId, text: 'psst' }),
    fromOtherRoom: 'peer_not_found',
  },
  'chat:offer-file': { payload: () => ({ name: 'notes.txt', size: 100 }), fromOtherRoom: 'own' },
  'chat:link-file': {
    payload: ({ client }) => ({ messageId: messageOf(client) }),
    fromOtherRoom: 'not_found',
  },
  'chat:edit': {
    payload: ({ client }) => ({ messageId: messageOf(client), text: 'other words' }),
    fromOtherRoom: 'not_found',
  },
  'chat:delete': {
    payload: ({ client }) => ({ messageId: messageOf(client) }),
    fromOtherRoom: 'not_found',
  },
  'chat:react': {
    payload: ({ client }) => ({ messageId: messageOf(client), emoji: '👍', on: true }),
    fromOtherRoom: 'not_found',
  },
  'chat:type': {
    payload: ({ peerId }) => ({ toPeerId: peerId, typing: true }),
    fromOtherRoom: 'own',
  },
  'chat:list': { payload: () => ({ limit: 10 }), fromOtherRoom: 'own' },
  'chat:list-changes': { payload: () => ({ since: 0, limit: 10 }), fromOtherRoom: 'own' },
  'chat:clear': { payload: () => ({}), fromOtherRoom: 'own' },
  'peer:set-hand': { payload: () => ({ raised: true }), fromOtherRoom: 'own' },
  'peer:set-profile': { payload: () => ({ displayName: 'Mallory' }), fromOtherRoom: 'own' },
  'peer:react': { payload: () => ({ reaction: 'clap' }), fromOtherRoom: 'own' },
  'people:list': { payload: () => ({ search: 'mallory' }), fromOtherRoom: 'own' },
  'peer:mute': { payload: ({ peerId }) => ({ peerId }), fromOtherRoom: 'peer_not_found' },
  'peer:ask-to-unmute': { payload: ({ peerId }) => ({ peerId }), fromOtherRoom: 'peer_not_found' },
  'peer:stop': {
    payload: ({ peerId }) => ({ peerId, source: 'camera' }),
    fromOtherRoom: 'peer_not_found',
  },
  'peer:lower-hand': { payload: ({ peerId }) => ({ peerId }), fromOtherRoom: 'peer_not_found' },
  'room:lower-hands': { payload: () => ({}), fromOtherRoom: 'own' },
  'peer:set-role': {
    payload: ({ peerId }) => ({ peerId, role: 'viewer' }),
    fromOtherRoom: 'peer_not_found',
  },
  'room:hand-over': { payload: ({ peerId }) => ({ peerId }), fromOtherRoom: 'peer_not_found' },
  'peer:remove': { payload: ({ peerId }) => ({ peerId }), fromOtherRoom: 'peer_not_found' },
  'peer:ban': { payload: ({ peerId }) => ({ peerId }), fromOtherRoom: 'peer_not_found' },
  'door:admit': { payload: ({ peerId }) => ({ peerIds: [peerId] }), fromOtherRoom: 'own' },
  'door:admit-all': { payload: () => ({}), fromOtherRoom: 'own' },
  'door:deny': { payload: ({ peerId }) => ({ peerId }), fromOtherRoom: 'peer_not_found' },
  'room:mute-all': { payload: () => ({}), fromOtherRoom: 'own' },
  'room:change-settings': { payload: () => ({ settings: { locked: false } }), fromOtherRoom: 'own' },
  'room:end-call': { payload: () => ({}), fromOtherRoom: 'own' },
};
const VERBS = Object.keys(REQUESTS) as RequestName[];

describe('every verb', () => {
  let backend: TestBackend;
  let signaling: TestSignaling;
  let code: RoomCode;
  let otherCode: RoomCode;
  let victim: Victim;
  let before: { snapshot: Snapshot; events: number };

  const look = async (): Promise<Snapshot> => {
    const witness = await signaling.join(code, 'Witness');
    const { snapshot } = witness;
    await witness.request('room:leave', {});
    await victim.client.notified('peer:left', ({ peerId }) => peerId === witness.peerId);
    return snapshot;
  };

  const expectUntouched = async (): Promise<void> => {
    const { peers, chat } = await look();
    expect({ peers, chat }).toEqual({ peers: before.snapshot.peers, chat: before.snapshot.chat });
    await victim.listener.request('consumer:resume', { consumerIds: [victim.consumerId] });
    const seen = victim.client.received.slice(before.events);
    expect(seen.filter((event) => !isOrdinary(event))).toEqual([]);
  };

  beforeAll(async () => {
    backend = await TestBackend.start();
    // A witness joins before and after each of some hundred tests.
    signaling = await backend.signaling({ ROOM_EVENTS_PER_SECOND: '1000' });
    [code, otherCode] = [await signaling.createRoom(), await signaling.createRoom()];
    const client = await signaling.join(code, 'Victim');
    const { producerId } = await client.request('producer:create', microphone());
    const listener = await signaling.join(code, 'Listener');
    const { results } = await listener.request('consumer:create', { producers: [{ producerId }] });
    const [result] = results;
    if (result?.status !== 'created') throw new Error('nothing was consumed');
    victim = { client, listener, producerId, consumerId: result.consumer.consumerId, peerId: client.peerId };
    const { message } = await client.request('chat:send', {
      clientMessageId: randomUUID(),
      toPeerId: null,
      text: 'only for this room',
    });
    sent.set(client, message.messageId);
  }, 180_000);
  afterAll(async () => {
    await signaling.stop();
    await backend.stop();
  });
  beforeEach(async () => {
    const snapshot = await look();
    before = { snapshot, events: victim.client.received.length };
  });

  describe('of a stranger', () => {
    const forged = (secret: string, lifetimeS: number) => {
      const now = Math.floor(Date.now() / 1000);
      const claims = { room: code, name: 'Mallory', role: 'owner', trace: 'a'.repeat(32), sub: randomUUID() };
      return new SignJWT({
        ...claims,
        iss: 'parley',
        aud: 'parley-signaling',
        iat: now - 100,
        exp: now + lifetimeS,
      })
        .setProtectedHeader({ alg: 'HS256' })
        .sign(new TextEncoder().encode(secret));
    };

    test.each<[string, () => Promise<object>, string]>([
      ['without credentials', async () => ({}), 'unauthenticated'],
      ['with a forged token', async () => ({ token: await forged('x'.repeat(40), 60) }), 'token_invalid'],
      [
        'with an expired token',
        async () => ({ token: await forged(JOIN_TOKEN_SECRET, -5) }),
        'token_expired',
      ],
      [
        'with a made-up resume secret',
        async () => ({ resumeSecret: `${code}.${victim.peerId}.${'A'.repeat(43)}` }),
        'resume_rejected',
      ],
    ])('%s never reaches a handler: the socket is not let in', async (_what, credentials, expected) => {
      const refusal = await TestClient.connect(signaling.url, await credentials()).catch(
        (error: unknown) => error,
      );
      expect(refusal).toBeInstanceOf(Refusal);
      expect((refusal as Refusal).body?.code).toBe(expected);
      await expectUntouched();
    });

    test.each(VERBS)('%s is not answered on a transport without a handshake', async (verb) => {
      const outsider = await openUnauthenticated(signaling.url);
      const id = 7;
      outsider.send(`42${id}${JSON.stringify([verb, CASES[verb].payload(victim)])}`);
      // The server ends what speaks before it was let in; no reply ever comes.
      const received = await outsider.ended;
      expect(received.filter((text) => text.startsWith(`43${id}`))).toEqual([]);
    });
  });

  test.each(VERBS.filter((verb) => REQUESTS[verb].phase === 'joined'))(
    '%s before the join is refused',
    async (verb) => {
      const early = await signaling.connect(code, 'Early');
      expect(await early.refusal(verb, CASES[verb].payload(victim))).toBe('not_joined');
      await expectUntouched();
      early.close();
    },
  );

  test.each(VERBS.filter((verb) => REQUESTS[verb].phase === 'connected'))(
    '%s after the join is refused',
    async (verb) => {
      const joined = await signaling.join(otherCode, 'Twice');
      expect(await joined.refusal(verb, CASES[verb].payload(victim))).toBe('already_joined');
      await joined.request('room:leave', {});
    },
  );

  test('room:resume with a join token, and room:join with a resume secret, are refused', async () => {
    const withToken = await signaling.connect(otherCode);
    expect(await withToken.refusal('room:resume', { protocol: PROTOCOL_VERSION })).toBe('resume_rejected');
    const joined = await withToken.join();
    const withSecret = await signaling.reconnect(joined);
    expect(
      await withSecret.refusal('room:join', {
        protocol: PROTOCOL_VERSION,
        rtpCapabilities: RTP_CAPABILITIES,
      }),
    ).toBe('token_invalid');
    await withSecret.resume();
    await withSecret.request('room:leave', {});
  });

  test.each(VERBS)('%s from a peer of another room does nothing to this one', async (verb) => {
    const { payload, fromOtherRoom } = CASES[verb];
    // The owner of another room is nobody here.
    const outsider = await signaling.joinAs('owner', otherCode);
    const reply = await outsider.attempt(verb, payload(victim));
    if (fromOtherRoom === 'own') {
      expect(reply.ok).toBe(true);
      expect(JSON.stringify(reply)).not.toContain('only for this room');
    } else if (verb === 'consumer:create') {
      expect(reply).toMatchObject({
        ok: true,
        data: { results: [{ status: 'failed', error: { code: fromOtherRoom } }] },
      });
    } else {
      expect(reply).toMatchObject({ ok: false, error: { code: fromOtherRoom } });
    }
    await expectUntouched();
    expect(
      outsider.received.filter(({ payload: seen }) => JSON.stringify(seen).includes(victim.peerId)),
    ).toEqual([]);
    if (!LEAVING.includes(verb)) await outsider.request('room:leave', {});
  });

  /** Each verb, and each source of `producer:create`, with the permission that its rule names. */
  const needs: Need[] = VERBS.flatMap((verb): Need[] => {
    const rule: VerbRule = VERB_RULES[verb];
    if (rule === null) return [];
    if (typeof rule === 'string') return [{ verb, needed: rule, payload: () => CASES[verb].payload(victim) }];
    return sourceSchema.options.map((source) => {
      const needed = rule.bySource[source];
      const parameters = SOURCE_KINDS[source] === 'audio' ? microphone : camera;
      return { verb, needed, payload: () => ({ ...parameters(), source }) };
    });
  });

  test.each(roleSchema.options)(
    'a peer with the role %s may what its role allows, and no more',
    async (role) => {
      const allowed = ROLE_PERMISSIONS[role];
      for (const { verb, needed, payload } of needs) {
        const peer = await signaling.joinAs(role, otherCode);
        const reply = await peer.attempt(verb, payload());
        const isForbidden = !reply.ok && reply.error.code === 'forbidden';
        expect([verb, needed, isForbidden]).toEqual([verb, needed, !allowed.includes(needed)]);
        if (isForbidden || !LEAVING.includes(verb)) await peer.request('room:leave', {});
      }
    },
  );
});

/**
 * The witness came and went, or the node reports that no peer speaks: it does so at any time after the join, with or
 * without a dominant peer. No client sends a packet here, so that a speaker would be a fault.
 */
function isOrdinary({ name, payload }: TestClient['received'][number]): boolean {
  if (name === 'peer:joined') return (payload as Notification<typeof name>).peer.displayName === 'Witness';
  if (name === 'speakers:changed') return (payload as Notification<typeof name>).speakers.length === 0;
  return name === 'peer:left';
}

/** A bare WebSocket that has not sent the Socket.io handshake. */
async function openUnauthenticated(
  url: string,
): Promise<{ send: (text: string) => void; ended: Promise<string[]> }> {
  const received: string[] = [];
  const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, {
    headers: { origin: url },
  });
  const ended = new Promise<string[]>((resolve) => socket.addEventListener('close', () => resolve(received)));
  socket.addEventListener('message', (event) => received.push(String(event.data)));
  await new Promise((resolve, reject) => {
    socket.addEventListener('message', resolve, { once: true });
    socket.addEventListener('error', reject, { once: true });
  });
  return { send: (text) => socket.send(text), ended };
}
