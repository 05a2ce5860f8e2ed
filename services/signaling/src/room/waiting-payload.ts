import type { Notification } from '@parley/proto/requests';
import { isGuest } from '@parley/proto/room';
import type { Waiting } from '../store/waiting-list.ts';

/** The waiting list as those see it who may admit. Pure. */
export function waitingPayload({ version, entries }: Waiting): Notification<'waiting:changed'> {
  const waiting = entries
    .filter(({ status }) => status === 'waiting')
    .map(({ peerId, displayName, identity, knockedAt, connected }) => ({
      peerId,
      displayName,
      guest: isGuest(identity),
      knockedAt,
      connected,
    }));
  return { version, waiting };
}
