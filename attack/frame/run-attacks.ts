import type { AnyAttack, Attack, Finding, Scale, Servers } from './attack.ts';
import { HonestPair } from './honest-pair.ts';
import { giveWay } from './priority.ts';

export type Progress = {
  readonly begun: (attack: AnyAttack) => void;
  readonly ended: (attack: AnyAttack, findings: readonly Finding[]) => void;
};

/**
 * Runs attacks of the same servers one after the other on them. Resolves with whether every bar held. In a full attack this process gives way to
 * the servers and to the honest people from then on, so it can start no further servers that could be measured.
 */
export async function runGroup(
  servers: Servers<unknown>,
  attacks: readonly Attack<unknown>[],
  scale: Scale,
  { begun, ended }: Progress,
): Promise<boolean> {
  let held = true;
  HonestPair.prepare();
  const started = await servers.start();
  try {
    if (scale === 'full') giveWay();
    for (const attack of attacks) {
      begun(attack);
      const findings = await attack.run(started, scale);
      ended(attack, findings);
      // An attack without a finding has shown nothing.
      held &&= findings.length > 0 && findings.every((finding) => finding.held);
    }
  } finally {
    await HonestPair.dismiss();
    await servers.stop(started);
  }
  return held;
}

/** The compiler cannot know that the attacks of a group fit the servers that they name. */
export function byServers(attacks: readonly AnyAttack[]): Map<Servers<unknown>, Attack<unknown>[]> {
  return Map.groupBy(attacks as readonly Attack<unknown>[], ({ servers }) => servers);
}
