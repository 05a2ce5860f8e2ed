import type { ChatCleared } from '../call/state/call-state.ts';
import { nameInWords } from './name-words.ts';

export function clearedWords({ own, byName }: ChatCleared): string {
  return `${own ? 'You' : nameInWords(byName)} cleared the chat`;
}
