import type { AnyAttack } from '../frame/attack.ts';
import { MEDIA_FLOOD } from './media-flood.ts';

/** What guests may send to the media node. */
export const MEDIA_ATTACKS: readonly AnyAttack[] = [MEDIA_FLOOD];
