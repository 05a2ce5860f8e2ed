import type { Words } from '../languages/words.ts';
import { nameInWords } from './name-words.ts';

/** How a room is called where it has no name of its own. */
export function roomName(words: Words, title: string): string {
  return title === '' ? words.t('rooms.untitled') : title;
}

/** The name of a room inside of a sentence. */
export function roomInWords(words: Words, { title, code }: { title: string; code: string }): string {
  return title === '' ? code : nameInWords(words, title);
}
