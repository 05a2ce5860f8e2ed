import type { Notification } from '@parley/proto/requests';
import { isGuest } from '@parley/proto/room';
import type { PeerSession } from '../peer/peer-session.ts';
import type { Waiting } from '../store/waiting-list.ts';

type WaitingNewsOptions = {
  sessions: () => readonly PeerSession[];
  /** The list as stored. */
  read: () => Promise<Waiting>;
};

/** Notifies the clients of a room here of its waiting list, those that may admit. */
export class WaitingNews {
  readonly #options: WaitingNewsOptions;

  constructor(options: WaitingNewsOptions) {
    this.#options = options;
  }

  report(waiting: Waiting): void {
    const payload = payloadOf(waiting);
    for (const session of this.#options.sessions())
      if (session.may('admit')) session.notify('waiting:changed', payload);
  }

  /** For a session that has just come, that may admit from now on, or that may have missed a change. */
  reportTo(session: PeerSession): void {
    if (!session.may('admit')) return;
    this.#options
      .read()
      .then((waiting) => {
        if (waiting.version > 0) session.notify('waiting:changed', payloadOf(waiting));
      })
      .catch((err: unknown) => session.logger.warn({ err }, 'waiting list not read'));
  }
}

/** The list as those see it who may admit. */
function payloadOf({ version, entries }: Waiting): Notification<'waiting:changed'> {
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
