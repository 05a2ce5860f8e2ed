import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RoomCode } from '@parley/proto/ids';
import { enabledCaptures } from '../harness/browser/page-probe.ts';
import type { CallPage } from '../harness/browser/pages.ts';
import { expectAllSeeEachOther, joinAs } from '../harness/browser/people.ts';
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
    const env = { MEDIA_WORKERS: '2', MEDIA_MAX_PEERS_PER_WORKER: '2' };
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

function sumOf(held: readonly Held[]): number {
  return held.reduce((sum, { pipes }) => sum + pipes, 0);
}
