import type { Lack } from '../browser/call-needs.ts';
import type { Words } from '../languages/words.ts';

/** Title and advice for a browser that cannot take part in calls. */
export function lackWords({ t }: Words, lack: Lack): { title: string; advice: string } {
  return { title: t(`room.lack.${lack}.title`), advice: t(`room.lack.${lack}.advice`) };
}
