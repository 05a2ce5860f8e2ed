import type { PeerRecord } from '@parley/proto';
import type { LiveRoom } from '../store/live-room-store.ts';

/** The time of the oldest message that the peer may read, by the settings of its room, in milliseconds since the epoch. */
export function readableSince(
  { since, record }: Pick<LiveRoom, 'since' | 'record'>,
  { record: reader }: { readonly record: Pick<PeerRecord, 'joinedAt'> },
): number {
  switch (record.settings.historyForLatecomers) {
    case 'call':
      return since;
    case 'everything':
      return 0;
    case 'nothing':
      return reader.joinedAt;
  }
}
