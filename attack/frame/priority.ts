import { writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';

/** The lowest there is. */
const LAST = 19;
/** Linux shares the processors between sessions first, and by the priority of a process only within its session. */
const OF_SESSION = '/proc/self/autogroup';

/**
 * Gives this process, and what it starts from now on, the processors only when nobody else wants them. Attackers are other machines in life:
 * what they compute must not make the servers and the honest people slow. Call it when those have been started. There is no way back without
 * being root.
 */
export function giveWay(): void {
  setPriority(LAST);
  try {
    writeFileSync(OF_SESSION, String(LAST));
  } catch {
    // Another system, or one that does not look at sessions.
  }
}
