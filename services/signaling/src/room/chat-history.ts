import type { Settings } from '../config.ts';
import type { LiveRoom } from '../store/live-room-store.ts';

/** The time of the oldest message that the peers of a live room may read, in milliseconds since the epoch. */
export function readableSince({ since }: LiveRoom, { chatHistory }: Pick<Settings, 'chatHistory'>): number {
  return chatHistory === 'call' ? since : 0;
}
