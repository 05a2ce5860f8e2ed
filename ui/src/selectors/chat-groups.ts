import type { ChatEntry } from '../call/index.ts';
import { startOfDay } from '../format/days.ts';

const TOGETHER_MS = 3 * 60_000;

/** Whether a message goes under the heading of the previous one: same day, same sender, same recipient, within three minutes. */
export function continuesPrevious(previous: ChatEntry | undefined, entry: ChatEntry): boolean {
  return (
    previous !== undefined &&
    !startsDay(previous, entry) &&
    previous.fromPeerId === entry.fromPeerId &&
    previous.toPeerId === entry.toPeerId &&
    entry.sentAt - previous.sentAt < TOGETHER_MS
  );
}

/** Whether a line with the day goes above a message: it is the first one, or the first one of its day. */
export function startsDay(previous: ChatEntry | undefined, entry: ChatEntry): boolean {
  return previous === undefined || startOfDay(previous.sentAt) !== startOfDay(entry.sentAt);
}
