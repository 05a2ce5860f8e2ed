import type { ChatEntry } from '../call/index.ts';

const TOGETHER_MS = 3 * 60_000;

/** Whether a message goes under the same head as the one before it. */
export function continuesPrevious(previous: ChatEntry | undefined, entry: ChatEntry): boolean {
  return (
    previous !== undefined &&
    previous.fromPeerId === entry.fromPeerId &&
    previous.toPeerId === entry.toPeerId &&
    entry.sentAt - previous.sentAt < TOGETHER_MS
  );
}
