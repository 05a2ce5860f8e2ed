import { expect } from '@jest/globals';
import { vp8Parameters, waitFor } from '@parley/common/testing';
import { setLogEventListeners } from 'mediasoup';
import { Streams } from './streams.ts';
import { TestNode, type TestNodeOptions, type TestPeer } from './test-node.ts';
import { vp8Frame, type WebRtcEnd } from './webrtc-end.ts';

export const ROOM = 'wide';
export const LINGER_MS = 300;
/** Statistics that are read in the moment between the end of a stream and the report of it. */
const EXPECTED_ERRORS = /consumer\.getStats|producer\.getStats/;

/** One room on two media nodes, `home` and `away`: peers of the second consume what those of the first send. */
export class TwoNodes {
  readonly home: TestNode;
  readonly away: TestNode;
  readonly streams = new Streams();
  readonly workerErrors: string[] = [];

  static async create(options: TestNodeOptions = {}): Promise<TwoNodes> {
    const room = { pipes: { lingerMs: LINGER_MS, idleMs: 50 }, lowerLayersAfterMs: 50, ...options.room };
    const create = () => TestNode.create({ ...options, room });
    const [home, away] = await Promise.all([create(), create()]);
    return new TwoNodes(home, away);
  }

  private constructor(home: TestNode, away: TestNode) {
    this.home = home;
    this.away = away;
    setLogEventListeners({
      onerror: (_namespace, text) => {
        if (!EXPECTED_ERRORS.test(text)) this.workerErrors.push(text);
      },
    });
  }

  async close(): Promise<void> {
    setLogEventListeners(undefined);
    this.streams.close();
    await Promise.all([this.home.close(), this.away.close()]);
  }

  /** A person on the node at home, who consumes what those on the other one send. */
  atHome(peerId: string): TestPeer {
    return this.home.peer(ROOM, peerId, this.away.address);
  }

  far(peerId: string, home = this.home.address): TestPeer {
    return this.away.peer(ROOM, peerId, home);
  }

  /** A camera at home with two layers and sender reports, without which a consumer does not move between layers. */
  async camera(peerId: string, ssrcs: number[]): Promise<{ end: WebRtcEnd; producerId: string }> {
    const published = await this.streams.publish(
      this.atHome(peerId),
      'camera',
      vp8Parameters('1', ssrcs),
      () => vp8Frame(true),
    );
    const reports = setInterval(() => published.end.sendReports(), 100);
    this.streams.open.push({ close: () => clearInterval(reports) });
    return published;
  }

  /** Nothing is left on either node, in the workers and in what is counted. */
  async expectNothingLeft(): Promise<void> {
    for (const node of [this.home, this.away]) {
      await waitFor(() => node.node.roomCount === 0);
      for (const worker of node.pool.workers) {
        await waitFor(async () => (await worker.dump()).routerIds.length === 0);
        // The one object that the worker still has is its WebRtcServer.
        expect((await worker.dump()).channelMessageHandlers.channelRequestHandlers).toHaveLength(1);
        expect(worker.census).toMatchObject({ routers: 0, producers: 0, consumers: 0, pipes: 0 });
      }
      expect(await node.metric('parley_media_links')).toBe(0);
    }
    expect(this.workerErrors).toEqual([]);
  }
}

/** Producers of other nodes that a room of the node knows, and links that it has opened for others. */
export function linksOf({ node }: TestNode): { foreign: number; atHome: number; pipes: number } {
  const room = node.room(ROOM as never);
  return { foreign: room.links.foreign.size, atHome: room.links.size, pipes: room.pipeCount };
}
