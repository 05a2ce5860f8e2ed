import { describe, expect, test } from '@jest/globals';
import { keepVanished, sameInstances, usable } from '../src/discovery/consul-instances.ts';
import type { RegisteredInstance } from '../src/discovery/consul-client.ts';

const entry = (id: string, passing = true, address = `${id}:1`): RegisteredInstance => ({
  instance: { id, address },
  passing,
});
const ids = (instances: readonly { id: string }[]) => instances.map((one) => one.id);

describe('which instances are used', () => {
  test.each<[string, RegisteredInstance[], string[]]>([
    ['nobody is registered', [], []],
    ['all pass', [entry('a'), entry('b')], ['a', 'b']],
    ['one fails', [entry('a', false), entry('b')], ['b']],
    ['all fail, which says more of Consul than of them', [entry('a', false), entry('b', false)], ['a', 'b']],
  ])('when %s', (_when, registered, expected) => {
    expect(ids(usable(registered))).toEqual(expected);
  });
});

describe('what stays while a Consul that was away fills again', () => {
  test.each<[string, RegisteredInstance[], RegisteredInstance[], RegisteredInstance[]]>([
    ['what is not listed yet', [entry('a'), entry('b')], [], [entry('a'), entry('b')]],
    ['what is listed and what is not', [entry('a'), entry('b')], [entry('b')], [entry('b'), entry('a')]],
    ['the health of what is not checked again yet', [entry('a')], [entry('a', false)], [entry('a')]],
    ['no health that never was', [entry('a', false)], [entry('a', false)], [entry('a', false)]],
    [
      'the new address of who moved',
      [entry('a')],
      [entry('a', true, 'other:1')],
      [entry('a', true, 'other:1')],
    ],
    [
      'one of two names for one address',
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
