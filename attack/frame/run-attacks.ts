import type { AnyAttack, Attack, Finding, Scale, Servers } from './attack.ts';

export type Progress = {
  readonly begun: (attack: AnyAttack) => void;
  readonly ended: (attack: AnyAttack, findings: readonly Finding[]) => void;
};

/** Runs the attacks of the same servers one after the other on them. Resolves with whether every bar held. */
export async function runAttacks(
  attacks: readonly AnyAttack[],
  scale: Scale,
  progress: Progress,
): Promise<boolean> {
  let held = true;
  for (const [servers, group] of byServers(attacks)) {
    const started = await servers.start();
    try {
      for (const attack of group) {
        progress.begun(attack);
        const findings = await attack.run(started, scale);
        progress.ended(attack, findings);
        // An attack without a finding has shown nothing.
        held &&= findings.length > 0 && findings.every((finding) => finding.held);
      }
    } finally {
      await servers.stop(started);
    }
  }
  return held;
}

/** The compiler cannot know that the attacks of a group fit the servers that they name. */
export function byServers(attacks: readonly AnyAttack[]): Map<Servers<unknown>, Attack<unknown>[]> {
  return Map.groupBy(attacks as readonly Attack<unknown>[], ({ servers }) => servers);
}
