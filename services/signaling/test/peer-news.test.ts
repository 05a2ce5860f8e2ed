import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import { PEER_CHANGES_MAX } from '@parley/proto/requests';
import type { PeerRecord } from '@parley/proto/room';
import { batchOf, PeerNews, type PeerChanges } from '../src/room/people/peer-news.ts';
import { livePeer, peerId } from './support/live-room-store-contract.ts';

describe('the news of the peers of a room', () => {
  let sent: PeerChanges[];
  let news: PeerNews;

  beforeEach(() => {
    sent = [];
    news = new PeerNews((changes) => sent.push(changes));
  });
  afterEach(() => news.close());

  const record = (name: string, version = 1): PeerRecord => ({ ...livePeer(name).record, version });
  const left = (name: string) => ({ peerId: peerId(name), reason: 'left' as const });
  /** Uses up what may leave at once. */
  const speak = () => {
    for (let turn = 0; sent.length === turn; turn += 1) news.put('peer:updated', record('noise', turn + 1));
    news.remove(left('noise'));
    sent.length = 0;
  };
  /** What comes next, together. */
  const next = async () => {
    const changes = await waitFor<PeerChanges | undefined>(() => sent[0]);
    return batchOf(
      (changes ?? []).filter((change) => change.type !== 'peer:left' || change.left.peerId !== 'noise'),
    );
  };

  test('leave at once when nothing was sent lately', () => {
    news.put('peer:joined', record('ada'));
    expect(sent).toEqual([[{ type: 'peer:joined', peer: record('ada') }]]);
  });

  test('wait in a crowd, and then say the newest of each peer, once and together', async () => {
    speak();
    for (let version = 1; version <= 50; version += 1)
      for (const name of ['ada', 'bob']) news.put('peer:updated', record(name, version));
    news.remove(left('mia'));
    expect(sent).toEqual([]);
    expect(await next()).toEqual({ peers: [record('ada', 50), record('bob', 50)], left: [left('mia')] });
  });

  test('say of somebody who joined and changed that they joined, as they are now', async () => {
    speak();
    news.put('peer:joined', record('ada'));
    news.put('peer:updated', record('ada', 2));
    await waitFor(() => sent.length > 0);
    expect(sent[0]).toContainEqual({ type: 'peer:joined', peer: record('ada', 2) });
  });

  test('say of somebody who came and left that they left: a snapshot may have had them', async () => {
    speak();
    news.put('peer:joined', record('ada'));
    news.remove(left('ada'));
    expect(await next()).toEqual({ peers: [], left: [left('ada')] });
  });

  test('say of somebody who left and was put back that they are there', async () => {
    speak();
    news.remove(left('ada'));
    news.put('peer:updated', record('ada', 12));
    expect(await next()).toEqual({ peers: [record('ada', 12)], left: [] });
  });

  test('are at most ten in a second, and lose nothing', async () => {
    const startedAt = performance.now();
    let version = 0;
    await waitFor(() => {
      version += 1;
      news.put('peer:updated', record('ada', version));
      return sent.length > 10;
    });
    const seconds = (performance.now() - startedAt) / 1_000;
    expect(sent.length).toBeLessThanOrEqual(5 + 5 * seconds + 1);
    const last = version;
    await waitFor(() =>
      sent.flat().some((change) => change.type !== 'peer:left' && change.peer.version === last),
    );
  });

  test('come in parts that a client takes', async () => {
    speak();
    const names = Array.from({ length: PEER_CHANGES_MAX + 50 }, (_, index) => `peer${index}`);
    for (const name of names) news.put('peer:joined', record(name));
    await waitFor(() => sent.length === 2);
    expect(sent[0]).toHaveLength(PEER_CHANGES_MAX);
    const said = sent.flatMap((changes) => batchOf(changes).peers.map(({ displayName }) => displayName));
    expect(said).toEqual(names);
  });

  test('end with the room', async () => {
    speak();
    news.put('peer:joined', record('ada'));
    news.close();
    news.close();
    news.put('peer:joined', record('bob'));
    const other = new PeerNews((changes) => sent.push(changes));
    for (let turn = 1; turn <= 6; turn += 1) other.put('peer:updated', record('mia', turn));
    // Due after what was closed.
    await waitFor(() => sent.length === 6);
    expect(
      sent.flat().every((change) => change.type !== 'peer:left' && change.peer.displayName === 'mia'),
    ).toBe(true);
    other.close();
  });
});
