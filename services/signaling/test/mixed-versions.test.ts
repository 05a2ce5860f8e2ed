import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import { PROTOCOL_VERSION } from '@parley/proto/requests';
import type { PeerRecord, Role } from '@parley/proto/room';
import { FakeMediaNode } from './support/fake-media-node.ts';
import { microphone, RTP_CAPABILITIES } from './support/rtp.ts';
import { useSignaling, withFakeNode } from './support/running-signaling.ts';
import type { TestClient } from './support/test-client.ts';
import { MEDIA_GRPC_SECRET } from './support/test-signaling.ts';

/* While a new version is brought out, signaling calls media nodes of the version before, which lack calls and fields. */

const ASKS = { asksToSend: true } as const;
const WISH = { protocol: PROTOCOL_VERSION, rtpCapabilities: RTP_CAPABILITIES } as const;

describe('people on a media node of a version before links, hands and peers that only receive', () => {
  let host: TestClient;
  const on = withFakeNode(async ({ signaling, code }) => {
    host = await signaling.joinAs('host', code, 'Hana');
  }, 'older');

  const join = async (role: Role) => (await on.signaling.connectAs(role, on.code, 'Vera')).join(ASKS);
  const hostSees = ({ peerId }: TestClient, fits: (record: PeerRecord) => boolean) =>
    host.notified('peer:updated', ({ peer }) => peer.peerId === peerId && fits(peer));
  const setRole = async (client: TestClient, role: Exclude<Role, 'owner'>): Promise<void> => {
    await host.request('peer:set-role', { peerId: client.peerId, role });
    await hostSees(client, (record) => record.role === role);
  };

  test('get no transport to send on as viewers, and both by opening their media anew once they may send', async () => {
    const vera = await join('viewer');
    expect(vera.offered.send).toBeUndefined();
    await setRole(vera, 'participant');
    // The page opens its media anew on any refusal but `forbidden`, and repeats none of these.
    expect(await vera.refusal('transport:open-send', {})).toBe('internal');
    await vera.reopen();
    expect(vera.offered.send).toBeDefined();
    const { producerId } = await vera.request('producer:create', microphone());
    expect(on.node.isPaused(vera.peerId, producerId)).toBe(false);
  });

  test('send nothing as viewers, although the node keeps what they sent on', async () => {
    const vera = await join('participant');
    await vera.request('producer:create', microphone());
    await setRole(vera, 'viewer');
    await hostSees(vera, ({ producers }) => producers.length === 0);
    expect(on.node.sending.has(vera.peerId)).toBe(true);
    expect(await vera.refusal('producer:create', microphone())).toBe('forbidden');
    expect(await vera.refusal('transport:open-send', {})).toBe('forbidden');
  });

  test('raise their hands, as everybody sees', async () => {
    const vera = await join('participant');
    await vera.request('peer:set-hand', { raised: true });
    await hostSees(vera, ({ handRaisedAt }) => handRaisedAt !== null);
    await vera.request('peer:set-hand', { raised: false });
    await hostSees(vera, ({ handRaisedAt }) => handRaisedAt === null);
    expect(vera.notifications('media:reset')).toEqual([]);
  });
});

describe('a room of a media node that has no space, beside a node of a version before links', () => {
  let present: FakeMediaNode;
  let older: FakeMediaNode;

  beforeEach(async () => {
    [present, older] = [
      await FakeMediaNode.start(MEDIA_GRPC_SECRET),
      await FakeMediaNode.start(MEDIA_GRPC_SECRET, 'older'),
    ];
    older.cpu = 0.5;
  });
  const on = useSignaling(
    () => Promise.resolve(),
    () => ({ MEDIA_ADDRESSES: `${present.address},${older.address}` }),
  );
  afterEach(() => Promise.all([present.stop(), older.stop()]));

  /** Resolves when signaling knows whether these take further people. */
  const takes = async (accepting: boolean, ...nodes: FakeMediaNode[]): Promise<void> => {
    for (const node of nodes) node.accepting = accepting;
    const until = performance.now() + 1_500;
    await waitFor(() => performance.now() > until);
  };

  test('stays there, since nobody on that node would hear it, and so does one of that node', async () => {
    const ada = await on.signaling.join(on.code, 'Ada');
    expect(present.peers).toEqual(new Set([ada.peerId]));
    await takes(false, present);
    // The node takes a peer of a room that it has, although it takes no further room.
    const bob = await on.signaling.join(on.code, 'Bob');
    expect([present.peers.has(bob.peerId), older.peers.size]).toEqual([true, 0]);
    const another = await on.signaling.createRoom();
    const carl = await on.signaling.join(another, 'Carl');
    expect(older.peers).toEqual(new Set([carl.peerId]));
    await takes(true, present);
    await takes(false, older);
    const dora = await on.signaling.join(another, 'Dora');
    expect(older.peers).toEqual(new Set([carl.peerId, dora.peerId]));
  });

  test('lets its people move there when its own node stops', async () => {
    const ada = await on.signaling.join(on.code, 'Ada');
    present.draining = true;
    await ada.notified('media:reset');
    await ada.reopen();
    expect(older.peers.has(ada.peerId)).toBe(true);
  });
});

describe('people on a media node of a later version', () => {
  let host: TestClient;
  const on = withFakeNode(async ({ signaling, code }) => {
    host = await signaling.joinAs('host', code, 'Hana');
  });

  test('are notified of what this version knows, and of nothing else', async () => {
    const before = host.received.length;
    // An event that is not set here is one that this version does not know.
    on.node.report({});
    on.node.report({ voicesChanged: { limited: true, producerIds: [] } });
    await host.notified('voices:changed', ({ producerIds }) => producerIds?.length === 0);
    expect(host.received.slice(before).map(({ name }) => name)).toEqual(['voices:changed']);
    expect(await (await on.signaling.connect(on.code, 'Ada')).request('room:join', WISH)).toBeDefined();
  });
});
