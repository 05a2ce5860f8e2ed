import { afterEach, describe, expect, test } from '@jest/globals';
import { waitFor } from '../../src/testing/index.ts';
import type { ServiceRegistry } from '@parley/common/discovery';

/** What every registry holds to, made with two instances of `media` and none of anything else. */
export function describeServiceRegistry(
  name: string,
  create: (addresses: readonly [string, string]) => Promise<{
    registry: ServiceRegistry;
    close: () => void | Promise<void>;
  }>,
): void {
  describe(`${name} as a registry`, () => {
    const closers: (() => void | Promise<void>)[] = [];

    afterEach(async () => {
      for (const close of closers.splice(0)) await close();
    });

    async function start(): Promise<ServiceRegistry> {
      const { registry, close } = await create(['127.0.0.1:7001', '[::1]:7002']);
      closers.push(() => registry.close(), close);
      await waitFor(() => registry.list('media').length === 2, { what: 'both instances are listed' });
      return registry;
    }

    test('lists each instance with its address and an id of its own', async () => {
      const registry = await start();
      const listed = registry.list('media');
      expect(listed.map((one) => one.address).toSorted()).toEqual(['127.0.0.1:7001', '[::1]:7002']);
      expect(new Set(listed.map((one) => one.id)).size).toBe(2);
      expect(registry.registered('media')).toHaveLength(2);
    });

    test('gives the same list, in the same order, while nothing changes', async () => {
      const registry = await start();
      expect(registry.list('media')).toEqual(registry.list('media'));
    });

    test('knows no instance of a service that nobody offers', async () => {
      const registry = await start();
      expect(registry.list('nothing')).toEqual([]);
      expect(registry.registered('nothing')).toEqual([]);
      registry.onChange('nothing', () => undefined)();
    });

    test('is closed twice without harm, and then reports no changes', async () => {
      const registry = await start();
      let changes = 0;
      registry.onChange('media', () => changes++);
      registry.close();
      registry.close();
      expect(() => registry.list('media')).not.toThrow();
      expect(changes).toBe(0);
    });
  });
}
