import { describe, expect, test } from '@jest/globals';
import type { ProducerId } from '@parley/proto/ids';
import { FIRST_PICTURES_MAX, FIRST_VOICES_MAX, PROTOCOL_VERSION } from '@parley/proto/requests';
import type { PeerRecord } from '@parley/proto/room';
import type { Source } from '@parley/proto/rtp';
import { firstConsumers } from '../src/room/media/first-consumers.ts';
import { camera, microphone, RTP_CAPABILITIES, screen } from './support/rtp.ts';
import { useSignaling, withFakeNode } from './support/running-signaling.ts';
import type { TestClient } from './support/test-client.ts';

type Made = [id: string, source: Source, paused?: 'paused'];

function person(...made: Made[]): PeerRecord {
  const producers = made.map(([id, source, paused]) => ({
    producerId: id as ProducerId,
    source,
    kind: source === 'camera' || source === 'screen' ? 'video' : 'audio',
    paused: paused !== undefined,
  }));
  return { producers } as unknown as PeerRecord;
}

const ids = (peers: PeerRecord[], pictures = 9, forwarded: string[] | null = null) =>
  firstConsumers(peers, pictures, forwarded as ProducerId[] | null).map(({ producerId }) => producerId);

describe('what a newcomer receives first', () => {
  test.each<[string, PeerRecord[], number, string[] | null, string[]]>([
    ['nothing in an empty room', [], 9, null, []],
    ['voices before pictures', [person(['cam', 'camera'], ['mic', 'microphone'])], 9, null, ['mic', 'cam']],
    [
      'also who is muted, after those who are not, but no camera that is off',
      [person(['a', 'microphone', 'paused'], ['c', 'camera', 'paused']), person(['b', 'microphone'])],
      9,
      null,
      ['b', 'a'],
    ],
    [
      'the sound of a screen before voices, and forwarded voices before others',
      [person(['a', 'microphone']), person(['b', 'microphone'], ['s', 'screen-audio'])],
      9,
      ['b'],
      ['s', 'b', 'a'],
    ],
    [
      'screens before cameras, as many pictures as the page shows',
      [person(['a', 'camera']), person(['b', 'camera'], ['s', 'screen'])],
      2,
      null,
      ['s', 'a'],
    ],
    ['no picture for a page that shows none', [person(['a', 'camera'], ['m', 'microphone'])], 0, null, ['m']],
  ])('%s', (_name, peers, pictures, forwarded, expected) => {
    expect(ids(peers, pictures, forwarded)).toEqual(expected);
  });

  test('begins with paused pictures on a transport that may be connected before they are set up', () => {
    const peers = [person(['mic', 'microphone'], ['cam', 'camera'])];
    const resumed = (mayConnect: boolean) =>
      firstConsumers(peers, 9, null, mayConnect).map((item) => item.resumed);
    expect([resumed(false), resumed(true)]).toEqual([
      [true, true],
      [true, false],
    ]);
  });

  test('is bounded however large the room is', () => {
    const peers = Array.from({ length: 100 }, (_, i) => person([`m${i}`, 'microphone'], [`c${i}`, 'camera']));
    expect(ids(peers, FIRST_PICTURES_MAX)).toHaveLength(FIRST_VOICES_MAX + FIRST_PICTURES_MAX);
  });
});

describe('the reply to a join', () => {
  const on = useSignaling(async () => {});
  const wish = { protocol: PROTOCOL_VERSION, rtpCapabilities: RTP_CAPABILITIES } as const;
  const newcomer = async (): Promise<TestClient> => on.signaling.connect(on.code, 'Late');

  test('brings the consumers of what the page shows first, which run, and names no other', async () => {
    const ada = await on.signaling.join(on.code, 'Ada');
    const { producerId: sound } = await ada.request('producer:create', microphone());
    await ada.request('producer:create', camera());
    const { producerId: shared } = await ada.request('producer:create', screen());
    const late = await newcomer();
    const { first, snapshot } = await late.request('room:join', { ...wish, firstPictures: 1 });
    const made = first?.map((result) => (result.status === 'created' ? result.consumer : result.status));
    expect(made).toMatchObject([
      { producerId: sound, paused: false, source: 'microphone', peerId: ada.peerId },
      { producerId: shared, paused: false, source: 'screen' },
    ]);
    expect(snapshot.peers[0]?.producers).toHaveLength(3);
    const again = await late.request('consumer:create', { producers: [{ producerId: sound }] });
    expect(again.results).toEqual([first?.[0]]);
  });

  test('has none for a client that does not ask', async () => {
    const ada = await on.signaling.join(on.code, 'Ada');
    await ada.request('producer:create', microphone());
    const late = await newcomer();
    expect(await late.request('room:join', wish)).not.toHaveProperty('first');
  });

  test('is refused for more pictures than it may bring', async () => {
    const late = await newcomer();
    expect(await late.refusal('room:join', { ...wish, firstPictures: FIRST_PICTURES_MAX + 1 })).toBe(
      'invalid_request',
    );
  });
});

describe('the reply to a join while the node makes no consumers', () => {
  const on = withFakeNode(async () => {});

  test('comes without them, and the peer is in the room', async () => {
    const ada = await on.signaling.join(on.code, 'Ada');
    await ada.request('producer:create', microphone());
    const late = await on.signaling.connect(on.code, 'Late');
    const reply = await late.request('room:join', {
      protocol: PROTOCOL_VERSION,
      rtpCapabilities: RTP_CAPABILITIES,
      firstPictures: 9,
    });
    expect(reply).not.toHaveProperty('first');
    expect((await ada.notified('peer:joined')).peer.peerId).toBe(reply.snapshot.self.peerId);
  });
});
