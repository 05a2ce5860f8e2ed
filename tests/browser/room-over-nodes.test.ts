import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RoomCode } from '@parley/proto/ids';
import type { Notification } from '@parley/proto/requests';
import { enabledCaptures, sendTone } from '../harness/browser/page-probe.ts';
import type { CallPage } from '../harness/browser/pages.ts';
import { expectAllSeeEachOther, expectRightResolution, joinAs } from '../harness/browser/people.ts';
import { expectDoesNotHear, expectHears, expectMoving } from '../harness/browser/playback.ts';
import { TestBrowser } from '../harness/browser/test-browser.ts';
import '../harness/jest-timeout.ts';
import { callRoute } from '../harness/peer/rest-client.ts';
import { scrape, total } from '../harness/records/metrics.ts';
import { Stack } from '../harness/servers/stack.ts';
import { waitFor } from '@parley/common/testing';

const NODES = ['media-1', 'media-2'] as const;
/** In the order of joining: two on each worker of one node, and two on the other node. */
const NAMES = ['Ada', 'Bela', 'Chen', 'Dora', 'Emil', 'Fay'] as const;

/** Volumes of a tone, 20 dB apart. */
const LOUD = 0.5;
const SOFT = 0.05;

type Held = { rooms: number; peers: number; routers: number; pipes: number };

describe('six people on three routers of two media nodes', () => {
  let stack: Stack;
  let browser: TestBrowser;
  let code: RoomCode;
  const people = new Map<string, CallPage>();
  /** The node that the last two people are on. */
  let further: string;
  const of = (name: (typeof NAMES)[number]): CallPage => people.get(name)!;

  beforeAll(async () => {
    // By the number of people alone: a machine that is busy with six browsers would spread them by load.
    const env = {
      MEDIA_WORKERS: '2',
      MEDIA_MAX_PEERS_PER_WORKER: '2',
      MEDIA_ROOM_SPREAD_PERCENT: '100',
    };
    stack = await Stack.start(env, ['--signaling', '2', '--media', '2']);
    browser = await TestBrowser.launch(stack.url('edge'));
    ({ code } = await callRoute(stack.url('edge'), 'createRoom', { body: {} }));
    for (const name of NAMES) people.set(name, await joinAs(browser, code, name));
  });

  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  const heldBy = async (node: string): Promise<Held> => {
    const samples = await scrape(Number(stack.variable(node, 'MEDIA_ADMIN_PORT')));
    const held = (what: string): number => total(samples, `parley_media_${what}`);
    return { rooms: held('rooms'), peers: held('peers'), routers: held('routers'), pipes: held('pipes') };
  };
  const held = async (): Promise<Held[]> => {
    const both = await Promise.all(NODES.map(heldBy));
    return both.toSorted((one, other) => other.peers - one.peers);
  };

  test('are placed there, and all see each other', async () => {
    await expectAllSeeEachOther([...people.values()]);
    expect(await held()).toMatchObject([
      { rooms: 1, peers: 4, routers: 2 },
      { rooms: 1, peers: 2, routers: 1 },
    ]);
    for (const { pipes } of await held()) expect(pipes).toBeGreaterThan(0);
    const peersOfFirst = (await heldBy(NODES[0])).peers;
    further = peersOfFirst === 2 ? NODES[0] : NODES[1];
  });

  test('hear each other across nodes, until somebody mutes', async () => {
    await expectHears(of('Ada'), 'Fay');
    await expectHears(of('Fay'), 'Ada');
    await of('Fay').press('Mute microphone');
    for (const name of ['Ada', 'Chen', 'Emil'] as const) {
      await of(name).tileSaying('Fay', 'muted').waitFor();
      await expectDoesNotHear(of(name), 'Fay');
    }
    expect(await enabledCaptures(of('Fay').page, 'audio')).toBe(0);
    await of('Fay').press('Unmute microphone');
    await expectHears(of('Ada'), 'Fay');
  });

  test('are notified of the same speakers in the same order on all routers, and who leads', async () => {
    const silent = ['Bela', 'Chen', 'Dora', 'Emil'] as const;
    for (const name of silent) await of(name).press('Mute microphone');
    // One on each node.
    for (const [first, second] of [
      ['Fay', 'Ada'],
      ['Ada', 'Fay'],
    ] as const) {
      await sendTone(of(first).page, LOUD);
      await sendTone(of(second).page, SOFT);
      for (const name of NAMES) await expectSpeakers(of(name), [first, second]);
    }
    for (const name of ['Ada', 'Fay'] as const) await sendTone(of(name).page, null);
    for (const name of silent) await of(name).press('Unmute microphone');
  });

  test('get a picture from the other node in the resolution of its tile, which may become larger', async () => {
    // So many cameras keep this machine so busy that browsers send less than is wanted.
    const dark = ['Ada', 'Bela', 'Chen', 'Dora'] as const;
    for (const name of dark) await of(name).press('Turn off camera');
    for (const name of dark) await of('Fay').tileSaying(name, 'camera off').waitFor();
    for (const name of ['Bela', 'Chen', 'Emil'] as const) await expectRightResolution(of(name), 'Fay');
    const before = await expectRightResolution(of('Ada'), 'Fay');
    await of('Ada').pin('Fay');
    const large = await expectRightResolution(of('Ada'), 'Fay');
    expect(large.height).toBeGreaterThan(before.height);
    // The link carries all layers, and each of the others has what fits.
    for (const name of ['Bela', 'Chen', 'Emil'] as const) await expectRightResolution(of(name), 'Fay');
    await of('Ada').unpin('Fay');
    expect(await expectRightResolution(of('Ada'), 'Fay')).toEqual(before);
    for (const name of dark) await of(name).press('Turn on camera');
    await expectAllSeeEachOther([...people.values()]);
  });

  test('see a screen that one of them shares', async () => {
    await of('Emil').press('Share screen');
    for (const name of ['Ada', 'Dora', 'Fay'] as const)
      await expectMoving(of(name).screenOf('Emil').locator('video'), 1);
    await of('Emil').press('Stop sharing');
    await of('Ada').screenOf('Emil').waitFor({ state: 'detached' });
  });

  test('keep no pipe for those who have left', async () => {
    // Sound and picture of each person on each router but their own.
    await waitFor(async () => sumOf(await held()) === 2 * (4 * 2 + 2 * 2), { what: 'a pipe for each use' });
    for (const name of ['Chen', 'Dora'] as const) await of(name).leave();
    await waitFor(async () => sumOf(await held()) === 2 * (2 + 2), { what: 'the pipes of those who stay' });
    await expectAllSeeEachOther(['Ada', 'Bela', 'Emil', 'Fay'].map((name) => people.get(name)!));
  });

  test('lose nothing when the node of the others dies, whose people come back on the node that lives', async () => {
    await of('Fay').press('Mute microphone');
    await of('Ada').tileSaying('Fay', 'muted').waitFor();
    const port = stack.variable(further, 'MEDIA_ADMIN_PORT');
    process.kill(stack.instancePid('MEDIA_ADMIN_PORT', port), 'SIGKILL');
    for (const name of ['Emil', 'Fay'] as const)
      await waitFor(() => of(name).tab.wire.received('media:reset').length > 0, {
        what: `the reset of ${name}`,
      });
    await expectAllSeeEachOther(['Ada', 'Bela', 'Emil', 'Fay'].map((name) => people.get(name)!));
    for (const name of ['Ada', 'Bela'] as const) {
      expect(of(name).tab.wire.received('media:reset')).toEqual([]);
      expect(of(name).tab.wire.received('peer:left').length).toBe(2);
      await of(name).tileSaying('Fay', 'muted').waitFor();
    }
    expect(await enabledCaptures(of('Fay').page, 'audio')).toBe(0);
    await expectHears(of('Ada'), 'Emil');
  });
});

/** Waits until the page was last notified of these speakers, the first of whom leads, and shows that they speak. */
async function expectSpeakers(call: CallPage, names: readonly string[]): Promise<void> {
  await waitFor(() => speakersAt(call) === [names[0], ...names].join(), {
    what: `${call.name} to be notified of ${names.join(' before ')}`,
    describe: () => speakersAt(call),
  });
  for (const name of names) await call.tileSaying(name, 'speaking').waitFor();
}

/** The name of the person that leads, and those of all speakers, as the page was last notified. */
function speakersAt({ name, tab: { wire } }: CallPage): string {
  const [event] = (wire.received('speakers:changed').at(-1)?.data ??
    []) as Notification<'speakers:changed'>[];
  const { speakers = [], dominantPeerId = null } = event ?? {};
  // The page has a record of everybody but its own person.
  const nameOf = (peerId: string): string =>
    [...wire.peers().values()].find((peer) => peer.peerId === peerId)?.displayName ?? name;
  const leader = dominantPeerId === null ? 'nobody' : nameOf(dominantPeerId);
  return [leader, ...speakers.map(({ peerId }) => nameOf(peerId))].join();
}

function sumOf(held: readonly Held[]): number {
  return held.reduce((sum, { pipes }) => sum + pipes, 0);
}
