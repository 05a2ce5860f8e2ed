import type { ChatEntry } from '../call/index.ts';

const TOGETHER_MS = 3 * 60_000;

/** Whether a message goes under the heading of the previous one: same sender, same recipient, within three minutes. */
export function continuesPrevious(previous: ChatEntry | undefined, entry: ChatEntry): boolean {
  return (
    previous !== undefined &&
    previous.fromPeerId === entry.fromPeerId &&
    previous.toPeerId === entry.toPeerId &&
    entry.sentAt - previous.sentAt < TOGETHER_MS
  );
}
