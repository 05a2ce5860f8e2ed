import { describe, expect, test } from '@jest/globals';
import { peerIdSchema, type ProducerId } from '@parley/proto/ids';
import type { PeerRecord } from '@parley/proto/room';
import { Homes } from '../src/room/people/homes.ts';

const id = (name: string) => name as ProducerId;
const record = (name: string, ...producerIds: string[]) =>
  ({
    peerId: peerIdSchema.parse(name),
    producers: producerIds.map((producerId) => ({ producerId })),
  }) as unknown as PeerRecord;

describe('the home of a producer', () => {
  test('is the node that its peer was on when it was made, wherever that goes, and it has none after its end', () => {
    const homes = new Homes();
    homes.put(record('ada', 'sound', 'picture'), 'a');
    homes.put(record('bob', 'other'), 'b');
    expect(['sound', 'picture', 'other', 'nobody'].map((name) => homes.of(id(name)))).toEqual([
      'a',
      'a',
      'b',
      undefined,
    ]);
    homes.put(record('ada', 'sound', 'next'), 'c');
    expect(['sound', 'next', 'picture'].map((name) => homes.of(id(name)))).toEqual(['a', 'c', undefined]);
    expect(homes.nodeIds).toEqual(new Set(['a', 'b', 'c']));
    homes.put(record('ada', 'next'), 'c');
    expect(homes.nodeIds).toEqual(new Set(['b', 'c']));
    homes.remove(peerIdSchema.parse('ada'));
    homes.remove(peerIdSchema.parse('ada'));
    expect([homes.of(id('next')), homes.of(id('other'))]).toEqual([undefined, 'b']);
    expect(homes.nodeIds).toEqual(new Set(['b']));
  });

  test('stays where it was while its peer moves, and is not known while its peer has lost everything', () => {
    const homes = new Homes();
    homes.put(record('ada', 'sound'), 'a');
    homes.put(record('ada', 'sound'), null);
    expect(homes.of(id('sound'))).toBe('a');
    homes.put(record('ada'), null);
    expect(homes.nodeIds).toEqual(new Set());
    homes.put(record('ada', 'next'), null);
    expect(homes.of(id('next'))).toBeNull();
    homes.put(record('ada', 'next'), 'b');
    expect(homes.of(id('next'))).toBe('b');
  });
});
