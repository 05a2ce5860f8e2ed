import { expect, test } from '@jest/globals';
import { StaticRegistry } from '@parley/common/discovery';
import { describeServiceRegistry } from './support/service-registry-contract.ts';

describeServiceRegistry('fixed addresses', async (addresses) => ({
  registry: new StaticRegistry({ media: addresses }),
  close: () => undefined,
}));

test('fixed addresses are listed each once and in order', () => {
  const registry = new StaticRegistry({ media: ['a:1', 'b:2', 'a:1'] });
  expect(registry.list('media')).toEqual([
    { id: 'a:1', address: 'a:1' },
    { id: 'b:2', address: 'b:2' },
  ]);
});

test('fixed addresses without a port are refused', () => {
  expect(() => new StaticRegistry({ media: ['a'] })).toThrow('media');
});
