import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { ROOT } from '../../lib/paths.mjs';
import type { Steps } from '../../lib/steps.mjs';

const SCRIPT = join(ROOT, 'deploy', 'coturn', 'relay-ports.sh');

export interface MediaPorts {
  readonly first: number;
  readonly last: number;
}

interface Relays {
  /** The port of the TURN server. */
  readonly turnPort: number;
  readonly relayIp: string;
}

/** The rules of the kernel that keep the relays of the stack's TURN server from every port but the media ports. */
export class RelayRules {
  #table: string | undefined;

  /**
   * Without root the rules cannot be set: the relays then reach every UDP port at the addresses of the media nodes,
   * and the start says so.
   */
  set({ turnPort, relayIp }: Relays, { first, last }: MediaPorts, steps: Steps): void {
    const table = `parley_turn_${turnPort}`;
    const isRoot = process.getuid?.() === 0;
    const problem = isRoot ? run(table, `${first}-${last}`, relayIp) : 'only root can set the rules';
    if (problem === undefined) this.#table = table;
    else steps.say(`TURN relays are not kept to the media ports (${problem}); see docs/security.md`);
  }

  remove(): void {
    if (this.#table !== undefined) run(this.#table, 'remove');
    this.#table = undefined;
  }
}

/** Returns what was wrong. */
function run(table: string, argument: string, relayIp = ''): string | undefined {
  const env = { PATH: process.env.PATH, TURN_RULES: table, TURN_RELAY_IP: relayIp };
  const { status, stderr, error } = spawnSync(SCRIPT, [argument], { env, encoding: 'utf8' });
  if (status === 0) return undefined;
  return error?.message ?? stderr.trim().split('\n')[0] ?? '';
}
