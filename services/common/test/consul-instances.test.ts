import { describe, expect, test } from '@jest/globals';
import { keepVanished, sameInstances, usable } from '../src/discovery/consul-instances.ts';
import type { RegisteredInstance } from '../src/discovery/consul-client.ts';

const entry = (id: string, passing = true, address = `${id}:1`): RegisteredInstance => ({
  instance: { id, address },
  passing,
});
const ids = (instances: readonly { id: string }[]) => instances.map((one) => one.id);

describe('the instances that are used', () => {
  test.each<[string, RegisteredInstance[], string[]]>([
    ['are none when none is registered', [], []],
    ['are all when all pass', [entry('a'), entry('b')], ['a', 'b']],
    ['leave out one that fails', [entry('a', false), entry('b')], ['b']],
    [
      'are all when all fail, because the fault is then rather in Consul than in them',
      [entry('a', false), entry('b', false)],
      ['a', 'b'],
    ],
  ])('%s', (_when, registered, expected) => {
    expect(ids(usable(registered))).toEqual(expected);
  });
});

describe('while a Consul that was away fills again, the known instances', () => {
  test.each<[string, RegisteredInstance[], RegisteredInstance[], RegisteredInstance[]]>([
    ['keep those that are not listed yet', [entry('a'), entry('b')], [], [entry('a'), entry('b')]],
    [
      'include the listed ones and keep those that are not listed yet',
      [entry('a'), entry('b')],
      [entry('b')],
      [entry('b'), entry('a')],
    ],
    ['keep the health of one that is not checked again yet', [entry('a')], [entry('a', false)], [entry('a')]],
    ['do not make one healthy that never was', [entry('a', false)], [entry('a', false)], [entry('a', false)]],
    [
      'take the new address of one that moved',
      [entry('a')],
      [entry('a', true, 'other:1')],
      [entry('a', true, 'other:1')],
    ],
    [
      'keep only the listed one of two ids with the same address',
      [entry('a', true, 'x:1')],
      [entry('b', true, 'x:1')],
      [entry('b', true, 'x:1')],
    ],
  ])('%s', (_what, known, listed, expected) => {
    expect(keepVanished(known, listed)).toEqual(expected);
  });
});

test('two lists are the same in any order, and differ by health or address', () => {
  expect(sameInstances([entry('a'), entry('b')], [entry('b'), entry('a')])).toBe(true);
  expect(sameInstances([entry('a')], [entry('a', false)])).toBe(false);
  expect(sameInstances([entry('a')], [entry('a', true, 'x:1')])).toBe(false);
  expect(sameInstances([entry('a')], [])).toBe(false);
});
