import { beforeEach, describe, expect, test } from '@jest/globals';
import type { RemoteNode } from '../src/nodes/remote-node.ts';
import { LossReports } from '../src/room/media/loss-reports.ts';
import { peerId } from './support/live-room-store-contract.ts';

const LOST_MS = 1_000;

describe('the loss of a silent node', () => {
  let node: { id: string; closed: boolean; gone: boolean; silentSince: number | undefined; silentMs: number };
  let reports: LossReports;

  const report = (who: string, left: number) =>
    reports.add({ peerId: peerId(who), lastNode: node as unknown as RemoteNode }, left);

  beforeEach(() => {
    node = { id: 'a', closed: false, gone: false, silentSince: 1, silentMs: LOST_MS };
    reports = new LossReports(LOST_MS);
  });

  test('is proven by two who were there, and not by one who says it twice', () => {
    expect([report('ada', 8), report('ada', 8), report('bob', 7)]).toEqual([false, false, true]);
  });

  test('is proven by the only one there, or by the last one, wherever the others have said it', () => {
    expect([report('ada', 1), report('ada', 0)]).toEqual([false, true]);
  });

  test('is not proven while the node answers, nor in its first moments of silence', () => {
    node.silentMs = LOST_MS - 1;
    expect(report('ada', 0)).toBe(false);
    node.silentSince = undefined;
    expect([report('ada', 0), report('bob', 0)]).toEqual([false, false]);
    expect(reports.add({ peerId: peerId('ada'), lastNode: undefined }, 0)).toBe(false);
  });

  test('is not proven by what was said in a former silence', () => {
    report('ada', 8);
    node.silentSince = 2;
    expect([report('bob', 8), report('ada', 8)]).toEqual([false, true]);
  });

  test.each(['closed', 'gone'] as const)('is nothing to prove of a node that is %s', (state) => {
    node[state] = true;
    expect([report('ada', 0), report('bob', 0)]).toEqual([false, false]);
  });
});
