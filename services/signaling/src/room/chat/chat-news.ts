import type { PeerId } from '@parley/proto/ids';
import type { Notification } from '@parley/proto/requests';
import type { Identity, RoomRecord } from '@parley/proto/room';
import { isAddressee, isSender, type ChatReader, type ChatRecord } from '../../database/chat-record.ts';
import type { ClientLink } from '../../peer/client-link.ts';
import type { PeerSession } from '../../peer/peer-session.ts';
import { messageFor, readableSince } from './chat-history.ts';

type Arriving = { readonly peerId: PeerId; readonly person: Identity; readonly link: ClientLink };

type ChatNewsOptions = {
  sessions: () => readonly PeerSession[];
  /** Those on their way into the room that have no session yet. */
  arrivals: () => readonly Arriving[];
  /** What decides how far back people read; undefined while no client here has a snapshot. */
  room: () => { since: number; record: RoomRecord } | undefined;
  /** By the clock of the store. */
  now: () => number;
};

/** Notifies the clients of a room here of its chat, each of what it may read. */
export class ChatNews {
  readonly #options: ChatNewsOptions;

  constructor(options: ChatNewsOptions) {
    this.#options = options;
  }

  /** The sender gets the message in the reply, and not here. A private message goes to the peers of its two ends. */
  reportReceived(record: ChatRecord): void {
    const { fromPeerId } = record.message;
    this.#notifyReaders('chat:received', record, ({ peerId }) => peerId !== fromPeerId);
  }

  /** A message comes whole with its change, so it stays hidden from latecomers who may not read older ones. */
  reportChanged(record: ChatRecord): void {
    const { sentAt } = record.message;
    this.#notifyReaders('chat:changed', record, ({ since }) => sentAt >= since);
  }

  /** A private message in the making is the secret of its two ends too. */
  reportTyped({ peerId, toPeerId, typing }: Notification<'chat:typed'>): void {
    const payload = { peerId, toPeerId, typing };
    for (const session of this.#options.sessions())
      if (session.peerId !== peerId && (toPeerId ?? session.peerId) === session.peerId)
        session.notify('chat:typed', payload);
  }

  /** Also peers on their way into the room, whose snapshot may lack it. */
  #notifyReaders(
    name: 'chat:received' | 'chat:changed',
    record: ChatRecord,
    isFor: (reader: ChatReader) => boolean,
  ): void {
    const { sessions, arrivals, now } = this.#options;
    // Written once for all who receive it as it is.
    const common = { message: record.message };
    const notify = (link: Pick<ClientLink, 'notify'>, reader: ChatReader): void => {
      const mayRead =
        record.message.toPeerId === null || isSender(record, reader) || isAddressee(record, reader);
      if (!mayRead || !isFor(reader)) return;
      const message = messageFor(record, reader);
      link.notify(name, message === common.message ? common : { message });
    };
    for (const session of sessions())
      notify(session, this.#readerOf(session.peerId, session.peer.identity, session.peer.record.joinedAt));
    for (const { peerId, person, link } of arrivals()) notify(link, this.#readerOf(peerId, person, now()));
  }

  /** As long as no client here has a snapshot, nobody is shown anything older. */
  #readerOf(peerId: PeerId, identity: Identity, joinedAt: number): ChatReader {
    const { room: chatRoom, now } = this.#options;
    const room = chatRoom();
    const since = room === undefined ? now() : readableSince(room, { record: { joinedAt } });
    return { peerId, identity, since };
  }
}
