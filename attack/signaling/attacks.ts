import type { AnyAttack } from '../frame/attack.ts';
import { NEIGHBOURS, SAME_TOKEN, SOCKETS } from './connections.ts';
import { EVENTS } from './events.ts';
import { PACKETS, RECONNECTS } from './packets.ts';
import { CROWD, OLD_SECRET, ONE_ADDRESS } from './rooms.ts';

/** What strangers and guests may send to signaling. */
export const SIGNALING_ATTACKS: readonly AnyAttack[] = [
  SOCKETS,
  NEIGHBOURS,
  SAME_TOKEN,
  RECONNECTS,
  PACKETS,
  EVENTS,
  CROWD,
  ONE_ADDRESS,
  OLD_SECRET,
];
