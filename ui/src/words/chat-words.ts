import type { ChatCleared } from '../call/state/call-state.ts';
import type { Words } from '../languages/words.ts';
import { nameInWords } from './name-words.ts';

export function clearedWords(words: Words, { own, byName }: ChatCleared): string {
  return `${own ? 'You' : nameInWords(words, byName)} cleared the chat`;
}
