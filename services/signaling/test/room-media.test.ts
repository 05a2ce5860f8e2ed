import { expect, test } from '@jest/globals';
import { EventEmitter } from 'node:events';
import { silentLogger } from '@parley/common/testing';
import type { RemoteNode } from '../src/nodes/remote-node.ts';
import type { PeerSession } from '../src/peer/peer-session.ts';
import type { Parts } from '../src/room/parts.ts';
import { RoomMedia } from '../src/room/media/room-media.ts';
import { ROOM } from './support/live-room-store-contract.ts';

/** It has a stream that says nothing. */
class FakeNode extends EventEmitter {
  readonly id = 'a';
  readonly stream = Object.assign(new EventEmitter(), { cancel: () => undefined, close: () => undefined });
  watched = 0;

  watch(): EventEmitter {
    this.watched += 1;
    return this.stream;
  }
}

test.each([
  ['is watched for a session that has opened its media', false, 1],
  ['is not watched for a session that ended while its media was opened', true, 0],
])('a node %s', (_name, closed, watched) => {
  const node = new FakeNode();
  const media = new RoomMedia({
    code: ROOM,
    parts: { settings: { nodeLostMs: 1 } } as unknown as Parts,
    sessions: () => [],
    hasPeer: () => false,
    logger: silentLogger,
  });
  media.follow({ closed, lastNode: node as unknown as RemoteNode, claims: 1 } as unknown as PeerSession);
  expect([node.watched, media.nodeIds.size]).toEqual([watched, watched]);
  media.close();
});
