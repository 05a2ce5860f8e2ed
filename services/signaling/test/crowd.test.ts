import { describe, expect, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import type { RequestResult } from '@parley/proto/requests';
import { microphone } from './support/rtp.ts';
import { useSignaling } from './support/running-signaling.ts';
import type { TestClient } from './support/test-client.ts';

/** More than are shown whatever they do. */
const OTHERS = 112;
const SHOWN = 100;
const PAGES = { batches: true, pages: true } as const;

describe('a crowd', () => {
  let others: TestClient[] = [];
  const running = useSignaling(
    async ({ signaling, code }) => {
      others = [];
      for (let index = 0; index < OTHERS; index += 1)
        others.push(await signaling.joinAs('viewer', code, `Guest ${index}`));
    },
    { ROOM_PEERS_PER_ADDRESS: '200', PEER_LIMIT: '200', ROOM_EVENTS_PER_SECOND: '1000' },
  );
  const come = async () => (await running.signaling.connect(running.code, 'Ada')).join(PAGES);
  const namesIn = ({ snapshot }: TestClient) => snapshot.peers.map(({ displayName }) => displayName);
  const last = (): TestClient => others.at(-1) as TestClient;
  /** Of the peer as it is after `version`, one by one or in a batch. */
  const knows = (client: TestClient, { peerId }: TestClient) =>
    [
      ...client.notifications('peer:updated').map(({ peer }) => peer),
      ...client.notifications('peers:changed').flatMap(({ peers }) => peers),
    ].findLast((peer) => peer.peerId === peerId);
  const counts = (client: TestClient) => client.notifications('peers:changed').at(-1)?.counts;

  test('is in the snapshot of a client that takes pages with a bounded part and with its number', async () => {
    const ada = await come();
    expect(namesIn(ada)).toEqual(Array.from({ length: SHOWN }, (_, index) => `Guest ${index}`));
    expect(ada.snapshot.counts).toEqual({ all: OTHERS + 1, viewers: OTHERS });
    const old = await running.signaling.join(running.code, 'Old');
    expect(namesIn(old)).toHaveLength(OTHERS + 1);
    expect(old.snapshot.counts).toBeUndefined();
  }, 60_000);

  test('shows whoever leads, sends or wants to speak, from then on', async () => {
    const ada = await come();
    await last().request('peer:set-profile', { displayName: 'Renamed' });
    await last().request('peer:set-hand', { raised: true });
    await waitFor(() => (knows(ada, last())?.handRaisedAt ?? null) !== null);
    expect(knows(ada, last())).toMatchObject({ displayName: 'Renamed' });
    await last().request('peer:set-hand', { raised: false });
    await waitFor(() => knows(ada, last())?.handRaisedAt === null);
    const host = await running.signaling.joinAs('host', running.code, 'Host');
    const speaker = await running.signaling.join(running.code, 'Speaker');
    await speaker.request('producer:create', microphone());
    await waitFor(() => knows(ada, speaker)?.producers.length === 1);
    const late = await come();
    expect(namesIn(late)).toHaveLength(SHOWN + 3);
    expect(namesIn(late)).toEqual(expect.arrayContaining(['Renamed', 'Speaker', 'Host']));
    expect(host.snapshot.counts).toBeUndefined();
  }, 60_000);

  test('says how many there are, and nothing of those whom nobody has to know of', async () => {
    const ada = await come();
    await last().request('peer:set-profile', { displayName: 'Renamed' });
    const [leaving] = others as [TestClient];
    await leaving.request('room:leave', {});
    await waitFor(() => counts(ada)?.all === OTHERS);
    expect(counts(ada)).toEqual({ all: OTHERS, viewers: OTHERS - 1 });
    const left = ada.notifications('peers:changed').flatMap((changes) => changes.left);
    expect(left).toEqual([{ peerId: leaving.peerId, reason: 'left' }]);
    expect(knows(ada, last())).toBeUndefined();
  }, 60_000);

  test('is shown whole again when so many have left that everybody has a place', async () => {
    const ada = await come();
    const gone = OTHERS + 1 - SHOWN;
    for (const leaving of others.slice(0, gone)) await leaving.request('room:leave', {});
    await waitFor(() => counts(ada)?.all === SHOWN);
    const [first, ...hidden] = others.slice(SHOWN);
    await waitFor(() => hidden.every((other) => knows(ada, other) !== undefined));
    expect(knows(ada, first as TestClient)).toMatchObject({ displayName: `Guest ${SHOWN}` });
    const late = await come();
    expect(namesIn(late)).toEqual([
      ...Array.from({ length: OTHERS - gone }, (_, index) => `Guest ${gone + index}`),
      'Ada',
    ]);
  }, 60_000);

  test('is notified of nothing while nothing changes that a page shows', async () => {
    const ada = await come();
    const [shown, whole] = others as [TestClient, TestClient];
    /** Resolves when a client that has everybody was notified, so that this one was as well. */
    const rename = async (client: TestClient, displayName: string) => {
      await client.request('peer:set-profile', { displayName });
      await waitFor(() => knows(whole, client)?.displayName === displayName);
    };
    await rename(shown, 'Before');
    await waitFor(() => knows(ada, shown)?.displayName === 'Before');
    const before = ada.notifications('peers:changed').length;
    for (const name of ['One', 'Two', 'Three']) await rename(last(), name);
    await rename(shown, 'After');
    await waitFor(() => knows(ada, shown)?.displayName === 'After');
    const changes = ada.notifications('peers:changed').slice(before);
    expect(changes.map(({ peers }) => peers.map(({ displayName }) => displayName))).toEqual([['After']]);
  }, 60_000);

  test('can be leafed through and searched, everybody once', async () => {
    const ada = await come();
    const seen: string[] = [];
    let page: RequestResult<'people:list'> | undefined;
    do {
      page = await ada.request('people:list', { limit: 50, ...(page?.next && { after: page.next }) });
      seen.push(...page.people.map(({ displayName }) => displayName));
    } while (page.next !== null);
    expect(seen).toEqual([...others.keys()].map((index) => `Guest ${index}`).concat('Ada'));
    const found = await ada.request('people:list', { search: 'guest 11' });
    expect(found.people.map(({ displayName }) => displayName)).toEqual([
      'Guest 11',
      'Guest 110',
      'Guest 111',
    ]);
    expect(found).toMatchObject({ matches: 3, next: null });
    for (const bad of [
      { limit: 51 },
      { search: 'x'.repeat(65) },
      { after: { joinedAt: 1 } },
      { role: 'host' },
    ])
      expect(await ada.refusal('people:list', bad)).toBe('invalid_request');
  }, 60_000);
});

describe('a small call', () => {
  const running = useSignaling(() => Promise.resolve());

  test('has no number of people in its snapshots: nothing would lower it when somebody leaves', async () => {
    const join = async (name: string) => (await running.signaling.connect(running.code, name)).join(PAGES);
    const [ada, bela] = [await join('Ada'), await join('Bela')];
    const chen = await join('Chen');
    for (const { snapshot } of [ada, bela, chen]) expect(snapshot.counts).toBeUndefined();
    expect(chen.snapshot.peers.map(({ displayName }) => displayName)).toEqual(['Ada', 'Bela']);
    await bela.request('room:leave', {});
    for (const client of [ada, chen])
      await waitFor(() => client.notifications('peer:left').some(({ peerId }) => peerId === bela.peerId));
  });
});
