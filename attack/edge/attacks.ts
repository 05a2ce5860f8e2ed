import type { AnyAttack } from '../frame/attack.ts';
import { BODIES, IDLE, ROOMS_FROM_A_SITE } from './connections.ts';
import { FOREIGN, REBINDING } from './pages.ts';
import { FLOOD_OF_LINES, LINES, METRICS } from './reports.ts';
import { SOCKET_LINES } from './socket-lines.ts';

export const EDGE_ATTACKS: readonly AnyAttack[] = [
  BODIES,
  IDLE,
  ROOMS_FROM_A_SITE,
  REBINDING,
  FOREIGN,
  LINES,
  METRICS,
  FLOOD_OF_LINES,
  SOCKET_LINES,
];
