import { NetworkNamespace } from '../../tests/harness/machine/network-namespace.ts';
import type { AnyAttack } from '../frame/attack.ts';
import { TURN_PORTS } from './turn-ports.ts';
import { TURN_RELAYS } from './turn-relays.ts';

/** What guests may take of the TURN server, and where its relays lead. Only root can make another machine to scan. */
export const TURN_ATTACKS: readonly AnyAttack[] = [
  TURN_RELAYS,
  ...(NetworkNamespace.isPossible ? [TURN_PORTS] : []),
];
