import '../../tests/harness/jest-timeout.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AnyAttack } from './attack.ts';
import { HonestPair } from './honest-pair.ts';
import { byServers } from './run-attacks.ts';

/** A test for each attack, with small amounts. */
export function testAttacks(attacks: readonly AnyAttack[]): void {
  for (const [servers, group] of byServers(attacks)) {
    describe('on the same servers', () => {
      let started: unknown;

      beforeAll(async () => {
        started = await servers.start();
      });

      afterAll(async () => {
        await HonestPair.dismiss();
        // A system that did not start has nothing to stop.
        if (started !== undefined) await servers.stop(started);
      });

      test.each(group.map((attack) => [attack.name, attack] as const))('%s', async (_name, attack) => {
        const findings = await attack.run(started, 'small');
        expect(findings).not.toEqual([]);
        expect(findings.filter(({ held }) => !held)).toEqual([]);
      });
    });
  }
}
