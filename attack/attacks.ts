import { PAGE } from './call/page.ts';
import { THOUSAND } from './call/thousand.ts';
import { EDGE_ATTACKS } from './edge/attacks.ts';
import type { AnyAttack } from './frame/attack.ts';
import { INSIDE_ATTACKS } from './inside/attacks.ts';
import { MEDIA_ATTACKS } from './media/attacks.ts';
import { SIGNALING_ATTACKS } from './signaling/attacks.ts';
import { TURN_ATTACKS } from './turn/attacks.ts';

/** Every attack, those of the same servers side by side. */
export const ATTACKS: readonly AnyAttack[] = [
  ...SIGNALING_ATTACKS,
  ...EDGE_ATTACKS,
  ...INSIDE_ATTACKS,
  ...MEDIA_ATTACKS,
  ...TURN_ATTACKS,
  THOUSAND,
  PAGE,
];
